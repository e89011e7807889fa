/** The inbox as operators and stuck citizens meet there, in a browser. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../services.ts';
import { enter, openBrowser, openInbox, overflowOnPhone, signIn, violations } from './browser.ts';
import { createPhone, type Phone, type Screen, setClock, waitFor } from './phone.ts';
import { loket, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };

describeWith('chromium', 'the inbox in a browser', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  let browser: Browser;
  /** Two who work side by side, each in a browser of their own. */
  let budi: Page;
  let siti: Page;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ DATA_DIR: data.dir }), openBrowser()]);
    [budi, siti] = await Promise.all([
      newOperator('budi', 'Budi Santoso'),
      newOperator('siti', 'Siti Aminah'),
    ]);
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.kill();
    data.remove();
  });

  async function newOperator(username: string, name: string): Promise<Page> {
    const made = await loket(['operator', 'add', username, '--name', name], { DATA_DIR: data.dir });
    expect(made).toMatchObject({ code: 0 });
    const page = await openInbox(browser, service.url);
    await enter(page, username, made.out.trim());
    return page;
  }

  let citizens = 0;
  /** A citizen who asks for a person in the middle of a form; `name` tells them apart. */
  async function stuckCitizen(name: string): Promise<Phone> {
    citizens += 1;
    const phone = createPhone(service.url, 'whatsapp', `+62812000004${String(citizens).padStart(2, '0')}`);
    await phone.dialogue(['halo', 'ktp hilang', 'setuju', 'hilang', name]);
    await phone.say('petugas');
    await phone.until(({ state }) => state.status === 'handoff', 'the hand-off');
    return phone;
  }

  /** Opens the chat from the list, and answers its id. */
  async function openChat(page: Page, phone: Phone): Promise<string> {
    const id = conversationOf(await phone.screen());
    await page.goto(`${service.url}/inbox#/inbox/waiting`);
    await page.locator(`.list a[href="#/chat/${id}"]`).click();
    await page.getByRole('button', { name: 'Ambil percakapan' }).waitFor();
    return id;
  }

  async function take(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Ambil percakapan' }).click();
    await page.getByLabel('Balasan kepada warga').waitFor();
  }

  async function handBack(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Kembalikan ke bot' }).click();
    await page.getByRole('button', { name: 'Ya, kembalikan ke bot' }).click();
    await page.getByRole('button', { name: 'Buka lagi' }).waitFor();
  }

  test('a stuck citizen is helped by one operator and comes back to the exact question', LIMIT, async () => {
    const phone = await stuckCitizen('Rahma Wati');
    const before = await phone.screen();
    await openChat(budi, phone);
    await take(budi);
    await budi.getByLabel('Balasan kepada warga').fill('Lihat di Kartu Keluarga, kolom kedua.');
    await budi.getByRole('button', { name: 'Kirim', exact: true }).click();
    await phone.until((screen) => lastReply(screen).includes('kolom kedua'), 'the reply');

    await siti.goto(`${service.url}/inbox#/inbox/all`);
    await siti.getByRole('link', { name: /KTP hilang/ }).click();
    expect(await siti.locator('.held').textContent()).toBe('Sedang dijawab Budi Santoso');
    expect(await siti.getByRole('button', { name: 'Ambil percakapan' }).count()).toBe(0);
    expect(await siti.getByLabel('Balasan kepada warga').count()).toBe(0);
    expect(await sendBehindThePage(siti)).toBe(409);
    await budi.getByText('Siti Aminah juga melihat').waitFor();

    await handBack(budi);
    const back = await phone.until(({ state }) => state.expects === 'nik', 'the bot');
    expect(back.state).toMatchObject({ service: 'ktp-hilang-rusak', step: 'pemohon_nik' });
    expect(lastReply(back)).toContain('NIK');
    // The colleague's page follows by itself.
    await siti.getByRole('button', { name: 'Buka lagi' }).waitFor();
    const next = await phone.dialogue(['6408044502900042']);
    expect(next.state.step).toBe('pemohon_kk');
    expect(next.messages.filter(({ text }) => text.includes('kolom kedua'))).toHaveLength(1);
    expect(next.messages.filter(({ text }) => text.includes('saya juga menjawab'))).toEqual([]);
    expect(before.state.step).toBe('pemohon_nik');
  });

  test('of two operators who take a chat together one has it, and the other is told who', LIMIT, async () => {
    const phone = await stuckCitizen('Ani Lestari');
    const id = await openChat(budi, phone);
    await siti.goto(`${service.url}/inbox#/chat/${id}`);
    const claims = [budi, siti].map((page) => page.getByRole('button', { name: 'Ambil percakapan' }));
    await Promise.all(claims.map((claim) => claim.waitFor()));
    await Promise.all(claims.map((claim) => claim.click()));
    const held = [budi, siti].map((page) => page.locator('.held'));
    await Promise.race(held.map((each) => each.waitFor()));
    const loser = (await held[0]?.count()) === 1 ? budi : siti;
    const winner = loser === budi ? siti : budi;
    expect(await loser.locator('.held').textContent()).toMatch(/^Sedang dijawab (Siti|Budi)/);
    await winner.getByLabel('Balasan kepada warga').waitFor();
    expect(await loser.getByLabel('Balasan kepada warga').count()).toBe(0);
    await handBack(winner);
  });

  test('who loses the chat while typing keeps the text, also after a reload', LIMIT, async () => {
    const phone = await stuckCitizen('Dewi Anggraini');
    const id = await openChat(budi, phone);
    await take(budi);
    const field = budi.getByLabel('Balasan kepada warga');
    await field.pressSequentially('Ibu Dewi, mohon tung');
    // A colleague has it now: passed on from another window of Budi's.
    const colleague = await colleagueId(budi, 'Siti Aminah');
    expect(await post(budi, `/conversations/${id}/transfer`, { to: colleague })).toBeLessThan(300);
    await budi.getByText('Sedang dijawab Siti Aminah').first().waitFor();
    expect(await focusedId(budi)).toBe('reply');
    await budi.keyboard.type('gu');
    await budi.keyboard.press('Enter');
    await budi.reload();
    await budi.getByText(/Tulisan Anda tetap tersimpan/).waitFor();
    expect(await field.inputValue()).toBe('Ibu Dewi, mohon tunggu');
    expect((await phone.screen()).messages.filter(({ text }) => text.includes('mohon tung'))).toEqual([]);
    await field.fill('');
    await siti.goto(`${service.url}/inbox#/chat/${id}`);
    await handBack(siti);
  });

  test(
    'with the line lost the text stays, and what was sent without an answer is not said twice',
    LIMIT,
    async () => {
      const phone = await stuckCitizen('Eka Putri');
      await openChat(budi, phone);
      await take(budi);
      const field = budi.getByLabel('Balasan kepada warga');
      await budi.context().setOffline(true);
      await field.fill('Baik Bu, saya bantu.');
      await field.press('Enter');
      await budi.getByText('Tidak tersambung ke layanan').waitFor();
      expect(await field.inputValue()).toBe('Baik Bu, saya bantu.');
      await budi.context().setOffline(false);
      // It arrives, but its answer does not.
      await budi.route('**/reply', async (route) => {
        await route.fetch();
        await route.abort();
      });
      await field.press('Enter');
      await phone.until((screen) => lastReply(screen).includes('saya bantu'), 'the reply');
      await budi.getByText('Tidak tersambung ke layanan').waitFor();
      await budi.unroute('**/reply');
      await budi.reload();
      await field.press('Enter');
      await waitFor(
        () => field.inputValue(),
        (text) => text === '',
        'the empty field',
      );
      const { messages } = await phone.screen();
      expect(messages.filter(({ text }) => text.includes('saya bantu'))).toHaveLength(1);
      await handBack(budi);
    },
  );

  test('a session that ends in mid-work lets one in again with nothing lost', LIMIT, async () => {
    const phone = await stuckCitizen('Fitri Handayani');
    await openChat(budi, phone);
    await take(budi);
    const field = budi.getByLabel('Balasan kepada warga');
    await field.fill('Silakan ke loket 3.');
    const { csrf } = await me(budi);
    await budi.request.delete(`${service.url}/api/session`, {
      headers: { 'X-CSRF-Token': csrf, Origin: service.url },
    });
    await field.press('Enter');
    await budi.getByText('Sesi Anda sudah berakhir').waitFor();
    expect(await violations(budi)).toEqual([]);
    await signIn(budi, 'budi', 'kata sandi budi yang panjang');
    await budi.getByText('Sesi Anda sudah berakhir').waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('Silakan ke loket 3.');
    await field.press('Enter');
    await phone.until((screen) => lastReply(screen).includes('loket 3'), 'the reply');
    await handBack(budi);
  });

  test('a chat is found, taken, answered and handed back by keyboard alone', LIMIT, async () => {
    const phone = await stuckCitizen('Gita Savitri');
    const page = await openInbox(browser, service.url);
    await waitFor(
      () => focusedId(page),
      (id) => id === 'username',
      'the focus',
    );
    await page.keyboard.type('siti');
    await page.keyboard.press('Tab');
    await page.keyboard.type('kata sandi siti yang panjang');
    await page.keyboard.press('Enter');
    await page.locator('.list .item').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ambil percakapan' }).waitFor();
    await page.keyboard.press('c');
    await page.getByLabel('Balasan kepada warga').waitFor();
    await waitFor(
      () => focusedId(page),
      (id) => id === 'reply',
      'the focus',
    );
    // A quick reply with the citizen's and the operator's names filled in.
    await page.keyboard.type('/salam');
    await page.getByRole('option', { name: /Salam pembuka/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const greeted = await phone.until((screen) => lastReply(screen).includes('Siti Aminah'), 'the greeting');
    expect(lastReply(greeted)).toContain('Gita Savitri');
    await waitFor(
      () => page.getByLabel('Balasan kepada warga').inputValue(),
      (text) => text === '',
      'the empty field',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.type('Sudah ditelepon.');
    await page.keyboard.press('Enter');
    await page.locator('.message.note').getByText('Sudah ditelepon.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Pintasan papan ketik' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'Ya, kembalikan ke bot' }).waitFor();
    await page.keyboard.press('e');
    await phone.until(({ state }) => state.expects === 'nik', 'the bot');
    await page.getByRole('button', { name: 'Buka lagi' }).waitFor();
    expect((await phone.screen()).messages.filter(({ text }) => text.includes('ditelepon'))).toEqual([]);
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: 'Permohonan', exact: true }).waitFor();
    await page.context().close();
  });

  test(
    'an answer is filled in for the citizen, and a question is given to the bot to ask',
    LIMIT,
    async () => {
      const phone = await stuckCitizen('Hana Pertiwi');
      await openChat(budi, phone);
      await take(budi);
      await budi.getByText('Pertanyaan yang belum dijawab').click();
      await budi.getByRole('button', { name: 'Isi: NIK pemilik KTP' }).click();
      await budi.getByLabel('Jawaban untuk: NIK pemilik KTP').fill('123');
      await budi.keyboard.press('Enter');
      await budi
        .getByText(/16 angka/)
        .last()
        .waitFor();
      await budi.getByLabel('Jawaban untuk: NIK pemilik KTP').fill('6408044502900042');
      await budi.keyboard.press('Enter');
      await budi.getByRole('button', { name: 'Tanya lagi: NIK pemilik KTP' }).waitFor();
      await budi.getByRole('button', { name: 'Tanya lagi: Nama pemilik KTP' }).click();
      await budi.getByRole('button', { name: /Ya, bot bertanya/ }).click();
      const asked = await phone.until(({ state }) => state.step === 'pemohon_nama', 'the question');
      expect(asked.state.status).not.toBe('handoff');
      const next = await phone.dialogue(['Hana Pertiwi Sari']);
      expect(next.state.step).toBe('pemohon_kk');
    },
  );

  test('numbers are masked until they are shown, and files go both ways', LIMIT, async () => {
    const phone = await stuckCitizen('Intan Sari');
    await openChat(budi, phone);
    await take(budi);
    const address = budi.getByLabel('Keterangan').getByText(/0408|•/);
    expect(await address.first().textContent()).toContain('•');
    await budi.getByRole('button', { name: 'Tampilkan nomor' }).click();
    await budi.getByText(/\+62812000004\d\d/).waitFor();
    await budi.locator('input[type=file]').setInputFiles({
      name: 'catatan.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('bukan gambar'),
    });
    await budi.getByText('Berkas ini tidak bisa dipakai').waitFor();
    await budi.getByRole('button', { name: 'Lepas lampiran: catatan.txt' }).click();
    await budi.locator('input[type=file]').setInputFiles('docs/inbox.png');
    await budi.getByText('inbox.png').waitFor();
    await budi.getByRole('button', { name: 'Kirim', exact: true }).click();
    await phone.until(({ messages }) => messages.some(({ media }) => media.length > 0), 'the photo');
    await budi.locator('.message .photo').last().click();
    const viewer = budi.getByRole('dialog', { name: 'Berkas' });
    await viewer.waitFor();
    await budi.keyboard.press('+');
    await viewer.getByText('140%').waitFor();
    await budi.keyboard.press('r');
    expect(await violations(budi)).toEqual([]);
    await budi.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    await handBack(budi);
  });

  test('the inbox is clean by axe, light and dark, and fits a small phone', LIMIT, async () => {
    const phone = await stuckCitizen('Joko Susilo');
    await openChat(budi, phone);
    await take(budi);
    for (const colorScheme of ['light', 'dark'] as const) {
      await budi.emulateMedia({ colorScheme });
      for (const width of [1280, 390]) {
        await budi.setViewportSize({ width, height: 800 });
        expect(await violations(budi)).toEqual([]);
      }
    }
    await budi.emulateMedia({ colorScheme: 'light' });
    await budi.setViewportSize({ width: 1280, height: 800 });
    expect(await overflowOnPhone(budi)).toBeLessThanOrEqual(0);
    await handBack(budi);
    await budi.getByRole('button', { name: 'Selesai' }).click();
    await budi.locator('.list .item').first().waitFor();
    expect(await violations(budi)).toEqual([]);
  });

  test('live news neither move the focus nor take it away', LIMIT, async () => {
    const citizens = [await stuckCitizen('Kartika Dewi'), await stuckCitizen('Lina Marlina')];
    const [first, second] = await Promise.all(
      citizens.map(async (phone) => `#/chat/${conversationOf(await phone.screen())}`),
    );
    await budi.goto(`${service.url}/inbox#/inbox/waiting`);
    const focused = () => budi.evaluate('document.activeElement.getAttribute("href")');
    const rows = budi.locator('.list .item');
    const areRows = (wanted: number) =>
      waitFor(
        () => rows.count(),
        (count) => count === wanted,
        `${wanted} rows`,
      );
    await areRows(2);
    await rows.first().focus();
    expect(await focused()).toBe(first);
    // The row that has the focus goes: the next one has it then, and keeps it when somebody else comes.
    await citizens[0]?.say('menu');
    await areRows(1);
    expect(await focused()).toBe(second);
    await waitFor(
      () => budi.title(),
      (title) => title === '(1) Loket',
      'the title',
    );
    await stuckCitizen('Maya Sofia');
    await areRows(2);
    expect(await focused()).toBe(second);
  });

  test('the next morning a template goes where free words do not, or an SMS', LIMIT, async () => {
    const phone = await stuckCitizen('Nur Aini');
    const id = await openChat(budi, phone);
    await take(budi);
    await budi.getByText(/Sisa waktu membalas bebas: 23 jam 5\d mnt/).waitFor();
    await setClock(service.url, Date.now() + 25 * 3_600_000);
    await budi.reload();
    await signIn(budi, 'budi', 'kata sandi budi yang panjang');
    await budi
      .getByRole('button', { name: /Ambil percakapan|Lepas/ })
      .first()
      .waitFor();
    if (await budi.getByRole('button', { name: 'Ambil percakapan' }).isVisible()) await take(budi);
    await budi.getByText('Sudah lebih dari 24 jam').waitFor();
    const field = budi.getByLabel('Balasan kepada warga');
    expect(await field.isEditable()).toBe(false);
    expect(await post(budi, `/conversations/${id}/reply`, { id: randomUUID(), text: 'bebas' })).toBe(409);
    await budi.getByRole('button', { name: 'Templat', exact: true }).click();
    await budi.getByLabel('Pilih templat').selectOption({ label: 'Tanda terima' });
    await budi.getByLabel('Nomor', { exact: true }).fill('KL-2611-0001-7');
    expect(await violations(budi)).toEqual([]);
    await budi.getByRole('button', { name: 'Kirim', exact: true }).click();
    const told = await phone.until((screen) => lastReply(screen).includes('KL-2611-0001-7'), 'the template');
    expect(lastReply(told)).not.toContain('{{');
    await budi.getByLabel('Kirim sebagai SMS').check();
    await field.fill('Ibu Nur, berkas sudah kami terima.');
    await budi.getByText('1 SMS').waitFor();
    await budi.getByRole('button', { name: 'Kirim SMS' }).click();
    await budi.locator('.message.operator').getByText('berkas sudah kami terima').waitFor();
    await handBack(budi);
  });
});

function lastReply({ messages }: Screen): string {
  return messages.findLast(({ direction }) => direction === 'out')?.text ?? '';
}

/** What the bot says carries the conversation's id before its first dot. */
function conversationOf({ messages }: Screen): string {
  return messages.find(({ direction }) => direction === 'out')?.id.split('.')[0] ?? '';
}

async function focusedId(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement.id'));
}

async function me(page: Page): Promise<{ csrf: string }> {
  const { origin } = new URL(page.url());
  return (await (await page.request.get(`${origin}/api/me`)).json()) as { csrf: string };
}

/** A call that the page does not know of, with everything that its own would have; answers the status. */
async function post(page: Page, path: string, body: object): Promise<number> {
  const { origin } = new URL(page.url());
  const { csrf } = await me(page);
  const answer = await page.request.post(`${origin}/api${path}`, {
    headers: { 'X-CSRF-Token': csrf, Origin: origin },
    data: body,
  });
  return answer.status();
}

/** The status that a page changed by hand would get. */
function sendBehindThePage(page: Page): Promise<number> {
  const id = page.url().split('#/chat/')[1];
  return post(page, `/conversations/${id}/reply`, { id: randomUUID(), text: 'saya juga menjawab' });
}

async function colleagueId(page: Page, name: string): Promise<string> {
  const { origin } = new URL(page.url());
  const { colleagues } = (await (await page.request.get(`${origin}/api/colleagues`)).json()) as {
    colleagues: { id: string; name: string }[];
  };
  const found = colleagues.find((each) => each.name === name);
  if (!found) throw new Error(`${name} is no colleague`);
  return found.id;
}
