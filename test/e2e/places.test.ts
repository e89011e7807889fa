/** Visits of the day, the queue, and a point that breaks with 200 citizens booked, as operators see them in a browser. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOffice } from '../../src/read-files.ts';
import { textOf } from '../documents/papers/pdfs.ts';
import { openRequests, type RequestsWorld, START } from '../handoff/requests-world.ts';
import { describeWith } from '../services.ts';
import { bookCitizens, type Citizen, newsOf, overBooked, visitOf } from './booked.ts';
import { openBrowser, violations } from './browser.ts';
import { waitFor } from './phone.ts';

const LIMIT = { timeout: 90_000 };
const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;
const COUNT = 200;
const SMALL_PHONE = { width: 340, height: 700 };
const DESK = { width: 1280, height: 900 };
const BROKEN = 'Kantor Kecamatan Hulu';

const officeFile = join(import.meta.dirname, '..', '..', 'office.yaml');
const office = readOffice({ officeFile });

describeWith(['chromium', 'pdftotext'], 'service points in a browser', () => {
  let world: RequestsWorld;
  let browser: Browser;
  let rina: Page;
  beforeAll(async () => {
    [world, browser] = await Promise.all([openRequests({ OFFICE_FILE: officeFile }), openBrowser()]);
    rina = await newDesk('rina', 'supervisor');
  }, LIMIT.timeout);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function newDesk(username: string, role: 'operator' | 'supervisor'): Promise<Page> {
    const { token } = await world.login(username, role);
    const context = await browser.newContext({ locale: 'id-ID', viewport: DESK });
    await context.addCookies([{ name: 'loket_session', value: token, url: world.url }]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  }

  async function open(page: Page, view: string, title: string): Promise<void> {
    await page.goto(`${world.url}/inbox#/${view}`);
    await page.reload();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  }

  const book = (count: number, point: string, from: number, firstPhone: number) =>
    bookCitizens(world.service, { count, office, point, from, firstPhone });

  test(
    'a broken point moves 200 citizens, each told once, and undoing it brings back who has not chosen',
    LIMIT,
    async () => {
      const citizens = await book(COUNT, 'kecamatan-hulu', START + DAY_MS, 10_000);
      await open(rina, 'places', 'Tempat layanan');
      const point = rina.getByRole('listitem').filter({ has: rina.getByRole('heading', { name: BROKEN }) });
      await point.getByText(`${COUNT} terjadwal`).waitFor();

      await point.getByRole('button', { name: `Tandai rusak/tutup: ${BROKEN}` }).click();
      const form = rina.getByRole('dialog');
      await form.getByLabel('Sebab').selectOption({ label: 'Tempat tutup' });
      await form.getByLabel('Alasan').fill('Kantor kecamatan kebanjiran.');
      await form.getByText(`${COUNT} warga terjadwal`).waitFor();
      expect(await violations(rina)).toEqual([]);
      await form.getByRole('button', { name: `Tandai dan pindahkan (${COUNT})` }).click();

      const bar = rina.getByRole('progressbar', { name: BROKEN });
      await expect.poll(() => bar.getAttribute('value'), { timeout: 60_000 }).toBe(String(COUNT));
      await rina.getByText(`${COUNT} dipindah`).waitFor();
      await point.getByText('Ditutup sementara').first().waitFor();
      expect(await violations(rina)).toEqual([]);
      await expectMoved(citizens);

      const [chooser, ...others] = citizens;
      await chooser?.phone.say('ya');
      await waitFor(
        () => visitOf(world.service, chooser?.number ?? ''),
        (visit) => visit?.movedBy === undefined,
        'the choice',
      );
      const chosen = await visitOf(world.service, chooser?.number ?? '');
      await rina.getByRole('button', { name: 'Urungkan' }).click();
      await rina.getByRole('button', { name: 'Ya, urungkan' }).click();
      await rina.getByText(`${COUNT - 1} kembali ke waktu semula`).waitFor({ timeout: 60_000 });
      await rina.getByText('Diurungkan', { exact: true }).waitFor();
      for (const { number, booking } of others)
        expect(await visitOf(world.service, number)).toMatchObject(timeOf(booking));
      expect(await visitOf(world.service, chooser?.number ?? '')).toEqual(chosen);
      expect(await overBooked(world.service, office)).toEqual([]);
      for (const citizen of others) expect((await heardBy(citizen, 2)).length).toBe(2);
    },
  );

  /** Everybody sits somewhere else, nobody sits twice, and each has heard of it once. */
  async function expectMoved(citizens: readonly Citizen[]): Promise<void> {
    for (const citizen of citizens) {
      const visit = await visitOf(world.service, citizen.number);
      expect(visit?.point).toBe('kantor');
      const told = await newsOf(citizen);
      expect(told.length).toBe(1);
      expect(told[0]).toContain(clock(visit?.startAt ?? 0));
      expect(told[0]).toContain('kebanjiran');
    }
    expect(await overBooked(world.service, office)).toEqual([]);
  }

  const heardBy = (citizen: Citizen, count: number) =>
    waitFor(
      () => newsOf(citizen),
      (news) => news.length >= count,
      `${count} messages`,
    );

  test('visits of today are marked by keyboard alone, and a colleague sees it at once', LIMIT, async () => {
    await book(2, 'kantor', START, 20_000);
    const siti = await newDesk('siti', 'operator');
    await Promise.all([open(rina, 'visits', 'Jadwal kunjungan'), open(siti, 'visits', 'Jadwal kunjungan')]);
    await rina.locator('.visit').nth(1).waitFor();
    const [first = '', second = ''] = await rina.locator('.visit a').allTextContents();
    const seen = (word: string, number: string, pressed = true) =>
      siti.getByRole('button', { name: `${word}: ${number}`, pressed }).waitFor();
    await rina.keyboard.press('j');
    await rina.keyboard.press('ArrowDown');
    await rina.keyboard.press('d');
    await seen('Datang', second);
    await rina.keyboard.press('s');
    await rina.keyboard.press('ArrowUp');
    await rina.keyboard.press('d');
    await seen('Selesai', second);
    await seen('Datang', first);
    // Pressed again it is taken off.
    await rina.keyboard.press('d');
    await seen('Datang', first, false);
    expect(await marksOf(second)).toEqual(['arrived', 'served']);
    expect(await marksOf(first)).toEqual([]);
    await rina.keyboard.press('Enter');
    await rina.getByRole('heading', { name: /KTP/ }).waitFor();
    await siti.context().close();
  });

  async function marksOf(number: string): Promise<string[]> {
    const visit = await visitOf(world.service, number);
    const marks = await world.store.visits.marksOf([visit?.id ?? '']);
    return marks.map(({ mark }) => mark).toSorted();
  }

  test('a mark that the service refuses is taken back and told', LIMIT, async () => {
    await open(rina, 'visits', 'Jadwal kunjungan');
    const button = rina.getByRole('button', { name: /^Datang: / }).first();
    await button.waitFor();
    const before = await button.getAttribute('aria-pressed');
    await rina.route('**/api/visits/*/marks', (route) => route.abort());
    await button.click();
    await rina.getByText('Tidak tersambung ke layanan.').waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe(before);
    await rina.unroute('**/api/visits/*/marks');
  });

  test('the printed day has a line for each visit and nothing of the screen', LIMIT, async () => {
    const [citizen] = await book(1, 'kantor', START, 30_000);
    await open(rina, 'visits', 'Jadwal kunjungan');
    await rina.getByRole('link', { name: citizen?.number ?? '' }).waitFor();
    const paper = textOf(await rina.pdf({ preferCSSPageSize: true }));
    expect(paper).toContain('Daftar kunjungan: Loket pelayanan Disdukcapil');
    expect(paper).toContain('Selasa, 24 November 2026');
    expect(paper).toMatch(/Dicetak 24 Nov 10\.00 WITA/);
    expect(paper).toContain(citizen?.number ?? '?');
    expect(paper).not.toContain('Antrean');
    expect(paper).not.toContain('Percakapan');
  });

  test('numbers of the queue are printed, called, ended and taken back', LIMIT, async () => {
    await open(rina, 'visits', 'Jadwal kunjungan');
    const queue = rina.getByRole('region', { name: /^Antrean: pengambilan/i });
    // The browser may ask for a file in parts.
    const slips = new Set<string>();
    rina.context().on('request', (request) => {
      if (request.url().endsWith('/slip.pdf')) slips.add(request.url());
    });
    for (const label of ['B-001', 'B-002']) {
      await queue.getByRole('button', { name: 'Cetak nomor' }).click();
      await queue.getByRole('link', { name: `Cetak lagi ${label}` }).waitFor();
    }
    await expect.poll(() => slips.size).toBe(2);
    const [address = ''] = slips;
    const slip = await rina.request.get(address);
    expect([slip.status(), slip.headers()['content-type']]).toEqual([200, 'application/pdf']);
    await rina.bringToFront();

    await queue.getByRole('button', { name: 'Panggil berikutnya' }).click();
    await queue.getByRole('list', { name: 'Dipanggil' }).getByText('B-001').waitFor();
    await queue.getByRole('button', { name: 'Tidak ada: B-001' }).click();
    await queue.getByRole('button', { name: 'Urungkan: B-001' }).click();
    await queue.getByRole('button', { name: 'Selesai: B-001' }).click();
    await queue.getByText('B-001: Selesai').waitFor();
    await queue.getByRole('button', { name: 'Panggil berikutnya' }).click();
    await queue.getByRole('button', { name: 'Selesai: B-002' }).waitFor();
    await queue.getByText('Tidak ada yang menunggu.').waitFor();
    const [day] = [new Date(START).toISOString().slice(0, 10)];
    const outcomes = (await world.store.queue.list('kantor', day ?? '')).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['served', undefined]);
  });

  test('another day shows why it is closed, and offers no marks', LIMIT, async () => {
    await open(rina, 'visits', 'Jadwal kunjungan');
    await rina.getByLabel('Tanggal').fill('2026-12-25');
    await rina.getByRole('status').filter({ hasText: 'Tutup: Hari Raya Natal' }).waitFor();
    await rina.getByRole('button', { name: 'Hari ini' }).click();
    await rina.getByRole('button', { name: 'Hari berikutnya' }).click();
    await rina.getByText('Rabu, 25 November 2026', { exact: true }).first().waitFor();
    expect(await rina.getByRole('button', { name: /^Datang: / }).count()).toBe(0);
  });

  test(
    'a capacity is the supervisor’s; a state is anybody’s at the counter, and goes back',
    LIMIT,
    async () => {
      const siti = await newDesk('sari', 'operator');
      await open(siti, 'places', 'Tempat layanan');
      const name = 'Loket pelayanan Disdukcapil';
      await siti.getByRole('button', { name: `Ubah: perekaman, ${name}` }).click();
      const form = siti.getByRole('dialog');
      expect(await form.getByLabel('Orang per jadwal').count()).toBe(0);
      await form.getByLabel('Keadaan').selectOption({ label: 'Rusak' });
      await form.getByLabel('Alasan').fill('Alat rekam diperbaiki.');
      await form.getByLabel('Perkiraan sampai').fill('2026-11-26');
      await form.getByRole('button', { name: 'Simpan' }).click();
      await siti.getByText('Alat rekam diperbaiki.').waitFor();
      await siti.getByText(/sampai Kam, 26 Nov 2026/).waitFor();

      await open(rina, 'places', 'Tempat layanan');
      await rina.getByRole('button', { name: `Ubah: perekaman, ${name}` }).click();
      const own = rina.getByRole('dialog');
      await own.getByLabel('Orang per jadwal').fill('7');
      await own.getByRole('button', { name: 'Simpan' }).click();
      await rina.getByText('7 orang per 30 menit').waitFor();
      await rina.getByRole('button', { name: `Ubah: perekaman, ${name}` }).click();
      await own.getByRole('button', { name: 'Kembali ke office.yaml' }).click();
      await own.getByRole('button', { name: 'Ya, kembalikan' }).click();
      await siti.getByText('Alat rekam diperbaiki.').waitFor({ state: 'detached' });
      await siti.context().close();
    },
  );

  test('a day off is entered, changed and removed; those of office.yaml stay', LIMIT, async () => {
    await open(rina, 'places', 'Tempat layanan');
    await rina.getByRole('button', { name: 'Tambah hari libur' }).click();
    const form = rina.getByRole('dialog');
    await form.getByLabel('Tanggal', { exact: true }).fill('2026-12-14');
    await form.getByLabel('Alasan libur').fill('Pindah gedung');
    await form.getByText('Hanya tempat tertentu').click();
    await form.getByLabel(BROKEN).check();
    expect(await violations(rina)).toEqual([]);
    await form.getByRole('button', { name: 'Simpan' }).click();
    const row = rina.getByRole('row', { name: /Pindah gedung/ });
    await row.getByText(BROKEN).waitFor();
    await row.getByRole('button', { name: 'Ubah: Pindah gedung' }).click();
    await form.getByLabel('Sampai tanggal').fill('2026-12-15');
    await form.getByRole('button', { name: 'Simpan' }).click();
    await row.getByText(/Sen, 14 Des 2026 – Sel, 15 Des 2026/).waitFor();
    await row.getByRole('button', { name: 'Hapus' }).click();
    await row.getByRole('button', { name: 'Ya, hapus' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await rina.getByRole('row').filter({ hasText: 'office.yaml' }).count()).toBeGreaterThan(0);
    expect(
      await rina
        .getByRole('row')
        .filter({ hasText: 'office.yaml' })
        .getByRole('button', { name: 'Hapus' })
        .count(),
    ).toBe(0);
  });

  test('blank cards are counted, run out, and who is booked for one is moved from there', LIMIT, async () => {
    const name = 'Loket pelayanan Disdukcapil';
    await open(rina, 'places', 'Tempat layanan');
    await rina.getByRole('button', { name: `Blangko KTP-el: Belum dicatat, ${name}` }).click();
    const form = rina.getByRole('dialog');
    await form.getByText(/kartu yang sudah dicetak tetapi belum diambil/).waitFor();
    await form.getByLabel('Jumlah lembar yang ada sekarang').fill('30');
    await form.getByRole('button', { name: 'Catat blangko' }).click();
    await form.getByRole('status').filter({ hasText: '30' }).waitFor();
    await form.getByLabel('Catat', { exact: true }).selectOption({ label: 'Terima blangko (BAST)' });
    await form.getByLabel('Nomor BAST').fill('BAST-470/12/2026');
    await form.getByLabel('Jumlah lembar').fill('20');
    await form.getByRole('button', { name: 'Catat blangko' }).click();
    await form.getByRole('row', { name: /BAST-470\/12\/2026/ }).waitFor();
    expect(await violations(rina)).toEqual([]);
    await form.getByLabel('Catat', { exact: true }).selectOption({ label: 'Rusak cetak' });
    await form.getByLabel('Jumlah lembar').fill('50');
    await form.getByRole('button', { name: 'Catat blangko' }).click();
    await form.getByRole('status').filter({ hasText: 'HABIS' }).waitFor();
    expect(await violations(rina)).toEqual([]);

    await form.getByRole('button', { name: 'Pindahkan warga yang terjadwal mengambil kartu' }).click();
    // Whoever was booked there by the tests before this one is still to come.
    await form.getByRole('status').filter({ hasText: 'warga terjadwal' }).waitFor();
    expect(await form.getByLabel('Sebab').inputValue()).toBe('blangko');
    await rina.keyboard.press('Escape');
    await rina.getByRole('button', { name: `Blangko KTP-el: HABIS, ${name}` }).waitFor();
    await rina.getByText(/Blangko KTP-el habis di semua tempat yang mencatat/).waitFor();
  });

  test(
    'who is booked on a new day off is moved when the button is pressed, and told the reason once',
    LIMIT,
    async () => {
      const citizens = await book(5, 'kantor', Date.parse('2026-12-21T00:00:00+08:00'), 40_000);
      await open(rina, 'places', 'Tempat layanan');
      await rina.getByRole('button', { name: 'Tambah hari libur' }).click();
      const dialog = rina.getByRole('dialog');
      await dialog.getByLabel('Tanggal', { exact: true }).fill('2026-12-21');
      await dialog.getByLabel('Alasan libur').fill('Listrik padam');
      await dialog.getByRole('button', { name: 'Simpan' }).click();
      await dialog.getByText('5 warga terjadwal di luar jam layanan').waitFor();
      expect(await violations(rina)).toEqual([]);
      // Not answered, the question stays on top of the page; nobody is moved by it.
      await dialog.getByRole('button', { name: 'Nanti' }).click();
      const panel = rina.getByRole('region', { name: '5 warga terjadwal di luar jam layanan' });
      await panel.getByText('21 Des 08.00').waitFor();
      expect(await violations(rina)).toEqual([]);
      await panel.getByRole('button', { name: 'Pindahkan dan kabari (5)' }).click();

      const bar = rina.getByRole('progressbar', { name: 'Seluruh kantor' });
      await expect.poll(() => bar.getAttribute('value'), { timeout: 60_000 }).toBe('5');
      await rina.getByText('5 dipindah', { exact: false }).first().waitFor();
      await panel.waitFor({ state: 'detached' });
      for (const citizen of citizens) {
        const visit = await visitOf(world.service, citizen.number);
        expect(new Date(visit?.startAt ?? 0).toISOString()).not.toContain('2026-12-21');
        const told = await newsOf(citizen);
        expect(told).toHaveLength(1);
        expect(told[0]).toContain(clock(visit?.startAt ?? 0));
        expect(told[0]).toContain('Listrik padam');
      }
      expect(await overBooked(world.service, office)).toEqual([]);
    },
  );

  test.each([
    ['visits', 'Jadwal kunjungan'],
    ['places', 'Tempat layanan'],
  ])('the view %s is clean by axe, light and dark, and fits a small phone', LIMIT, async (view, title) => {
    await open(rina, view, title);
    await rina.locator('.panel').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await rina.emulateMedia({ colorScheme });
      for (const size of [DESK, SMALL_PHONE]) {
        await rina.setViewportSize(size);
        expect(await violations(rina)).toEqual([]);
      }
    }
    for (const part of ['document.documentElement', 'document.getElementById("main")'])
      expect(await rina.evaluate(`${part}.scrollWidth - ${part}.clientWidth`)).toBeLessThanOrEqual(0);
    await rina.emulateMedia({ colorScheme: 'light' });
    await rina.setViewportSize(DESK);
    await rina.getByRole('button', { name: 'English' }).click();
    expect(await violations(rina)).toEqual([]);
    await rina.getByRole('button', { name: 'Bahasa Indonesia' }).click();
  });
});

function timeOf({ point, startAt, endAt }: Citizen['booking']) {
  return { point, startAt, endAt };
}

/** `09.30`, as it is told. */
function clock(at: number): string {
  return new Date(at).toLocaleTimeString('id-ID', {
    ...{ hour: '2-digit', minute: '2-digit' },
    timeZone: office.timeZone,
  });
}
