/** A message that was given up, as a supervisor meets it in a browser. */

import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Service, startService } from '../../src/service.ts';
import { seedEntry } from '../contract/seeds.ts';
import { describeWith } from '../services.ts';
import { enter, openBrowser, openInbox, overflowOnPhone, violations } from './browser.ts';
import { createPhone } from './phone.ts';
import { temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };
const CITIZEN = '+6281200000601';
const LOST = 'Tanda terima Anda sudah siap.';

describeWith('chromium', 'what was given up, in a browser', () => {
  const data = temporaryDir();
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    const config = readConfig({ DATA_DIR: data.dir, PORT: '0', LOG_LEVEL: 'silent' });
    [service, browser] = await Promise.all([
      startService(config, { log: pino({ level: 'silent' }) }),
      openBrowser(),
    ]);
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    data.remove();
  });

  /** The step said it and asked to file something; both were tried in vain. */
  async function giveUp(): Promise<void> {
    const { conversations, jobs } = service.store;
    const id = service.engine.conversationId({ channel: 'whatsapp', id: CITIZEN });
    const known = await conversations.load(id);
    if (!known) throw new Error('nobody has written');
    const version = known.version + 1;
    const entry = seedEntry({ id: `${id}.${version}.0`, text: LOST, status: 'failed', at: Date.now() });
    await conversations.commit({
      conversation: { ...known, version },
      entries: [entry],
      effects: [
        { id: `${id}.${version}.e`, type: 'say', params: { entry: entry.id } },
        { id: `${id}.${version}.f`, type: 'submit', params: {} },
      ],
      timers: { set: [], cancel: [] },
      amended: [],
    });
    const at = Date.now();
    await jobs.bury(`${id}.${version}.e`, { reason: 'REMOTE_REFUSED', tries: 8, at });
    await jobs.bury(`${id}.${version}.f`, { reason: 'BUG', tries: 1, at: at - 60_000 });
  }

  test('a supervisor finds it, sends it again by keyboard, and the citizen has it', LIMIT, async () => {
    const phone = createPhone(service.url, 'whatsapp', CITIZEN);
    await phone.dialogue(['halo']);
    await giveUp();
    const page = await openInbox(browser, service.url);
    await enter(page, service.firstOperator?.username ?? '', service.firstOperator?.password ?? '');
    const link = page.getByRole('link', { name: 'Gagal 2' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Yang gagal sampai percobaan terakhir' }).waitFor();
    const rows = page.locator('.given-up-list li');
    expect(await rows.allTextContents()).toEqual([
      expect.stringMatching(/^Pesan kepada warga.*Penyedia menolaknya.* 8 percobaan.*Kirim ulang$/s),
      expect.stringMatching(/^Mencatat permohonan.*sampaikan kepada admin.* 1 percobaan$/s),
    ]);
    expect(await violations(page)).toEqual([]);
    expect(await overflowOnPhone(page)).toBeLessThanOrEqual(0);
    const again = page.getByRole('button', { name: 'Kirim ulang' });
    await again.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Dikirim ulang.').waitFor();
    await page.getByRole('link', { name: 'Gagal 1' }).waitFor();
    const isThere = (text: string, status: string) =>
      text === LOST && status !== 'queued' && status !== 'failed';
    await phone.until(
      ({ messages }) => messages.filter(({ text, status }) => isThere(text, status)).length === 1,
      'the message',
    );
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Filing the application').waitFor();
  });
});
