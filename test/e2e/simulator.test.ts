/** A citizen's whole way through the page: every question of a birth certificate, to the receipt. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, startWhole } from '../channels/simulator/phone.ts';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';

/** Monday morning: the office is open, and the promised time is Tuesday. */
const MONDAY = '2026-11-23T10:15:00+08:00';
/** Far more than a birth certificate asks. */
const MOST_QUESTIONS = 60;

/** One good answer to each kind of question; `count` makes no two persons have the same number. */
const ANSWERS: Record<string, (count: number) => string> = {
  consent: () => 'SETUJU',
  confirm: () => 'YA',
  slot: () => '1',
  nik: (count) => `64080412059099${String(count).padStart(2, '0')}`,
  kk: (count) => `64080401012000${String(count).padStart(2, '0')}`,
  name: (count) =>
    `Ahmad Rizki ${['Maulana', 'Pratama', 'Wijaya', 'Santoso', 'Hidayat', 'Nugroho'][count % 6]}`,
  date: () => '12-05-1990',
  time: () => '08.30',
  phone: () => '081234567890',
  email: () => 'warga@example.com',
  number: () => '3',
  'yes-no': () => 'ya',
  choice: () => '1',
  text: () => 'Samarinda',
  'akta-number': () => '6472-LT-12052015-0001',
};

describeWith(['chromium', 'pdftotext'], 'the simulator in a browser', () => {
  let running: Running;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    running = await startWhole();
    running.clock.set(Date.parse(MONDAY));
    browser = await openBrowser();
    const context = await browser.newContext({
      viewport: { width: 1360, height: 900 },
      deviceScaleFactor: 1.5,
      locale: 'id-ID',
      timezoneId: 'Asia/Makassar',
    });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${running.url}/simulator`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  test('a birth certificate is asked for by WhatsApp with photos, up to the receipt', {
    timeout: 120_000,
  }, async () => {
    const phone = page.locator('.phone[data-channel=whatsapp]');
    await answerAll(phone, 'mau bikin akta kelahiran anak saya', () => sendPhoto(phone));
    const number = await phone.locator('.state').getAttribute('data-applications');
    expect(number).toMatch(/^KL-\d{4}-\d{4}-\d$/);

    const photo = await fetch(
      `${running.url}${await phone.locator('.mine .picture').last().getAttribute('href')}`,
    );
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
    expect((await photo.arrayBuffer()).byteLength).toBeGreaterThan(100_000);

    const receipt = phone.locator('.theirs .document.pdf').last();
    await receipt.waitFor();
    const text = await textOfPdf(String(await receipt.getAttribute('href')));
    const talk = (await phone.locator('.talk').textContent()) ?? '';
    const pin = /PIN\D{0,20}(\d{6})(?!\d)/i.exec(talk)?.[1];
    expect(text).toContain(number);
    expect(pin).toBeDefined();
    expect(text).toContain(pin);
    expect(text).toContain('Selasa 24 November 2026');
    expect(talk).toContain(number);
  });

  test('and by SMS without a single photo', { timeout: 120_000 }, async () => {
    const phone = page.locator('.phone[data-channel=sms]');
    await answerAll(phone, 'akta kelahiran', () => say(phone, 'LOKET'));
    const number = await phone.locator('.state').getAttribute('data-applications');
    expect(number).toMatch(/^KL-\d{4}-\d{4}-\d$/);
    const talk = await phone.locator('.talk').textContent();
    expect(talk).toContain(`${number}`);
    expect(talk).toMatch(/PIN\D{0,20}\d{6}/i);
    await takeScreenshot();
    // An SMS phone can neither send files nor show them.
    expect(await phone.locator('.document, .picture, .attach').count()).toBe(0);
  });

  test('the page breaks no rule of its own and raises no error', () => {
    expect(faults).toEqual([]);
  });

  test('a draft is still there after a reload, for the citizen it belongs to', async () => {
    const phone = page.locator('.phone[data-channel=whatsapp]');
    await phone.locator('textarea').fill('nanti saya lanj');
    await page.reload();
    await expect.poll(() => phone.locator('textarea').inputValue(), WAIT).toBe('nanti saya lanj');
    await phone.locator('select').selectOption({ index: 1 });
    await expect.poll(() => phone.locator('textarea').inputValue(), WAIT).toBe('');
    expect(await phone.locator('.bubble').count()).toBe(0);
    await phone.locator('select').selectOption({ index: 0 });
    await expect.poll(() => phone.locator('textarea').inputValue(), WAIT).toBe('nanti saya lanj');
  });

  test('a message stays, marked, while the service is away, and goes when it is back', async () => {
    const phone = page.locator('.phone[data-channel=whatsapp]');
    await page.route('**/simulator/messages', (route) => route.abort());
    await say(phone, 'MENU', { waits: false });
    await phone.locator('.retry').waitFor();
    await page.unroute('**/simulator/messages');
    faults.length = 0;
    await page.reload();
    await expect.poll(() => phone.locator('.mine:last-of-type .is-failed').count(), WAIT).toBe(0);
    await expect.poll(() => phone.locator('.state').getAttribute('data-expects'), WAIT).toBe('menu');
  });

  test('text is never read as a page, and only web addresses become links', async () => {
    const phone = page.locator('.phone[data-channel=whatsapp]');
    const text = '<img src=x onerror=alert(1)> javascript:alert(1) *tebal* https://contoh.go.id/a.';
    await say(phone, text, { waits: false });
    const bubble = phone.locator('.mine .bubble').last();
    await expect.poll(() => bubble.locator('strong').allTextContents(), WAIT).toEqual(['tebal']);
    expect(await bubble.locator('img').count()).toBe(0);
    expect(await bubble.locator('a').allTextContents()).toEqual(['https://contoh.go.id/a']);
  });

  test('the clock of the service is set from the page', async () => {
    await page.locator('.clock-now').click();
    await page.locator('[name=at]').fill('2027-01-04T09:00');
    await page.locator('.clock-panel [type=submit]').click();
    await expect
      .poll(() => new Date(running.clock.now()).toISOString().slice(0, 16), WAIT)
      .toBe('2027-01-04T01:00');
    await page.locator('[data-now]').click();
    await expect.poll(() => Math.abs(running.clock.now() - Date.now()), WAIT).toBeLessThan(5_000);
  });

  test('on a narrow screen one phone fills it, and nothing sticks out', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.locator('.tabs button').nth(1).click();
    expect(await page.locator('.phone[data-channel=whatsapp]').isVisible()).toBe(false);
    expect(await page.locator('.phone[data-channel=sms] .send').isVisible()).toBe(true);
    // A string, since these tests are typed without the browser's own names.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  /** Answers whatever is asked until an application is filed and nothing is asked any more. */
  async function answerAll(phone: Locator, wish: string, bringDocument: () => Promise<void>): Promise<void> {
    await say(phone, wish);
    for (let count = 1; count < MOST_QUESTIONS; count += 1) {
      const { expects = '', applications = '' } = await stateOf(phone);
      if (applications !== '' && expects !== 'slot' && expects !== 'document') return;
      if (expects === 'document') await bringDocument();
      else await say(phone, answerTo(expects, count));
    }
    throw new Error(`still asked after ${MOST_QUESTIONS} answers: ${JSON.stringify(await stateOf(phone))}`);
  }

  function answerTo(expects: string, count: number): string {
    const answer = ANSWERS[expects];
    if (!answer) throw new Error(`no answer to "${expects}" is known here`);
    return answer(count);
  }

  function stateOf(phone: Locator): Promise<{ expects?: string; applications?: string }> {
    return phone.locator('.state').evaluate((line: { dataset: object }) => ({ ...line.dataset }));
  }

  async function sendPhoto(phone: Locator): Promise<void> {
    await phone.locator('.attach').click();
    await phone.locator('[data-attach=kk]').click();
    await phone.locator('.tray li').waitFor();
    await sent(phone, () => phone.locator('.send').click());
  }

  async function say(phone: Locator, text: string, { waits = true } = {}): Promise<void> {
    await phone.locator('textarea').fill(text);
    const press = () => phone.locator('textarea').press('Enter');
    await (waits ? sent(phone, press) : press());
  }

  /** Until the page shows everything that the message gave rise to. */
  async function sent(phone: Locator, send: () => Promise<void>): Promise<void> {
    const before = await phone.locator('.theirs:not(.typing)').count();
    await send();
    await expect.poll(() => phone.locator('.theirs:not(.typing)').count(), WAIT).toBeGreaterThan(before);
    await running.settle();
    const channel = await phone.getAttribute('data-channel');
    const from = await phone.locator('select').inputValue();
    const answer = await fetch(`${running.url}/simulator/conversations/${channel}/${from}`);
    const { state } = (await answer.json()) as { state: { step: string | null; applications: string[] } };
    const expected = [state.step ?? '', state.applications.join(' ')];
    const shown = () =>
      phone
        .locator('.state')
        .evaluate((line: { dataset: Record<string, string> }) => [
          line.dataset.step,
          line.dataset.applications,
        ]);
    await expect.poll(shown, WAIT).toEqual(expected);
  }

  async function textOfPdf(path: string): Promise<string> {
    const response = await fetch(`${running.url}${path}`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const input = Buffer.from(await response.arrayBuffer());
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input, encoding: 'utf8' });
  }

  /** For the README, on demand: an ordinary run leaves the tree as it is. */
  async function takeScreenshot(): Promise<void> {
    if (process.env.SCREENSHOTS !== '1') return;
    await expect.poll(() => page.locator('.theirs .is-queued').count(), WAIT).toBe(0);
    const image = await page.screenshot();
    writeFileSync(join(import.meta.dirname, '../../docs/simulator.png'), image);
  }
});

const WAIT = { timeout: 15_000, interval: 25 };
