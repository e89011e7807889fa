/**
 * Makes docs/inbox.png: the operators' inbox of a real service, with one chat claimed. Run it after the web app has
 * changed its looks: `npm run build:ui && npx node scripts/picture-inbox.ts`. Needs Chromium.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { createClock } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { type Service, startService } from '../src/service.ts';

const PICTURE = join(import.meta.dirname, '..', 'docs', 'inbox.png');
/** Opening hours, so that the promise of an answer is a near one. */
const MORNING = Date.parse('2026-11-24T09:20:00+08:00');
const PASSWORD = 'Pagi-cerah-2026';

/** A lost KTP, the beginning of an application, then a wish for a person. Made-up people and numbers. */
const TALK = [
  'KTP saya hilang',
  'setuju',
  'hilang',
  'Siti Aminah',
  'kalau KTP saya dipakai orang lain bagaimana ya?',
  'petugas',
];

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-picture-'));
  const service = await start(dataDir);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    await talk(service, '+6281200000001', TALK);
    await talk(service, '+6281200000002', ['halo', 'petugas']);
    await takePicture(browser, service);
  } finally {
    await browser.close();
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function start(dataDir: string): Promise<Service> {
  const clock = createClock();
  clock.set(MORNING);
  const masterKey = randomBytes(32).toString('base64');
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', MASTER_KEY: masterKey });
  return startService(config, { log: createLog('silent'), clock });
}

function findChromium(): string {
  const found = [process.env.PUPPETEER_EXECUTABLE_PATH, '/usr/bin/chromium'].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined) throw new Error('there is no Chromium; set PUPPETEER_EXECUTABLE_PATH');
  return found;
}

async function talk(service: Service, from: string, texts: string[]): Promise<void> {
  for (const text of texts) {
    await fetch(`${service.url}/simulator/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel: 'whatsapp', from, text }),
    });
    await service.engine.idle();
    await service.effects.idle();
    // People take their time; the clock of the service runs on, that of the chat shows it.
    service.clock.set(service.clock.now() + 25_000);
  }
}

async function takePicture(browser: Browser, service: Service): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1180, height: 760 },
    locale: 'id-ID',
    timezoneId: 'Asia/Makassar',
  });
  await page.clock.setFixedTime(service.clock.now());
  await page.goto(`${service.url}/inbox`);
  const password = service.firstOperator?.password ?? '';
  await page.locator('input').nth(0).fill('admin');
  await page.locator('input').nth(1).fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('Ulangi sandi baru').waitFor();
  const fields = page.locator('input[type=password]');
  for (const [index, value] of [password, PASSWORD, PASSWORD].entries()) await fields.nth(index).fill(value);
  await page.keyboard.press('Enter');
  await page.getByText('KTP hilang atau rusak').first().click();
  await page.getByRole('button', { name: 'Ambil percakapan' }).click();
  await page
    .getByLabel('Balasan kepada warga')
    .fill('Selamat pagi, Ibu. Blokir KTP lama kami bantu hari ini juga. Mohon tunggu sebentar.');
  await pause(500);
  await page.screenshot({ path: PICTURE });
}

await main();
