/** What supervisors, admins and auditors do in the web app, in a browser. */
import { readFile } from 'node:fs/promises';
import { TOTP } from 'otpauth';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Service, startService } from '../../src/service.ts';
import { describeWith } from '../services.ts';
import { enter, openBrowser, openInbox, overflowOnPhone, signIn, violations } from './browser.ts';
import { createPhone, type Phone } from './phone.ts';
import { temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };
const DAY_MS = 24 * 3_600_000;
const STEP_MS = 30_000;
const VIEWS = ['statistics', 'filers', 'notices', 'accounts', 'audit', 'account'];

describeWith('chromium', 'the office in a browser', () => {
  const data = temporaryDir();
  let service: Service;
  let browser: Browser;
  /** The first account: a supervisor. */
  let rina: Page;
  beforeAll(async () => {
    const config = readConfig({ DATA_DIR: data.dir, PORT: '0', LOG_LEVEL: 'silent' });
    [service, browser] = await Promise.all([
      startService(config, { log: pino({ level: 'silent' }) }),
      openBrowser(),
    ]);
    rina = await openInbox(browser, service.url);
    await enter(rina, 'admin', service.firstOperator?.password ?? '');
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    data.remove();
  });

  /** As it stands now, also where it is open already. */
  async function open(view: string, title: string): Promise<void> {
    await rina.goto(`${service.url}/inbox#/${view}`);
    await rina.reload();
    await rina.getByRole('heading', { name: title, level: 1 }).waitFor();
  }

  /** Adds an account on the page of accounts, and answers the password that is shown once. */
  async function addAccount(name: string, username: string, role: string): Promise<string> {
    await open('accounts', 'Akun petugas');
    await rina.getByRole('button', { name: 'Tambah akun' }).click();
    const form = rina.getByRole('dialog', { name: 'Tambah akun' });
    await form.getByLabel('Nama lengkap').fill(name);
    await form.getByLabel('Nama pengguna').fill(username);
    await form.getByLabel('Peran').selectOption({ label: role });
    await form.getByRole('button', { name: 'Tambah akun' }).click();
    const given = rina.getByRole('dialog', { name: 'Sandi sementara' });
    const password = await given.locator('output').textContent();
    expect(await violations(rina)).toEqual([]);
    await given.getByRole('button', { name: 'Sudah saya berikan' }).click();
    return password ?? '';
  }

  async function newOperator(name: string, username: string, role: string): Promise<Page> {
    const password = await addAccount(name, username, role);
    const page = await openInbox(browser, service.url);
    await enter(page, username, password);
    return page;
  }

  const newPhone = (number: string): Phone => createPhone(service.url, 'whatsapp', number);
  const row = (name: string) => rina.getByRole('row', { name: new RegExp(name) });

  test('an added account gets in with the password shown once, and must choose another', LIMIT, async () => {
    const password = await addAccount('Budi Santoso', 'budi', 'Petugas loket');
    await row('Budi Santoso').getByText('Belum ganti sandi sementara').waitFor();
    const budi = await openInbox(browser, service.url);
    expect(await enter(budi, 'budi', password)).not.toBe(password);
    await rina.reload();
    await row('Budi Santoso').waitFor();
    expect(await rina.getByText('Belum ganti sandi sementara').count()).toBe(0);
    expect(await rina.content()).not.toContain(password);
    await budi.context().close();
  });

  test('a username that is taken is refused, and what was typed stays', LIMIT, async () => {
    await open('accounts', 'Akun petugas');
    await rina.getByRole('button', { name: 'Tambah akun' }).click();
    const form = rina.getByRole('dialog', { name: 'Tambah akun' });
    await form.getByLabel('Nama lengkap').fill('Admin Kedua');
    await form.getByLabel('Nama pengguna').fill('admin');
    await rina.keyboard.press('Enter');
    await form.getByText('Nama pengguna ini sudah dipakai').waitFor();
    expect(await form.getByLabel('Nama lengkap').inputValue()).toBe('Admin Kedua');
    await rina.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    expect(await rina.evaluate('document.activeElement.textContent')).toBe('Tambah akun');
  });

  test(
    'a new role and being disabled throw an account out; a new password lets it in again',
    LIMIT,
    async () => {
      const joko = await newOperator('Joko Susilo', 'joko', 'Petugas loket');
      await rina.getByRole('button', { name: 'Ubah: Joko Susilo' }).click();
      const form = rina.getByRole('dialog', { name: 'Ubah akun: joko' });
      await form.getByLabel('Peran').selectOption({ label: 'Verifikator' });
      await form.getByRole('button', { name: 'Simpan' }).click();
      await row('Joko Susilo').getByText('Verifikator').waitFor();
      expect((await joko.request.get(`${service.url}/api/me`)).status()).toBe(401);

      await rina.getByRole('button', { name: 'Ubah: Joko Susilo' }).click();
      await form.getByRole('button', { name: 'Nonaktifkan akun' }).click();
      await form.getByRole('button', { name: 'Ya, nonaktifkan' }).click();
      await row('Joko Susilo').getByText('Nonaktif').waitFor();
      await joko.reload();
      await signIn(joko, 'joko', 'kata sandi joko yang panjang');
      await joko.getByText('Nama pengguna atau sandi salah').waitFor();

      await rina.getByRole('button', { name: 'Ubah: Joko Susilo' }).click();
      await form.getByRole('button', { name: 'Aktifkan lagi' }).click();
      await row('Joko Susilo').getByText('Aktif', { exact: true }).waitFor();
      await rina.getByRole('button', { name: 'Ubah: Joko Susilo' }).click();
      await form.getByRole('button', { name: 'Buat sandi sementara' }).click();
      await form.getByRole('button', { name: 'Ya, buat yang baru' }).click();
      const password = await rina.getByRole('dialog').locator('output').textContent();
      await rina.keyboard.press('Escape');
      await joko.reload();
      await enter(joko, 'joko', password ?? '');
      await joko.context().close();
    },
  );

  test('the own password is changed, and a wrong old one is told', LIMIT, async () => {
    const tini = await newOperator('Tini Wulandari', 'tini', 'Petugas loket');
    await tini.goto(`${service.url}/inbox#/account`);
    const form = tini.getByRole('form', { name: 'Sandi' });
    const change = async (old: string) => {
      await form.getByLabel('Sandi lama').fill(old);
      await form.getByLabel('Sandi baru', { exact: true }).fill('gunung tinggi menjulang');
      await form.getByLabel('Ulangi sandi baru').fill('gunung tinggi menjulang');
      await tini.keyboard.press('Enter');
    };
    await change('bukan sandi saya');
    await form.getByText('Sandi salah.').waitFor();
    await change('kata sandi tini yang panjang');
    await tini.getByText('Sandi sudah diganti.').waitFor();
    await tini.reload();
    await tini.getByRole('navigation', { name: 'Bagian' }).waitFor();
    await tini.context().close();
  });

  test(
    'a second factor is set up with a phone, needed at the door, and taken away by an admin',
    LIMIT,
    async () => {
      const sari = await newOperator('Sari Dewi', 'sari', 'Petugas loket');
      await sari.getByText('Sari Dewi').click();
      await sari.getByRole('link', { name: 'Akun saya' }).click();
      await sari.getByLabel('Sandi Anda').fill('kata sandi sari yang panjang');
      await sari.keyboard.press('Enter');
      await sari.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' }).waitFor();
      expect(await violations(sari)).toEqual([]);
      const secret = (await sari.locator('.secret').textContent())?.replaceAll(' ', '') ?? '';
      const totp = new TOTP({ secret });
      const codeIn = (steps: number) => totp.generate({ timestamp: service.clock.now() + steps * STEP_MS });
      const wrong = codeIn(0).replace(/./g, (digit) => String((Number(digit) + 5) % 10));
      await sari.getByLabel('Kode 6 angka').fill(wrong);
      await sari.keyboard.press('Enter');
      await sari.getByText('Kode tidak cocok.').waitFor();
      const code = codeIn(0);
      await sari.getByLabel('Kode 6 angka').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
      await sari.keyboard.press('Enter');
      await sari.getByText('Verifikasi dua langkah sudah nyala.').waitFor();
      expect(await sari.evaluate('document.activeElement.id')).toBe('totp');
      await sari.context().close();

      const door = await openInbox(browser, service.url);
      await signIn(door, 'sari', 'kata sandi sari yang panjang');
      await door.getByText('Masukkan enam angka').waitFor();
      expect(await violations(door)).toEqual([]);
      // The one that set it up is used already.
      await door.keyboard.type(code);
      await door.keyboard.press('Enter');
      await door.getByText('Sandi atau kode tidak cocok.').waitFor();
      await door.getByLabel('Kode dari aplikasi').fill(codeIn(1));
      await door.keyboard.press('Enter');
      await door.getByRole('navigation', { name: 'Bagian' }).waitFor();
      await door.context().close();

      await open('accounts', 'Akun petugas');
      await row('Sari Dewi').getByText('Dua langkah').waitFor();
      await rina.getByRole('button', { name: 'Ubah: Sari Dewi' }).click();
      await rina.getByRole('button', { name: 'Lepas verifikasi dua langkah' }).click();
      await rina.getByRole('button', { name: 'Ya, lepas' }).click();
      await rina.getByText('Perubahan disimpan: sari').waitFor();
      const again = await openInbox(browser, service.url);
      await signIn(again, 'sari', 'kata sandi sari yang panjang');
      await again.getByRole('navigation', { name: 'Bagian' }).waitFor();
      await again.context().close();
    },
  );

  test('a notice is seen by every operator and told to citizens, until it is turned off', LIMIT, async () => {
    const wati = await newOperator('Wati Lestari', 'wati', 'Petugas loket');
    await open('notices', 'Pengumuman gangguan');
    const panel = rina.getByRole('form', { name: 'Gangguan SIAK' });
    await panel.getByLabel('Keterangan singkat').fill('Teknisi pusat sedang bekerja.');
    await panel.getByRole('button', { name: 'Umumkan sekarang' }).click();
    await panel.getByText('Menyala').waitFor();
    await rina.locator('.banner').getByText('SIAK sedang terganggu.').waitFor();
    await wati.locator('.banner').getByText('Teknisi pusat sedang bekerja.').waitFor();
    expect(await violations(rina)).toEqual([]);
    const told = await newPhone('+6281200000501').dialogue(['ktp hilang', 'setuju']);
    expect(told.messages.some(({ text }) => /SIAK sedang terganggu.*Teknisi pusat/s.test(text))).toBe(true);

    await panel.getByRole('button', { name: 'Sudah normal, matikan' }).click();
    await wati.locator('.banner').waitFor({ state: 'detached' });
    expect(await rina.evaluate('document.activeElement.id')).toBe('page-title');
    const after = await newPhone('+6281200000502').dialogue(['ktp hilang', 'setuju']);
    expect(after.messages.some(({ text }) => text.includes('SIAK'))).toBe(false);
    await wati.context().close();
  });

  test('a notice ends at the time of the office that was said', LIMIT, async () => {
    await open('notices', 'Pengumuman gangguan');
    const panel = rina.getByRole('form', { name: 'Blangko habis' });
    await panel.getByLabel('Perkiraan selesai').fill('2099-01-31T15:30');
    await panel.getByRole('button', { name: 'Umumkan sekarang' }).click();
    await rina.locator('.banner').getByText('31 Januari 15.30').waitFor();
    const { notices } = (await (await rina.request.get(`${service.url}/api/notices`)).json()) as {
      notices: { kind: string; until: number }[];
    };
    const { timeZone } = await office(rina);
    const until = notices.find(({ kind }) => kind === 'blangko')?.until ?? 0;
    expect(new Date(until).toLocaleString('sv', { timeZone })).toBe('2099-01-31 15:30:00');
    await panel.getByRole('button', { name: 'Sudah normal, matikan' }).click();
    await panel.getByText('Mati', { exact: true }).waitFor();
  });

  test('the log shows who revealed what, narrowed to one action, and is whole', LIMIT, async () => {
    const phone = newPhone('+6281200000503');
    await phone.dialogue(['halo', 'ktp hilang', 'setuju', 'hilang']);
    await phone.say('petugas');
    await phone.until(({ state }) => state.status === 'handoff', 'the hand-off');
    await rina.goto(`${service.url}/inbox#/inbox/waiting`);
    await rina.locator('.list .item').first().click();
    await rina.getByRole('button', { name: 'Ambil percakapan' }).click();
    await rina.getByRole('button', { name: 'Tampilkan nomor' }).click();
    await rina.getByText('+6281200000503').first().waitFor();
    const chat = decodeURIComponent(rina.url().split('#/chat/')[1] ?? '');

    await open('audit', 'Catatan audit');
    await rina.getByLabel('Apa', { exact: true }).selectOption({ label: 'Membuka nomor percakapan' });
    await rina.getByRole('button', { name: 'Tampilkan', exact: true }).click();
    await rina.locator('.audit tbody tr:only-child').waitFor();
    const line = await rina.locator('.audit tbody tr').textContent();
    expect(line).toContain('Admin');
    expect(line).toContain(chat);
    expect(await rina.locator('.page').textContent()).not.toContain('81200000503');

    await rina.getByRole('button', { name: `Hanya: ${chat}` }).click();
    await rina.getByRole('button', { name: 'Kosongkan saringan' }).click();
    await rina.getByRole('cell', { name: 'Menambah akun' }).first().waitFor();
    await rina.getByRole('button', { name: 'Periksa rantai' }).click();
    await rina.getByText(/^Utuh, jumlah baris: \d+/).waitFor();
  });

  test('an older page of the log is fetched when asked for', LIMIT, async () => {
    for (let line = 0; line < 120; line += 1) {
      const at = service.clock.now();
      await service.store.audit.append({
        at,
        actor: 'system',
        action: 'seed',
        subject: `s${line}`,
        details: {},
      });
    }
    await open('audit', 'Catatan audit');
    await rina.getByLabel('Siapa').fill('system');
    await rina.keyboard.press('Enter');
    await rina.getByRole('button', { name: 'Hanya: s119' }).waitFor();
    expect(await rina.getByRole('button', { name: 'Hanya: s3', exact: true }).count()).toBe(0);
    await rina.getByRole('button', { name: 'Tampilkan yang lebih lama' }).click();
    await rina.getByRole('button', { name: 'Hanya: s3', exact: true }).waitFor();
    expect(await rina.getByRole('button', { name: 'Hanya: s119' }).count()).toBe(1);
  });

  test('statistics tell what is late, where citizens stop, and leave as CSV', LIMIT, async () => {
    await file('elsewhere', 2, { dueAt: service.clock.now() - 1 });
    const { timeZone } = await office(rina);
    const day = new Date(service.clock.now()).toLocaleDateString('sv', { timeZone });
    const count = (name: string, times: number) => ({ day, name, count: times });
    await service.store.counts.add([
      count('begun:akta-kematian', 50),
      count('asked:akta-kematian:pemohon_nama', 48),
      count('asked:akta-kematian:pemohon_nik', 45),
      count('filed:akta-kematian', 12),
    ]);
    await open('statistics', 'Statistik');
    await rina.getByRole('link', { name: /^2 lewat tenggat/ }).waitFor();
    const births = rina.getByRole('row', { name: /Akta kelahiran/ });
    expect(await births.locator('td').allTextContents()).toEqual(['2', '0', '0', '-', '2']);
    const worst = rina.locator('.steps .is-worst');
    expect(await worst.textContent()).toMatch(/^NIK.*45Paling banyak berhenti di sini: 33 warga/s);
    await rina.getByText('Lihat tabel').first().click();
    await rina.getByRole('table', { name: 'Permohonan per hari' }).waitFor();
    await rina.getByRole('button', { name: '7 hari terakhir' }).click();
    await rina.locator('.chart').first().locator('tbody tr:nth-child(7):last-child').waitFor();
    const [download] = await Promise.all([
      rina.waitForEvent('download'),
      rina.getByRole('link', { name: 'Unduh CSV: Di mana warga berhenti' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain(
      'akta-kematian,Akta kematian,pemohon_nik',
    );
  });

  test('a phone that files for many is marked as a village officer, and unmarked', LIMIT, async () => {
    const phone = newPhone('+6281200000504');
    await phone.dialogue(['halo']);
    await file(service.engine.conversationId({ channel: 'whatsapp', id: '+6281200000504' }), 4);
    await open('filers', 'Pemohon banyak');
    const filer = rina.getByRole('row', { name: /0504/ });
    await filer.getByText('Belum dikenal').waitFor();
    await filer.getByRole('button', { name: 'Tandai petugas desa' }).click();
    await rina.getByLabel('Nama petugas desa').fill('Pak Hasan');
    await rina.getByLabel('Desa atau kelurahan').fill('Swarga Bara');
    expect(await violations(rina)).toEqual([]);
    await rina.keyboard.press('Enter');
    await filer.getByText('Pak Hasan, Swarga Bara').waitFor();
    await filer.getByRole('button', { name: 'Cabut tanda' }).click();
    await filer.getByRole('button', { name: 'Ya, cabut' }).click();
    await filer.getByText('Belum dikenal').waitFor();
    await rina.locator('#page-title:focus').waitFor();
  });

  test('an auditor sees the log and nothing else, by whatever address', LIMIT, async () => {
    const agus = await newOperator('Agus Salim', 'agus', 'Auditor');
    const places = agus.getByRole('navigation', { name: 'Bagian' }).getByRole('link');
    expect(await places.allTextContents()).toEqual(['Catatan']);
    await agus.getByRole('heading', { name: 'Catatan audit' }).waitFor();
    for (const view of ['inbox', 'requests', 'statistics', 'filers', 'notices', 'accounts', 'undelivered']) {
      await agus.goto(`${service.url}/inbox#/${view}`);
      await agus.getByText('bukan untuk peran Anda').waitFor();
    }
    for (const path of ['inbox', 'requests', 'statistics', 'statistics/days', 'filers', 'operators'])
      expect([path, (await agus.request.get(`${service.url}/api/${path}`)).status()]).toEqual([path, 403]);
    await agus.context().close();
  });

  test('an admin keeps accounts, notices and the log, and sees no chat', LIMIT, async () => {
    const yudi = await newOperator('Yudi Pratama', 'yudi', 'Admin');
    const places = yudi.getByRole('navigation', { name: 'Bagian' }).getByRole('link');
    expect(await places.allTextContents()).toEqual(['Gangguan', 'Gagal', 'Akun', 'Catatan']);
    await yudi.goto(`${service.url}/inbox#/statistics`);
    await yudi.getByText('bukan untuk peran Anda').waitFor();
    for (const path of ['inbox', 'requests', 'statistics', 'filers'])
      expect([path, (await yudi.request.get(`${service.url}/api/${path}`)).status()]).toEqual([path, 403]);
    await yudi.context().close();
  });

  test.each(VIEWS)(
    'the view %s is clean by axe, light and dark, and fits a small phone',
    LIMIT,
    async (view) => {
      await rina.goto(`${service.url}/inbox#/${view}`);
      await rina.locator('.page h1').waitFor();
      await rina.waitForLoadState('networkidle');
      for (const colorScheme of ['light', 'dark'] as const) {
        await rina.emulateMedia({ colorScheme });
        for (const width of [1280, 390]) {
          await rina.setViewportSize({ width, height: 800 });
          expect(await violations(rina)).toEqual([]);
        }
      }
      await rina.emulateMedia({ colorScheme: 'light' });
      await rina.setViewportSize({ width: 1280, height: 800 });
      expect(await overflowOnPhone(rina)).toBeLessThanOrEqual(0);
      await rina.getByRole('button', { name: 'English' }).click();
      expect(await violations(rina)).toEqual([]);
      await rina.getByRole('button', { name: 'Bahasa Indonesia' }).click();
    },
  );

  let serial = 0;
  /** Files birth certificates, each for another family. */
  async function file(conversation: string, families: number, { dueAt = Infinity } = {}): Promise<void> {
    for (let family = 0; family < families; family += 1) {
      serial += 1;
      const now = service.clock.now();
      await service.store.applications.create({
        filedBy: `filed.${serial}`,
        conversation,
        service: 'akta-kelahiran',
        state: 'submitted',
        submittedAt: now,
        dueAt: Math.min(dueAt, now + DAY_MS),
        ...{ pinFailures: 0, pinLockedUntil: 0, pin: '123456' },
        answers: { pemohon_kk: { v: `640804120590${String(serial).padStart(4, '0')}` } },
        numberFor: (number) => `KL-2611-${String(number).padStart(4, '0')}-0`,
        series: 'KL-2611',
      });
    }
  }
});

async function office(page: Page): Promise<{ timeZone: string }> {
  const { origin } = new URL(page.url());
  const me = (await (await page.request.get(`${origin}/api/me`)).json()) as { office: { timeZone: string } };
  return me.office;
}
