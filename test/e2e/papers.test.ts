/** Papers as operators print them, and letters as they write them, in the web app. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';
import { type Desk, expectAccessible, firstPassword, openDesk } from './desk.ts';
import { createPhone, type Phone } from './phone.ts';
import { type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };

describeWith('chromium', 'papers in a browser', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  let number: string;
  let citizen: Phone;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
    const oneTime = firstPassword(service);
    desk = await openDesk(browser, service.url, { username: 'admin', oneTime, at: '#/requests' });
    page = desk.page;
    citizen = createPhone(service.url, 'whatsapp', '+6281200000501');
    const person = ['Siti Rahmawati', '6408044502900042', '6408041203150042', '081234567890'];
    await citizen.dialogue([
      'halo',
      'ktp hilang',
      'setuju',
      'hilang',
      ...person,
      'loket',
      'loket',
      'ya',
      '1',
    ]);
    const filed = await citizen.until(({ state }) => state.applications.length > 0, 'the number');
    number = filed.state.applications[0] ?? '';
    await page.getByRole('link', { name: number }).click();
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  test('a form is printed with one press, which reveals and notes it', LIMIT, async () => {
    await page.getByText('Surat yang memuat data pribadi').waitFor();
    await page.getByRole('button', { name: /^F-1.02/ }).click();
    const viewer = page.getByRole('dialog', { name: 'Berkas' });
    await viewer.getByText(`F-1.02-${number}.pdf`).waitFor();
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    expect(await page.getByText('Surat yang memuat data pribadi').count()).toBe(0);
  });

  test('a letter is written, looked at and sent, by keyboard alone', LIMIT, async () => {
    await page.getByRole('button', { name: 'Tulis surat' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Surat resmi' });
    await dialog.getByLabel('Hal').fill('Undangan klarifikasi');
    await dialog.getByLabel('Isi surat').fill('Mohon hadir di kantor.\n\nBawalah KK asli.');
    await expectAccessible(page);
    await dialog.getByLabel('Kirim kepada pemohon').press('Space');
    await dialog.getByRole('button', { name: 'Periksa dahulu' }).press('Enter');
    await dialog.getByText('Bawalah KK asli.').waitFor();
    expect(await dialog.locator('.letter-sheet').textContent()).toContain('Kepala Dinas');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Buat dan kirim' }).press('Enter');
    await page.getByRole('dialog', { name: 'Berkas' }).getByText(`surat-${number}.pdf`).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(/Surat \w+ dikirim kepada pemohon/).waitFor();
    await citizen.until(
      ({ messages }) => messages.some(({ text }) => text.includes('Ada surat dari kami')),
      'the letter',
    );
    expect(desk.troubles).toEqual([]);
  });

  test('on a phone nothing is wider than the screen', LIMIT, async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const wide = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(await wide()).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Tulis surat' }).click();
    expect(await wide()).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('a checklist goes with a reply', LIMIT, async () => {
    await page.getByRole('link', { name: 'Buka percakapan' }).click();
    await page.getByRole('button', { name: 'Buka lagi' }).first().click();
    await page.getByRole('button', { name: 'Syarat', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Lampirkan daftar persyaratan' });
    await dialog.getByRole('button', { name: 'KTP baru (perekaman)' }).click();
    await page.getByText('persyaratan-ktp-baru.pdf').waitFor();
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await citizen.until(({ messages }) => messages.at(-1)?.media.length === 1, 'the checklist');
  });
});
