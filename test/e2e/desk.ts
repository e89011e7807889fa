/** Operators at their desks: signed in, in a browser, before the web app. */
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ServiceProcess } from './service-process.ts';

/** One operator's browser, and the API as that operator calls it. */
export interface Desk {
  page: Page;
  /** Calls `/api<path>`; throws on a refusal. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** What went wrong in the page by itself: errors of scripts, and what its policy refused. */
  troubles: string[];
}

/** How long a page may take to show what was asked for, on a busy machine. */
const PATIENCE_MS = 15_000;

/** The first account's one-time password, as the service said it. */
export function firstPassword({ err }: Pick<ServiceProcess, 'err'>): string {
  const [, password = ''] = /one-time password\n\s+(\S+)/.exec(err()) ?? [];
  return password;
}

/** Signs in with a one-time password, takes one of their own, and opens the web app at an address (`#/requests`). */
export async function openDesk(
  browser: Browser,
  url: string,
  who: { username: string; oneTime: string; at: string; options?: BrowserContextOptions },
): Promise<Desk> {
  const context = await browser.newContext({
    locale: 'id-ID',
    viewport: { width: 1280, height: 800 },
    ...who.options,
  });
  let csrf = '';
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await context.request.fetch(`${url}/api${path}`, {
      method,
      headers: { Origin: url, 'X-CSRF-Token': csrf },
      ...(body === undefined ? {} : { data: body }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  };
  const { username, oneTime } = who;
  ({ csrf } = await call<{ csrf: string }>('POST', '/session', { username, password: oneTime }));
  const own = `kata sandi ${username} yang panjang`;
  ({ csrf } = await call<{ csrf: string }>('POST', '/password', { old: oneTime, new: own }));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (line) => {
    if (line.type() === 'error' && /Content Security Policy|Uncaught/.test(line.text()))
      troubles.push(line.text());
  });
  await page.goto(`${url}/inbox${who.at}`);
  return { page, call, troubles };
}

/** Fails with what axe-core finds on the page, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
    );
    const found = violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`);
    expect(found).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Presses Tab until the focus is on what has this name; a person who sees the page would do no other. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await focusName(page);
    if (name.test(focused)) return;
  }
  throw new Error(`the focus does not come to ${name} in ${MOST_TABS} presses of Tab`);
}
const MOST_TABS = 90;

/** What a reader would call that which has the focus; '' when nothing has it. */
export async function focusName(page: Page): Promise<string> {
  const focused = page.locator(':focus');
  if ((await focused.count()) === 0) return '';
  return ((await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '').trim();
}
