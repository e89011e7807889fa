/** A person at the counter: the bot asks, an operator answers, from the start to number, PIN and receipt. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jpeg } from '../documents/samples.ts';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';
import { type Desk, expectAccessible, firstPassword, openDesk } from './desk.ts';
import { type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };

describeWith('chromium', 'the counter in a browser', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
    const oneTime = firstPassword(service);
    desk = await openDesk(browser, service.url, { username: 'admin', oneTime, at: '#/counter' });
    page = desk.page;
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  test('files a request for somebody without a phone', LIMIT, async () => {
    await page.getByRole('button', { name: 'Mulai untuk warga di loket' }).click();
    await page.getByRole('button', { name: '1 KTP hilang/rusak' }).waitFor();
    await expectAccessible(page);
    await say('ktp hilang');
    await page.getByRole('button', { name: 'Setuju', exact: true }).click();
    await asks('Keadaan KTP');
    await page.getByRole('button', { name: '1 Hilang' }).click();
    await asks('Nama pemilik KTP');
    await say('Siti Rahmawati');
    await asks('NIK pemilik KTP');

    await say('640804450290');
    await page.locator('.asks', { hasText: 'tepat 16 angka' }).waitFor();
    expect(await page.getByLabel('Jawaban warga').inputValue(), 'stays to be put right').toBe('640804450290');
    await page.getByText('12/16 angka').waitFor();
    await say('6408044502900042');
    await asks('Nomor KK');
    await say('6408041203150042');
    await asks('Nomor HP');
    await page.getByRole('button', { name: 'Tanya lagi: Nama pemilik KTP' }).click();
    await asks('Nama pemilik KTP');
    await say('Siti Rahmawati Putri');
    await page.getByText('Siti Rahmawati Putri').first().waitFor();
    await asks('Nomor HP');
    await say('081234567890');

    await asks('Surat kehilangan polisi');
    const letter = { name: 'surat.jpg', mimeType: 'image/jpeg', buffer: jpeg(2000) };
    await page.getByLabel('Pilih berkas').setInputFiles(letter);
    await asks('Kartu Keluarga asli');
    await page.getByRole('button', { name: 'Aslinya dibawa nanti' }).click();
    await page.getByRole('button', { name: /^Ya, semua benar/ }).click();
    const filed = page.getByRole('region', { name: 'Permohonan sudah diterima' });
    await page.getByRole('button', { name: /^1 / }).click();
    const receipt = await filed.getByRole('link', { name: /tanda terima/ }).getAttribute('href');
    const [number = ''] = /KT-\d{4}-\d{4}-\d/.exec(String(await filed.textContent())) ?? [];
    expect(await filed.textContent()).toMatch(/PIN\s*\d{6}/);
    const answer = await page.request.get(`${service.url}${receipt}`);
    expect(answer.headers()['content-type']).toContain('application/pdf');
    await expectAccessible(page);

    await filed.getByRole('link', { name: 'Buka permohonan' }).click();
    await page.getByRole('heading', { name: number }).waitFor();
    await page.getByText('Siti Rahmawati Putri').waitFor();
    expect(desk.troubles).toEqual([]);
  });

  test('says a text once although its confirmation was lost', LIMIT, async () => {
    await page.goto(`${service.url}/inbox#/counter`);
    await page.getByRole('button', { name: 'Mulai untuk warga di loket' }).click();
    await page.getByRole('button', { name: '1 KTP hilang/rusak' }).waitFor();
    await page.route('**/speak', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await say('ktp hilang');
    await page.getByText('Tidak tersambung ke layanan').waitFor();
    await page.unroute('**/speak');
    await say('ktp hilang');
    await page.getByRole('button', { name: 'Setuju', exact: true }).waitFor();
    const conversation = page.url().split('#/counter/')[1];
    const chat = await desk.call<{ transcript: { direction: string; text: string }[] }>(
      'GET',
      `/conversations/${conversation}`,
    );
    const said = chat.transcript.filter(({ direction, text }) => direction === 'in' && text === 'ktp hilang');
    expect(said).toHaveLength(1);
  });

  async function say(text: string): Promise<void> {
    const field = page.getByLabel(/^Jawaban (warga|lain)$/);
    await field.fill(text);
    await field.press('Enter');
  }

  async function asks(label: string): Promise<void> {
    await page.getByRole('region', { name: label, exact: true }).waitFor();
  }
});
