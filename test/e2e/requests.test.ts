/** Requests as operators decide them in the web app, and as their citizens hear of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jpeg, pdf } from '../documents/samples.ts';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';
import { type Desk, expectAccessible, firstPassword, focusName, openDesk, tabTo } from './desk.ts';
import { type Citizen, createCitizen, fileBirth, fileLostCard } from './filing.ts';
import { createPhone } from './phone.ts';
import { loket, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };
const PHOTO = jpeg(2000);

describeWith('chromium', 'requests in a browser', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  let people = 0;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
    const oneTime = firstPassword(service);
    desk = await openDesk(browser, service.url, { username: 'admin', oneTime, at: '#/requests' });
    page = desk.page;
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  test('go from submitted through one refused document to picked up', LIMIT, async () => {
    const citizen = newCitizen();
    const number = await fileLostCard(citizen, PHOTO);
    await page.getByRole('link', { name: number }).click();
    await decide('Ambil untuk diperiksa', 'Diperiksa');
    await page.getByRole('button', { name: /^Terima/ }).click();
    await page.getByRole('button', { name: 'Surat kehilangan polisi Diterima' }).waitFor();
    // The next document is shown by itself.
    await page.getByRole('button', { name: 'Tolak x' }).click();
    await page.getByRole('button', { name: /Fotonya buram/ }).click();
    await page.getByLabel('Alasan, dibaca warga').press('Enter');
    await page.getByText('Ditolak oleh Admin').waitFor();
    expect(await page.getByRole('button', { name: 'Setujui' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Minta perbaikan', exact: true }).click();
    const told = String(await page.locator('.told').textContent());
    expect(told).toContain('Kartu Keluarga asli: Fotonya buram');
    await page.locator('.decision-form').getByRole('button', { name: 'Minta perbaikan' }).click();
    await stateIs('Perlu perbaikan');
    const asked = await citizen.phone.until(({ state }) => state.step === 'kk_foto', 'the question again');
    expect(asked.messages.at(-1)?.text).toContain(told.trim());
    await citizen.send(jpeg(3000), ({ state }) => state.expects !== 'document');

    // The page follows by itself.
    await stateIs('Diperiksa');
    await page.getByRole('button', { name: /^Kartu Keluarga asli/ }).click();
    await page.getByText('Belum diperiksa').waitFor();
    await page.getByRole('button', { name: /^Terima/ }).click();
    await page.getByText('Diterima oleh Admin').waitFor();
    await decide('Setujui', 'Disetujui', { isAsked: true });
    await decide('Sudah masuk SIAK', 'Diproses');
    await decide('Sudah jadi', 'Siap');
    await page.getByRole('button', { name: 'Serahkan kepada warga' }).click();
    await page.getByLabel('Ya, sudah diterima').check();
    await page.locator('.decision-form').getByRole('button', { name: 'Serahkan kepada warga' }).click();
    await stateIs('Selesai');
    const history = page.getByRole('region', { name: 'Riwayat' });
    await history.getByText('Apakah kartu lama dikembalikan? Ya').waitFor();
    await history.getByText('Diperbaiki oleh warga').waitFor();
    const end = await citizen.phone.screen();
    expect(end.messages.map(({ text }) => text).join('\n')).toContain('disetujui');
    expect(desk.troubles).toEqual([]);
  });

  test('are checked and copied into SIAK with the keyboard alone', LIMIT, async () => {
    const number = await fileLostCard(newCitizen(), PHOTO);
    await toList();
    await page.getByRole('link', { name: number }).waitFor();
    await page.locator('body').press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: number }).waitFor();
    await tabTo(page, /^Ambil untuk diperiksa$/);
    await page.keyboard.press('Enter');
    await stateIs('Diperiksa');
    await key('a');
    await page.getByRole('button', { name: 'Surat kehilangan polisi Diterima' }).waitFor();
    await key('x');
    await page.getByRole('form', { name: 'Tolak: Kartu Keluarga asli' }).waitFor();
    await page.keyboard.type('Fotonya miring, mohon foto ulang.');
    await page.keyboard.press('Enter');
    await page.getByText('“Fotonya miring, mohon foto ulang.”').first().waitFor();

    await tabTo(page, /^Tampilkan data$/);
    await page.keyboard.press('Enter');
    await page.getByText('6408044502900042').waitFor();
    await tabTo(page, /^Salin: Nama pemilik KTP$/);
    for (const field of ['Nama pemilik KTP', 'NIK pemilik KTP']) {
      await key('c');
      await page.getByRole('button', { name: `Tersalin: ${field}` }).waitFor();
    }
    expect(await focusName(page)).toBe('Salin: Nomor KK');
    const log = await desk.call<{ lines: { action: string; subject: string }[] }>('GET', '/audit');
    expect(log.lines.filter(({ action }) => action === 'request.reveal')).toHaveLength(1);
  });

  test('send the finished PDF after a look at it, and its PIN in a message of its own', LIMIT, async () => {
    const citizen = newCitizen();
    await open(await fileBirth(citizen, PHOTO));
    await decide('Ambil untuk diperiksa', 'Diperiksa');
    await decide('Setujui', 'Disetujui', { isAsked: true });
    await decide('Sudah masuk SIAK', 'Diproses');
    const file = page.getByLabel('Pilih berkas PDF');
    await file.setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: PHOTO });
    await page.getByText('Hanya PDF dari SIAK').waitFor();
    await file.setInputFiles({ name: 'akta.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await page.getByText('warga langsung menerimanya').waitFor();
    await page.getByText('Berkas dikirim apa adanya').waitFor();
    const before = await citizen.phone.screen();
    expect(before.messages.at(-1)?.text, 'not before it was looked at').toContain('disetujui');
    await page.getByRole('button', { name: 'Kirim kepada warga sekarang' }).click();
    await page.getByText('Sudah dikirim kepada warga').waitFor();
    await page.getByLabel('PIN dari SIAK').fill('471289');
    await page.getByRole('button', { name: 'Kirim PIN' }).click();
    await page.getByText('PIN sudah dikirim.').waitFor();
    const got = await citizen.phone.until(
      ({ messages }) => messages.some(({ text }) => text.includes('471289')),
      'the PIN',
    );
    const [withFile, withPin] = got.messages.slice(-2);
    expect(withFile?.media).toMatchObject([{ contentType: 'application/pdf' }]);
    expect(withPin?.media).toEqual([]);
    // It is in the citizen's hands: nothing is left to be handed over.
    await decide('Sudah jadi', 'Selesai');
  });

  test('tell who was quicker, and keep what was typed', LIMIT, async () => {
    const citizen = newCitizen();
    const number = await fileLostCard(citizen, PHOTO);
    const added = ['operator', 'add', 'budi', '--name', 'Budi Santoso', '--role', 'verifier'];
    const { out } = await loket(added, { DATA_DIR: data.dir });
    const who = { username: 'budi', oneTime: out.trim(), at: `#/requests/${number}` };
    const colleague = await openDesk(browser, service.url, who);
    await open(number);
    await decide('Ambil untuk diperiksa', 'Diperiksa');
    await page.getByRole('button', { name: 'Tolak permohonan' }).click();
    const reason = page.getByLabel('Alasan, dibaca warga');
    await reason.fill('Bapak/Ibu terdaftar di kota lain.');

    await colleague.page.getByRole('button', { name: /^Terima/ }).click();
    await colleague.page.getByRole('button', { name: 'Surat kehilangan polisi Diterima' }).waitFor();
    await page.getByText('baru saja diubah oleh Budi Santoso').waitFor();
    expect(await reason.inputValue(), 'a live update takes nothing away').toContain('kota lain');
    expect(await reason.evaluate((field) => field.matches(':focus')), 'nor the focus').toBe(true);
    await reason.press('Enter');
    await page.getByText('Belum dikirim: Budi Santoso').waitFor();
    expect(await reason.inputValue()).toBe('Bapak/Ibu terdaftar di kota lain.');
    await reason.press('Enter');
    await page.locator('.way-end', { hasText: 'Ditolak' }).waitFor();
    const told = await citizen.phone.until(
      ({ messages }) => messages.some(({ text }) => text.includes('kota lain')),
      'the rejection',
    );
    expect(told.messages.filter(({ text }) => text.includes('kota lain'))).toHaveLength(1);
  });

  test('are found by a scanner, and taken many at once with a result for each', LIMIT, async () => {
    const numbers = [await fileLostCard(newCitizen(), PHOTO), await fileLostCard(newCitizen(), PHOTO)];
    await toList();
    await page.getByRole('button', { name: /^Baru/ }).click();
    for (const number of numbers) await page.getByLabel(`Pilih ${number}`).check();
    await page.getByRole('button', { name: 'Ambil untuk diperiksa' }).click();
    await page.getByRole('button', { name: 'Ya, ambil untuk diperiksa' }).click();
    await page.getByText('2 berhasil').waitFor();
    for (const number of numbers) await page.getByText(`✓ ${number}`).waitFor();
    await page.getByText('Tidak ada permohonan di sini.').waitFor();
    await expectAccessible(page);

    const [scanned = ''] = numbers;
    await page.getByRole('heading', { name: 'Permohonan' }).click();
    // No pause between the keys: nobody types like that.
    await page.keyboard.type(`${scanned}\n`);
    await page.getByRole('heading', { name: scanned }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Petugas').selectOption('');
    await page.getByText('Diserahkan kepada petugas').waitFor();
    expect(desk.troubles).toEqual([]);
  });

  function newCitizen(): Citizen {
    people += 1;
    const from = `+62812000005${String(people).padStart(2, '0')}`;
    return createCitizen(service.url, from, createPhone(service.url, 'whatsapp', from));
  }

  async function open(number: string): Promise<void> {
    await page.goto(`${service.url}/inbox#/requests/${number}`);
    await page.getByRole('heading', { name: number }).waitFor();
  }

  async function toList(): Promise<void> {
    await page.goto(`${service.url}/inbox#/requests`);
    await page.getByRole('button', { name: /^Dikerjakan/ }).click();
  }

  async function decide(name: string, state: string, { isAsked = false } = {}): Promise<void> {
    await page.getByRole('button', { name, exact: true }).click();
    if (isAsked) await page.locator('.decision-form').getByRole('button', { name }).click();
    await stateIs(state);
  }

  async function stateIs(state: string): Promise<void> {
    await page.locator('.way [aria-current="step"]', { hasText: state }).waitFor();
  }

  /** A key as a person presses it: alone. */
  async function key(name: string): Promise<void> {
    await page.waitForTimeout(60);
    await page.keyboard.press(name);
  }
});
