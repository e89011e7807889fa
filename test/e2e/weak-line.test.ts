/** The web app on a slow office computer's line. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../services.ts';
import { enter, openBrowser, openInbox } from './browser.ts';
import { createPhone } from './phone.ts';
import { loket, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const ASSETS = 'dist/inbox/assets';
const MAX_PACKED_BYTES = 100_000;
/** 400 kbit/s, in bytes a second, as far away as the next island. */
const LINE = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 60 };
const MAX_MS = 3_000;

describeWith('chromium', 'the web app on a weak line', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  test('is less than 100 KB of packed JavaScript, all views together', () => {
    const packed = readdirSync(ASSETS).filter((name) => name.endsWith('.js.gz'));
    expect(packed.length).toBeGreaterThan(5);
    const bytes = packed.reduce((sum, name) => sum + statSync(join(ASSETS, name)).size, 0);
    expect(bytes).toBeLessThan(MAX_PACKED_BYTES);
  });

  test('shows who waits within 3 seconds at 400 kbit/s, with nothing kept from before', async () => {
    await createPhone(service.url, 'whatsapp', '+6281200000701').say('petugas');
    const made = await loket(['operator', 'add', 'rini', '--name', 'Rini'], { DATA_DIR: data.dir });
    const page = await openInbox(browser, service.url);
    await enter(page, 'rini', made.out.trim());
    const line = await page.context().newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.clearBrowserCache');
    await line.send('Network.emulateNetworkConditions', LINE);
    const begun = Date.now();
    await page.reload({ waitUntil: 'commit' });
    await page.locator('.list .item').first().waitFor();
    expect(Date.now() - begun).toBeLessThan(MAX_MS);
  }, 60_000);
});
