/** Chromium for the tests of pages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Starts it without anything that would call the outside; `more` are options of Chromium. */
export function openBrowser(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });
}

/** A loaded machine needs a while; what does not come by then does not come. */
const PATIENCE_MS = 15_000;

/** A page of a browser of its own, on the web app. */
export async function openInbox(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'id-ID', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${url}/inbox`);
  return page;
}

/** Signs in with a one-time password, and gets in only after choosing another; answers that one. */
export async function enter(page: Page, username: string, oneTime: string): Promise<string> {
  const own = `kata sandi ${username} yang panjang`;
  await signIn(page, username, oneTime);
  await page.getByRole('heading', { name: 'Ganti sandi' }).waitFor();
  await page.getByLabel('Sandi lama').fill(oneTime);
  await page.getByLabel('Sandi baru', { exact: true }).fill(own);
  await page.getByLabel('Ulangi sandi baru').fill(own);
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByRole('navigation', { name: 'Bagian' }).waitFor();
  return own;
}

/** Fills in the form at the door. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it stands: `rule: where`. Empty is clean. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )) as { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** By how many px the page is wider than a small phone's screen; the window has its old size afterwards. */
export async function overflowOnPhone(page: Page): Promise<number> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ width: 360, height: 700 });
  const over = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  await page.setViewportSize(before);
  return Number(over);
}
