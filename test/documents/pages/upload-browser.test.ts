/** The upload page in Chromium, with its script: small photos, a line that breaks, photos that must be taken again. */
import { createHash } from 'node:crypto';
import type { Browser, CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser, violations } from '../../e2e/browser.ts';
import { describeWith } from '../../services.ts';
import { shoot } from '../photos.ts';
import { jpeg, pdf } from '../samples.ts';
import { openPages, type Pages } from './pages.ts';

const LIMIT = { timeout: 60_000 };
const PATIENCE = { timeout: 25_000 };
/** 50 kbit/s, and the delay of such lines. */
const THIN = { downloadThroughput: 6250, uploadThroughput: 6250, latency: 300 };
const GONE = { ...THIN, offline: true };
const FREE = { downloadThroughput: -1, uploadThroughput: -1, latency: 0 };

describeWith('chromium', 'the upload page in a browser', () => {
  let browser: Browser;
  let pages: Pages;
  let link: string;
  beforeAll(async () => {
    browser = await openBrowser();
  }, LIMIT.timeout);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    pages = await openPages();
    link = await pages.uploadLink();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await pages.close();
  });

  async function open(width = 320): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 700 }, locale: 'id-ID' });
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT.timeout / 2);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    await page.goto(link);
    return page;
  }
  const faults: string[] = [];
  beforeEach(() => {
    faults.length = 0;
  });

  const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    page.getByLabel('Atau pilih foto').setInputFiles(files);
  const photo = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });
  const line = (page: Page, number: number) => page.locator('#files li').nth(number).locator('p').nth(1);
  const send = (page: Page) => page.getByRole('button', { name: 'Kirim' }).click();
  const thanks = (page: Page) =>
    page.getByRole('heading', { name: 'Terima kasih, berkas diterima' }).waitFor();
  async function handedOver() {
    expect(pages.desk.accepted).toHaveLength(1);
    const files = pages.desk.accepted[0]?.files ?? [];
    return Promise.all(
      files.map(({ source }) => pages.vault.get(source.kind === 'stored' ? source.file : '')),
    );
  }

  test('sends several files, shows each, and hands them over as one answer', LIMIT, async () => {
    const page = await open();
    await choose(page, photo('a.jpg', jpeg()), { name: 'b.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await page.getByLabel('Ambil foto').setInputFiles([photo('c.jpg', jpeg(0, 1))]);
    for (const at of [0, 1, 2])
      await expect.poll(() => line(page, at).textContent(), PATIENCE).toContain('Diterima');
    expect(await page.locator('#files li canvas').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await send(page);
    await thanks(page);
    expect(await handedOver()).toMatchObject([
      { contentType: 'image/jpeg', name: 'a.jpg' },
      { contentType: 'application/pdf', name: 'b.pdf' },
      { contentType: 'image/jpeg', name: 'c.jpg' },
    ]);
    expect(faults).toEqual([]);
    expect((await page.reload())?.status()).toBe(410);
    expect(await page.textContent('h1')).toContain('Berkas sudah kami terima');
  });

  test('makes a large photo smaller before it goes, upright as it was taken', LIMIT, async () => {
    const large = await shoot({ width: 3000, height: 4000 })
      .rotate(-90)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const page = await open();
    let sent = 0;
    page.on('request', (request) => {
      sent = Math.max(sent, Number(request.headers()['upload-length'] ?? 0));
    });
    await choose(page, photo('besar.jpg', large));
    await send(page);
    await thanks(page);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(large.length / 2);
    const [stored] = await handedOver();
    const { width = 0, height = 0 } = await sharp(stored?.bytes).metadata();
    expect([width, height]).toEqual([1650, 2200]);
  });

  test('turns a photo itself in browsers that do not look at its orientation', LIMIT, async () => {
    const lying = await shoot({ width: 2400, height: 3200 })
      .rotate(-90)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const context = await browser.newContext();
    const exif = lying.indexOf(Buffer.from([0xff, 0xe1]));
    await context.addInitScript(asIn2015(exif, exif + 2 + lying.readUInt16BE(exif + 2)));
    const page = await context.newPage();
    await page.goto(link);
    await choose(page, photo('lama.jpg', lying));
    await send(page);
    await thanks(page);
    const [stored] = await handedOver();
    const { width, height } = await sharp(stored?.bytes).metadata();
    expect([width, height]).toEqual([1650, 2200]);
  });

  test('says what is wrong with which photo, and takes a better one in its place', LIMIT, async () => {
    const dark = await shoot({ paper: 20, ink: 4 }).jpeg().toBuffer();
    const page = await open();
    await choose(page, photo('baik.jpg', jpeg()), photo('gelap.jpg', dark));
    await expect.poll(() => line(page, 1).textContent(), PATIENCE).toContain('terlalu gelap');
    expect(await page.getByRole('status').textContent()).toContain('terlalu gelap');
    await send(page);
    expect(await page.getByRole('status').textContent()).toContain('Hapus, lalu ambil foto yang baru');
    expect(pages.desk.accepted).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /Hapus.*Berkas 2/ }).click();
    await choose(page, photo('terang.jpg', jpeg(0, 1)));
    await send(page);
    await thanks(page);
    expect(await handedOver()).toMatchObject([{ name: 'baik.jpg' }, { name: 'terang.jpg' }]);
  });

  test('goes on by itself at 50 kbit/s when the line is cut in the middle', LIMIT, async () => {
    const file = longPdf(200_000);
    const page = await open();
    const line50 = await page.context().newCDPSession(page);
    await emulate(line50, THIN);
    await choose(page, { name: 'surat.pdf', mimeType: 'application/pdf', buffer: file });
    await expect.poll(() => offsetKept(), PATIENCE).toBeGreaterThanOrEqual(64 * 1024);
    await emulate(line50, GONE);
    await expect.poll(() => line(page, 0).textContent(), PATIENCE).toContain('Sambungan terputus');
    await send(page);
    await emulate(line50, FREE);
    await thanks(page);
    const [stored] = await handedOver();
    expect(stored?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
    expectEachOnce(4);
  });

  test('goes on where it was when the page is opened again', LIMIT, async () => {
    const file = longPdf(300_000);
    const surat = { name: 'surat.pdf', mimeType: 'application/pdf', buffer: file, lastModified: 1 };
    const page = await open();
    await choose(page, photo('kk.jpg', jpeg()));
    await expect.poll(() => line(page, 0).textContent(), PATIENCE).toContain('Diterima');
    const line50 = await page.context().newCDPSession(page);
    await emulate(line50, THIN);
    await pick(page, surat);
    await expect.poll(() => offsetKept(), PATIENCE).toBeGreaterThanOrEqual(64 * 1024);
    await emulate(line50, FREE);
    await page.reload();
    expect(await line(page, 0).textContent(), 'what had come').toContain('Diterima');
    await pick(page, surat);
    await expect.poll(() => line(page, 1).textContent(), PATIENCE).toContain('Diterima');
    expectEachOnce(7);
    await send(page);
    await thanks(page);
    const stored = await handedOver();
    expect(stored[1]?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  test('is handed over once when it is open twice', LIMIT, async () => {
    const [one, two] = [await open(), await open(1280)];
    for (const page of [one, two]) {
      await choose(page, photo('a.jpg', jpeg()));
      await expect.poll(() => line(page, 0).textContent(), PATIENCE).toContain('Diterima');
    }
    await send(one);
    await thanks(one);
    await send(two);
    await two.getByRole('heading', { name: 'Berkas sudah kami terima' }).waitFor();
    await handedOver();
  });

  test('works as a plain form without JavaScript, and tells what is wrong', LIMIT, async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 320, height: 700 },
    });
    const page = await context.newPage();
    await page.goto(link);
    await choose(page, photo('gelap.jpg', await shoot({ paper: 20, ink: 4 }).jpeg().toBuffer()));
    await send(page);
    expect(await page.getByRole('alert').textContent()).toContain('terlalu gelap');
    await choose(page, photo('baik.jpg', jpeg()));
    await send(page);
    await thanks(page);
    await handedOver();
  });

  /** Of all files, the first piece of each and so on. */
  function expectEachOnce(pieces: number): void {
    const kept = pages.desk.kept.filter((id) => /-p\d+$/.test(id));
    expect(new Set(kept).size, 'no piece twice').toBe(kept.length);
    expect(kept).toHaveLength(pieces);
  }

  /** Bytes that have come and are kept of files on their way. */
  async function offsetKept(): Promise<number> {
    const rows = await pages.store.files.listOld({ before: 8.64e15, limit: 1000 });
    return rows.filter(({ id }) => /-p\d+$/.test(id)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }
});

/**
 * Chrome before version 81 knew no `image-orientation`, and drew photos as they lie in the file: as if the EXIF, which is
 * from `start` to `end`, were not there. toBlob came with version 50.
 */
const asIn2015 = (start: number, end: number) => `
  CSS.supports = () => false;
  delete HTMLCanvasElement.prototype.toBlob;
  const modern = URL.createObjectURL;
  URL.createObjectURL = (file) => modern(new Blob([file.slice(0, ${start}), file.slice(${end})]));
`;

const longPdf = (padding: number) => pdf({ more: [`(${'x'.repeat(padding)})`] });

function emulate(session: CDPSession, line: typeof THIN & { offline?: boolean }): Promise<unknown> {
  return session.send('Network.emulateNetworkConditions', { offline: false, ...line });
}

/** Chooses a file that has the same time each time, as on a phone. */
async function pick(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const given = { name: file.name, type: file.mimeType, data: file.buffer.toString('base64') };
  await page.getByLabel('Atau pilih foto').evaluate((input, { name, type, data }) => {
    const view = input as unknown as { files: unknown; onchange(): void; ownerDocument: unknown };
    const scope = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: unknown): void }; files: unknown };
      File: new (parts: unknown[], name: string, more: object) => unknown;
    };
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const chosen = new scope.DataTransfer();
    chosen.items.add(new scope.File([bytes], name, { type, lastModified: 1_700_000_000_000 }));
    view.files = chosen.files;
    view.onchange();
  }, given);
}
