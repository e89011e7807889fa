/**
 * The web app on an office's weak line: what makes its first view fast (how fast it is, `npm run bench -- --only first-view`
 * measures), and what becomes of work when the line goes.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../services.ts';
import { enter, openBrowser, openInbox, signIn } from './browser.ts';
import { createPhone, type Phone, waitFor } from './phone.ts';
import { freePort, loket, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 60_000 };
const ASSETS = 'dist/inbox/assets';
const MAX_PACKED_BYTES = 100_000;
const PASSWORD = 'kata sandi rini yang panjang';
const LOOK_AHEAD_MS = 10_000;

describeWith('chromium', 'the web app on a weak line', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  let restart: () => Promise<ServiceProcess>;
  beforeAll(async () => {
    const port = String(await freePort());
    restart = () => startService({ DATA_DIR: data.dir, PORT: port });
    [service, browser] = await Promise.all([restart(), openBrowser()]);
    const made = await loket(['operator', 'add', 'rini', '--name', 'Rini'], { DATA_DIR: data.dir });
    const page = await openInbox(browser, service.url);
    await enter(page, 'rini', made.out.trim());
    await page.context().close();
    for (let i = 0; i < 3; i += 1) await newCitizen().say('petugas');
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  let citizens = 0;
  function newCitizen(): Phone {
    citizens += 1;
    return createPhone(service.url, 'whatsapp', `+62812000007${String(citizens).padStart(2, '0')}`);
  }

  /** A browser that has never been here, signed in; `seen` is all that it was answered. */
  async function newDesk(seen: Response[] = []): Promise<Page> {
    const context = await browser.newContext({ locale: 'id-ID', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('response', (response) => seen.push(response));
    await page.goto(`${service.url}/inbox`);
    await signIn(page, 'rini', PASSWORD);
    await page.locator('.list .item').first().waitFor();
    return page;
  }

  test('is less than 100 KB of packed JavaScript, all views together', () => {
    const packed = readdirSync(ASSETS).filter((name) => name.endsWith('.js.gz'));
    expect(packed.length).toBeGreaterThan(5);
    expect(packed.length).toBe(readdirSync(ASSETS).filter((name) => name.endsWith('.js')).length);
    const bytes = packed.reduce((sum, name) => sum + statSync(join(ASSETS, name)).size, 0);
    expect(bytes).toBeLessThan(MAX_PACKED_BYTES);
  });

  test('comes from here alone, packed, and is kept for good where it never changes', LIMIT, async () => {
    const seen: Response[] = [];
    const page = await newDesk(seen);
    expect([...new Set(seen.map((response) => new URL(response.url()).origin))]).toEqual([service.url]);
    const assets = seen.filter((response) => response.url().includes('/assets/'));
    expect(assets.length).toBeGreaterThan(4);
    for (const response of assets) {
      const headers = await response.allHeaders();
      expect(headers['content-encoding'], response.url()).toBe('gzip');
      expect(headers['cache-control'], response.url()).toContain('immutable');
    }
    for (const path of ['/api/session', '/api/inbox']) {
      const headers = await seen.find((response) => response.url().endsWith(path))?.allHeaders();
      expect(headers?.['content-encoding'], path).toBe('gzip');
    }
    const sizes = await Promise.all(
      seen
        .filter((response) => !response.url().endsWith('/events'))
        .map(async (response) => (await response.request().sizes()).responseBodySize),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_PACKED_BYTES);
    await page.context().close();
  });

  test('asks for nothing before it can: no answer waits for one that it does not need', LIMIT, async () => {
    const html = readFileSync('dist/inbox/index.html', 'utf8');
    const page = await newDesk();
    await page.goto('about:blank');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    // The code of the view comes only once the list has been asked for: whoever asks in a row waits in vain.
    await page.route('**/assets/inbox-view*.js', async (route) => {
      await waitFor(
        () => asked,
        (paths) => paths.includes('/api/inbox'),
        'the list to be asked for',
        LOOK_AHEAD_MS,
      );
      await route.continue();
    });
    await page.goto(`${service.url}/inbox`);
    await page.locator('.list .item').first().waitFor();
    const atTheDoor = asked.slice(0, asked.indexOf('/api/me')).filter((path) => path !== '/inbox');
    expect(atTheDoor.length).toBeGreaterThan(1);
    for (const path of atTheDoor) expect(html).toContain(path);
    await page.context().close();
  });

  test('shows by itself what happened while the line was gone, and keeps what was typed', LIMIT, async () => {
    const page = await newDesk();
    await page.locator('.list .item').first().click();
    await page.getByRole('button', { name: 'Ambil percakapan' }).click();
    const field = page.getByLabel('Balasan kepada warga');
    await field.pressSequentially('Baik Bu, ');
    await page.getByText('Langsung', { exact: true }).waitFor();

    // Not the browser's line only: the service is away, and comes back at the same address.
    await service.kill();
    await page.getByText('Langsung', { exact: true }).waitFor({ state: 'detached' });
    await field.pressSequentially('saya periksa.');
    service = await restart();
    await newCitizen().say('petugas');
    await page.getByText('Langsung', { exact: true }).waitFor();
    expect(await field.inputValue()).toBe('Baik Bu, saya periksa.');
    await page.reload();
    expect(await field.inputValue()).toBe('Baik Bu, saya periksa.');
    await field.press('Enter');
    await page.locator('.message.operator').getByText('saya periksa.').waitFor();
    await page.getByRole('button', { name: 'Kembalikan ke bot' }).click();
    await page.getByRole('button', { name: 'Ya, kembalikan ke bot' }).click();
    await page.getByRole('button', { name: 'Buka lagi' }).waitFor();
    await page.context().close();
  });

  test('fills the list again without a touch when the line is back', LIMIT, async () => {
    const page = await newDesk();
    const rows = page.locator('.list .item');
    const before = await rows.count();
    await page.context().setOffline(true);
    await newCitizen().say('petugas');
    await newCitizen().say('petugas');
    expect(await rows.count()).toBe(before);
    await page.context().setOffline(false);
    await waitFor(
      () => rows.count(),
      (count) => count === before + 2,
      'both citizens in the list',
    );
    await page.context().close();
  });
});
