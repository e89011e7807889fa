/** What was read off a photo, as a verifier meets it in the web app. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jpeg } from '../documents/samples.ts';
import { CARD, openRequests, type RequestsWorld } from '../handoff/requests-world.ts';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';
import { expectAccessible } from './desk.ts';

const LIMIT = { timeout: 60_000 };

describeWith('chromium', 'what was read off a photo, in a browser', () => {
  let world: RequestsWorld;
  let browser: Browser;
  let page: Page;
  let number: string;
  beforeAll(async () => {
    [world, browser] = await Promise.all([openRequests(), openBrowser()]);
    const { token } = await world.login('vera', 'verifier');
    const photo = { files: [{ file: 'kk', contentType: 'image/jpeg', sizeBytes: jpeg().byteLength }] };
    const readings = [{ element: 'kk', value: '6472010112150008', confidence: 0.9 }];
    ({ number } = await world.file({ ...CARD, kk_foto: photo }, { readings: { kk_foto: readings } }));
    const context = await browser.newContext({ locale: 'id-ID', viewport: { width: 1280, height: 800 } });
    await context.addCookies([{ name: 'loket_session', value: token, url: world.url }]);
    page = await context.newPage();
    await page.goto(`${world.url}/inbox#/requests/${number}`);
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test('stands under the document and at the field, masked, then in full', LIMIT, async () => {
    await page.getByRole('button', { name: /^Kartu Keluarga asli/ }).click();
    const read = page.getByRole('region', { name: 'Terbaca di foto' });
    await read.getByText('beda dengan isian').waitFor();
    expect(await read.textContent()).toContain('••••0008');
    await page.getByText('Beda dengan foto: ••••••••••••0008').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tampilkan data' }).click();
    await page.getByText('Beda dengan foto: 6472010112150008').waitFor();
    expect(await read.textContent()).toContain('6472010112150008');
  });

  test('reads the same in English', LIMIT, async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Differs from the photo: 6472010112150008').waitFor();
    await page
      .getByRole('region', { name: 'Read off the photo' })
      .getByText('differs from the field')
      .waitFor();
    await expectAccessible(page);
  });
});
