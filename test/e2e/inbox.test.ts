/** The inbox as two operators and a stuck citizen meet there. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../services.ts';
import { openBrowser } from './browser.ts';
import { createPhone, type Screen } from './phone.ts';
import { loket, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };
const CITIZEN = '+6281200000401';

describeWith('chromium', 'the inbox in a browser', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  test('a stuck citizen is helped by one operator and comes back to the exact question', LIMIT, async () => {
    const phone = createPhone(service.url, 'whatsapp', CITIZEN);
    const asked = await phone.dialogue(['halo', 'ktp hilang', 'setuju', 'hilang', 'Siti Rahmawati']);
    expect(asked.state).toMatchObject({ service: 'ktp-hilang-rusak', step: 'pemohon_nik', expects: 'nik' });
    const question = lastReply(asked);
    for (const text of [
      'tidak hafal nomornya sama sekali',
      'kartunya tidak ada pada saya sekarang',
      'mohon bantuannya ya bagaimana caranya',
    ]) {
      await phone.say(text);
    }
    await phone.until(({ state }) => state.status === 'handoff', 'the hand-off');

    const [, firstPassword] = /one-time password\n\s+(\S+)/.exec(service.err()) ?? [];
    const admin = await enter(await openInbox(browser, service.url), 'admin', String(firstPassword));
    await admin.getByRole('link', { name: /KTP hilang/ }).click();
    const transcript = admin.locator('article.chat');
    await transcript.getByText('tidak hafal nomornya').first().waitFor();
    await admin.getByRole('button', { name: 'Ambil percakapan' }).click();
    await admin.getByLabel('Balasan kepada warga').fill('Lihat di Kartu Keluarga, kolom kedua.');
    await admin.getByRole('button', { name: 'Kirim', exact: true }).click();
    await transcript.getByText('Lihat di Kartu Keluarga, kolom kedua.').waitFor();
    const helped = await phone.until((screen) => lastReply(screen).includes('kolom kedua'), 'the reply');
    expect(helped.state).toMatchObject({ status: 'handoff', expects: null });

    const made = await loket(['operator', 'add', 'siti', '--name', 'Siti Aminah'], { DATA_DIR: data.dir });
    expect(made).toMatchObject({ code: 0 });
    const second = await enter(await openInbox(browser, service.url), 'siti', made.out.trim());
    await second.getByRole('button', { name: /^Semua/ }).click();
    await second.getByRole('link', { name: /KTP hilang/ }).click();
    expect(await second.locator('.held').textContent()).toContain('Admin');
    await second.getByText('Ambil dahulu untuk menjawab').waitFor();
    expect(await second.getByRole('button', { name: 'Ambil percakapan' }).count()).toBe(0);
    expect(await second.getByLabel('Balasan kepada warga').count()).toBe(0);
    expect(await sendBehindThePage(second)).toBe(409);

    await admin.getByRole('button', { name: 'Kembalikan ke bot' }).click();
    await admin.getByRole('button', { name: 'Ya, kembalikan ke bot' }).click();
    const back = await phone.until(({ state }) => state.expects === 'nik', 'the bot');
    expect(back.state).toMatchObject({ service: 'ktp-hilang-rusak', step: 'pemohon_nik' });
    expect(lastReply(back).endsWith(question)).toBe(true);
    // The colleague's list follows by itself.
    await second.getByText('Kotak masuk kosong.').waitFor();
    const next = await phone.dialogue(['6408044502900042']);
    expect(next.state.step).toBe('pemohon_kk');
    expect(next.messages.filter(({ text }) => text.includes('kolom kedua'))).toHaveLength(1);
    expect(next.messages.filter(({ text }) => text.includes('saya juga menjawab'))).toEqual([]);
  });
});

function lastReply({ messages }: Screen): string {
  return messages.findLast(({ direction }) => direction === 'out')?.text ?? '';
}

async function openInbox(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'id-ID', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${url}/inbox`);
  return page;
}

/** Logs in with a one-time password, and gets in only after choosing another. */
async function enter(page: Page, username: string, oneTime: string): Promise<Page> {
  const own = `kata sandi ${username} yang panjang`;
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Sandi', { exact: true }).fill(oneTime);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await page.getByRole('heading', { name: 'Ganti sandi' }).waitFor();
  await page.getByLabel('Sandi lama').fill(oneTime);
  await page.getByLabel('Sandi baru', { exact: true }).fill(own);
  await page.getByLabel('Ulangi sandi baru').fill(own);
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByRole('button', { name: /^Menunggu/ }).waitFor();
  return page;
}

/** The status that a page changed by hand would get: it sends with everything that the real one has. */
async function sendBehindThePage(page: Page): Promise<number> {
  const { origin, hash } = new URL(page.url());
  const { csrf } = (await (await page.request.get(`${origin}/api/me`)).json()) as { csrf: string };
  const answer = await page.request.post(`${origin}/api/conversations/${hash.replace('#/chat/', '')}/reply`, {
    headers: { 'X-CSRF-Token': csrf, Origin: origin },
    data: { id: randomUUID(), text: 'saya juga menjawab' },
  });
  return answer.status();
}
