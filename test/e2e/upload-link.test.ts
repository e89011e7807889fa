/** One-time links as a citizen with a small phone meets them: files in, the receipt out, with and without JavaScript. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jpeg, png } from '../documents/samples.ts';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';
import { createPhone, type Phone, type Screen, setClock } from './phone.ts';
import { type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };

describeWith('chromium', 'one-time links in a browser', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  let later = 0;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  test('take papers and give the receipt without JavaScript, each link once', LIMIT, async () => {
    const page = await openPage({ javaScriptEnabled: false });
    const phone = createPhone(service.url, 'sms', '+6281200000301');
    const person = ['Siti Rahmawati', '6408044502900042', '6408041203150042', '081234567890'];
    const asked = await phone.dialogue(['halo', 'ktp hilang', 'setuju', 'hilang', ...person]);
    const letter = linkIn(asked);
    const first = await upload(page, phone, letter, [jpeg(2000)]);
    expect(saidLast(first)).toContain('Surat kehilangan polisi');
    expect(first.state).toMatchObject({ step: 'kk_foto', expects: 'document' });
    const card = linkIn(first);
    const second = await upload(page, phone, card, [png()]);
    expect(second.state.expects).toBe('confirm');
    for (const used of [letter, card]) await expectUsed(page, used, 'Berkas sudah kami terima');
    await phone.dialogue(['ya', '2']);
    await takeReceipt(page, phone);
  });

  test('take several pages at once, with JavaScript', LIMIT, async () => {
    const page = await openPage({ javaScriptEnabled: true });
    const phone = createPhone(service.url, 'sms', '+6281200000302');
    const person = ['Siti Rahmawati', '6408044502900042', '6408041203150042', '081234567890', 'lewati'];
    const child = [
      'keluarga',
      'anak temuan',
      '12-05-2020',
      'Bintang Fajar',
      'laki laki',
      'rumah',
      'Samarinda',
    ];
    const witnesses = ['Budi Santoso', '6408041205900043', 'Ani Suryani', '6408044502900044'];
    const asked = await phone.dialogue(['bikin akta kelahiran', 'setuju', ...person, ...child, ...witnesses]);
    const report = linkIn(asked);
    const pages = await upload(page, phone, report, [jpeg(2000), jpeg(3000, 1)]);
    expect(saidLast(pages)).toContain('SELESAI');
    await expectUsed(page, report, 'Berkas sudah kami terima');
    const asksCard = await phone.dialogue(['selesai']);
    const done = await upload(page, phone, linkIn(asksCard), [jpeg(1000)]);
    expect(done.state.step).toBe('ambil_cara');
    await phone.dialogue(['pdf']);
    await phone.say('ya');
    await takeReceipt(page, phone);
  });

  async function openPage(options: { javaScriptEnabled: boolean }): Promise<Page> {
    const context = await browser.newContext({ ...options, viewport: { width: 360, height: 640 } });
    return context.newPage();
  }

  /** Waits for its link; a download that broke off may be fetched again for an hour, then the link is used up. */
  async function takeReceipt(page: Page, phone: Phone): Promise<void> {
    const isThere = ({ messages }: Screen) => /Tanda terima: http/.test(messages.at(-1)?.text ?? '');
    const screen = await phone.until(isThere, 'the receipt');
    const told = screen.messages.map(({ text }) => text).join('\n');
    const [, number = '', pin = ''] = /No\. (K[LT]-\S+) PIN (\d{6})/.exec(told) ?? [];
    expect(pin).toHaveLength(6);
    expect(screen.messages.at(-1)?.text, 'never the PIN beside its link').not.toContain(pin);
    const link = linkIn(screen);
    await fetchReceipt(page, link, { number, pin });
    expect((await page.goto(link))?.status()).toBe(200);
    later += 2 * 60 * 60 * 1000;
    await setClock(service.url, Date.now() + later);
    await expectUsed(page, link, 'Tautan sudah dipakai');
  }
});

async function expectUsed(page: Page, link: string, words: string): Promise<void> {
  expect((await page.goto(link))?.status()).toBe(410);
  expect(await page.textContent('h1')).toContain(words);
}

/** The newest link that the citizen was sent. */
function linkIn({ messages }: Screen): string {
  const links = messages.flatMap(({ text }) => text.match(/http\S+\/f\/[\w-]+/g) ?? []);
  return links.at(-1) ?? 'no link';
}

function saidLast({ messages }: Screen): string {
  const at = messages.findLastIndex(({ direction }) => direction === 'in');
  return messages
    .slice(at + 1)
    .map(({ text }) => text)
    .join('\n');
}

/** Chooses photos and sends them; resolves when the conversation has gone on by SMS. */
async function upload(page: Page, phone: Phone, link: string, photos: Buffer[]): Promise<Screen> {
  expect((await page.goto(link))?.status()).toBe(200);
  const files = photos.map((buffer, i) => ({ name: `IMG_000${i}.jpg`, mimeType: 'image/jpeg', buffer }));
  await page.getByLabel('Atau pilih foto').setInputFiles(files);
  await page.getByRole('button', { name: 'Kirim' }).click();
  await page.getByRole('heading', { name: 'Terima kasih, berkas diterima' }).waitFor();
  const screen = await phone.until(
    ({ state, messages }) =>
      messages.at(-1)?.direction === 'out' &&
      (state.expects !== 'document' || /\/f\/|SELESAI/.test(messages.at(-1)?.text ?? '')),
    'the next question by SMS',
  );
  const [brought] = screen.messages.filter(({ direction }) => direction === 'in').slice(-1);
  expect(brought?.media).toHaveLength(photos.length);
  return screen;
}

/** A wrong PIN gives nothing; the right one gives the PDF. */
async function fetchReceipt(
  page: Page,
  link: string,
  { number, pin }: { number: string; pin: string },
): Promise<void> {
  expect((await page.goto(link))?.status()).toBe(200);
  await page.getByLabel('PIN').fill(pin === '000000' ? '111111' : '000000');
  await page.getByRole('button', { name: 'Unduh' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('PIN salah');

  await page.getByLabel('PIN').fill(pin);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`${number}.pdf`);
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(bytes.length).toBeGreaterThan(5_000);
}
