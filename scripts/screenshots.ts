/**
 * Takes docs/operator/*.png and docs/inbox.png: every view of the operators' room of a real service after a made-up week, on
 * a desk's screen and on a phone's. Run it after the web app has changed its looks: `npm run screenshots`, or with names of
 * views (`npm run screenshots -- chat periksa`), or into another folder (`OUT=/somewhere`). Needs Chromium.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signIn } from '../test/e2e/browser.ts';
import type { Clerk } from './screenshots/office.ts';
import { drawPapers, type Papers } from './screenshots/papers.ts';
import { encodeSmallPng } from './screenshots/small-png.ts';
import { NOW, type Story, tellStory } from './screenshots/story.ts';
import { VIEWS, type View } from './screenshots/views.ts';

const DOCS = join(import.meta.dirname, '..', 'docs');
const OUT = process.env.OUT ?? join(DOCS, 'operator');
/** The one that README.md shows. */
const COVER = 'chat-1280.png';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

async function main(wanted: readonly string[]): Promise<void> {
  // Fields of dates follow the browser's own language.
  const browser = await openBrowser('--lang=id-ID', '--accept-lang=id-ID');
  const papers = await drawPapers(browser);
  const story = await tellStory(papers);
  try {
    await mkdir(OUT, { recursive: true });
    const eyes = new Map<string, Page>();
    for (const view of VIEWS)
      if (wanted.length === 0 || wanted.includes(view.name))
        for (const size of SIZES) await photograph({ browser, story, papers, eyes }, view, size);
    if (process.env.OUT === undefined) await copyFile(join(OUT, COVER), join(DOCS, 'inbox.png'));
  } finally {
    await browser.close();
    await story.office.stop();
  }
}

interface Studio {
  browser: Browser;
  story: Story;
  papers: Papers;
  /** Signed in already, by name. */
  eyes: Map<string, Page>;
}

async function photograph(
  studio: Studio,
  view: View,
  size: { width: number; height: number },
): Promise<void> {
  const { story, papers } = studio;
  story.office.at(NOW);
  const page = await pageOf(studio, view.who);
  if (view.beside)
    await (await pageOf(studio, view.beside)).goto(`${story.office.service.url}/inbox${view.at(story)}`);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: view.isDark ? 'dark' : 'light', reducedMotion: 'reduce' });
  await page.goto('about:blank');
  await page.goto(`${story.office.service.url}/inbox${view.at(story)}`);
  const name = `${view.name}-${size.width}`;
  try {
    if (view.who) await page.getByRole('navigation', { name: 'Bagian' }).waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => {});
    await view.act?.(page, story, papers);
  } catch (error) {
    process.stderr.write(
      `${name}: ${error instanceof Error ? error.message.split('\n').slice(0, 4).join(' ') : error}\n`,
    );
  }
  await page.waitForTimeout(300);
  const over = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const below = await page.evaluate(
    'document.documentElement.scrollHeight - document.documentElement.clientHeight',
  );
  if (Number(below) > 0) process.stderr.write(`${name}: ${below} px higher than the screen\n`);
  if (Number(over) > 0) process.stderr.write(`${name}: ${over} px wider than the screen\n`);
  const picture = await page.screenshot();
  await writeFile(join(OUT, `${name}.png`), await smaller(page, picture, size));
}

async function pageOf({ browser, story, eyes }: Studio, who: View['who']): Promise<Page> {
  const known = eyes.get(who ?? '');
  if (known) return known;
  const context = await browser.newContext({ locale: 'id-ID', timezoneId: 'Asia/Makassar' });
  const page = await context.newPage();
  page.setDefaultTimeout(6_000);
  await page.clock.setFixedTime(story.office.service.clock.now());
  await page.goto(`${story.office.service.url}/inbox`);
  if (who) {
    const clerk: Clerk = story[who];
    await signIn(page, clerk.username, clerk.password);
    await page.getByRole('navigation', { name: 'Bagian' }).waitFor();
  }
  eyes.set(who ?? '', page);
  return page;
}

/** The browser itself unpacks the picture: its pixels are all that is needed. */
async function smaller(
  page: Page,
  picture: Buffer,
  size: { width: number; height: number },
): Promise<Buffer> {
  const blank = await page.context().newPage();
  const pixels = await blank.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = ${size.width};
    canvas.height = ${size.height};
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, ${size.width}, ${size.height});
    let text = '';
    for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
    return btoa(text);
  })()`);
  await blank.close();
  return encodeSmallPng(Buffer.from(String(pixels), 'base64'), size);
}

await main(process.argv.slice(2));
