/** What is photographed: where it stands, whose eyes see it, and what is done before. */
import type { Page } from 'playwright-core';
import type { Papers } from './papers.ts';
import type { Story } from './story.ts';

export interface View {
  name: string;
  /** Who looks; nobody: at the door. */
  who?: 'siti' | 'budi' | 'rina';
  at: (story: Story) => string;
  act?: (page: Page, story: Story, papers: Papers) => Promise<void>;
  isDark?: boolean;
  /** A colleague who has the same page open. */
  beside?: 'rina';
}

const chat = (id: string) => `#/chat/${encodeURIComponent(id)}`;
const request = (number: string) => `#/requests/${number}`;

export const VIEWS: readonly View[] = [
  { name: 'masuk', at: () => '' },
  {
    name: 'statistik',
    who: 'rina',
    at: () => '#/statistics',
    act: (page) => page.getByRole('button', { name: '7 hari terakhir' }).click(),
  },
  {
    name: 'di-mana-berhenti',
    who: 'rina',
    at: () => '#/statistics',
    act: (page) =>
      page
        .locator('.funnel, section')
        .filter({ hasText: 'Di mana warga berhenti' })
        .last()
        .evaluate((part) => part.scrollIntoView()),
  },
  {
    name: 'daftar',
    who: 'siti',
    at: () => '#/inbox/all',
    act: (page) => page.locator('.list .item').nth(4).waitFor(),
  },
  { name: 'daftar-gelap', who: 'siti', isDark: true, at: () => '#/inbox/all' },
  {
    name: 'chat',
    who: 'siti',
    beside: 'rina',
    at: ({ chats }) => chat(chats.main),
    act: async (page) => {
      await page
        .getByLabel('Balasan kepada warga')
        .fill(
          'Bisa, Ibu. KK Ibu kami cetak ulang hari ini, gratis. Untuk KTP, silakan bawa surat polisi yang asli.',
        );
    },
  },
  {
    name: 'chat-gelap',
    who: 'siti',
    isDark: true,
    at: ({ chats }) => chat(chats.main),
  },
  {
    name: 'balasan-cepat',
    who: 'siti',
    at: ({ chats }) => chat(chats.main),
    act: async (page) => {
      const field = page.getByLabel('Balasan kepada warga');
      await field.fill('');
      await field.pressSequentially('/');
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'tanya-lagi',
    who: 'siti',
    at: ({ chats }) => chat(chats.main),
    act: async (page) => {
      await page.getByLabel('Balasan kepada warga').fill('');
      const known = page.locator('.case');
      if (!(await known.getByText('Langkah', { exact: true }).isVisible()))
        await known.getByText('Keterangan').click();
      await known.getByRole('button', { name: /^Isi/ }).first().click();
    },
  },
  {
    name: 'foto',
    who: 'siti',
    at: ({ chats }) => chat(chats.photos),
    act: async (page) => {
      await page
        .locator('.transcript button img, .transcript .files button, .transcript .file')
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'sms', who: 'siti', at: ({ chats }) => chat(chats.sms) },
  { name: 'lewat-24-jam', who: 'budi', at: ({ chats }) => chat(chats.shut), act: (page) => take(page) },
  {
    name: 'templat',
    who: 'budi',
    at: ({ chats }) => chat(chats.shut),
    act: async (page) => {
      await page
        .getByRole('button', { name: 'Templat', exact: true })
        .or(page.getByRole('radio', { name: 'Templat' }))
        .first()
        .click();
    },
  },
  { name: 'dipegang', who: 'siti', at: ({ chats }) => chat(chats.held) },
  {
    name: 'selesai',
    who: 'siti',
    at: () => '#/inbox/closed',
    act: (page) => page.locator('.list .item').first().waitFor(),
  },
  {
    name: 'permohonan',
    who: 'rina',
    at: () => '#/requests',
    act: (page) => page.locator('main').getByRole('link', { name: /^K/ }).first().waitFor(),
  },
  { name: 'permohonan-gelap', who: 'rina', isDark: true, at: () => '#/requests' },
  {
    name: 'periksa',
    who: 'budi',
    at: ({ requests }) => request(requests.checking),
    act: (page) => shown(page),
  },
  {
    name: 'tolak-berkas',
    who: 'budi',
    at: ({ requests }) => request(requests.checking),
    act: async (page) => {
      await shown(page);
      await page.getByRole('button', { name: /^Tolak( x)?$/ }).click();
      await page.getByRole('button', { name: /buram/ }).click();
      await page.locator('.decision-form').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'siak',
    who: 'budi',
    at: ({ requests }) => request(requests.checking),
    act: async (page) => {
      await page.getByRole('button', { name: 'Tampilkan data' }).click();
      await page
        .getByRole('button', { name: /^Salin: / })
        .nth(3)
        .scrollIntoViewIfNeeded();
      await page
        .getByRole('button', { name: /^Salin: / })
        .nth(3)
        .click();
    },
  },
  {
    name: 'dokumen-jadi',
    who: 'budi',
    at: ({ requests }) => request(requests.producing),
    act: async (page, _story, { certificate }) => {
      const file = { name: 'akta.pdf', mimeType: 'application/pdf', buffer: certificate };
      await page.getByLabel('Pilih berkas PDF').setInputFiles(file);
      await page.getByText('warga langsung menerimanya').waitFor();
      await page.getByText('warga langsung menerimanya').scrollIntoViewIfNeeded();
      await page.waitForTimeout(1500);
    },
  },
  {
    name: 'serahkan',
    who: 'siti',
    at: ({ requests }) => request(requests.ready),
    act: async (page) => {
      await page.getByRole('button', { name: 'Serahkan kepada warga' }).click();
      await page.locator('.decision-form').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'jadwal',
    who: 'siti',
    at: () => '#/visits',
    act: (page) => page.locator('.visit').nth(4).waitFor(),
  },
  {
    name: 'tempat',
    who: 'rina',
    at: () => '#/places',
    act: (page) => page.locator('.outage progress').waitFor(),
  },
  {
    name: 'tandai-rusak',
    who: 'rina',
    at: () => '#/places',
    act: async (page) => {
      await page.getByRole('button', { name: 'Tandai rusak/tutup: Loket pelayanan Disdukcapil' }).click();
      await page.getByLabel('Alasan').fill('Listrik padam sejak pagi.');
      await page.getByText('akan dipindah dan dikabari').waitFor();
    },
  },
  { name: 'loket', who: 'siti', at: () => '#/counter', act: (page) => atCounter(page) },
  { name: 'loket-isi', who: 'siti', at: ({ chats }) => `#/counter/${encodeURIComponent(chats.main)}` },
  { name: 'pemohon', who: 'rina', at: () => '#/filers' },
  { name: 'gangguan', who: 'rina', at: () => '#/notices', act: (page) => announce(page) },
  { name: 'pengaduan', who: 'rina', at: ({ chats }) => chat(chats.complaint) },
  { name: 'gagal', who: 'rina', at: () => '#/undelivered' },
  { name: 'akun', who: 'rina', at: () => '#/accounts' },
  {
    name: 'akun-saya',
    who: 'rina',
    at: () => '#/account',
    act: async (page) => {
      await page.getByLabel('Sandi Anda').fill('Pagi-cerah-2026');
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' }).waitFor();
      await page.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'catatan', who: 'rina', at: () => '#/audit' },
  { name: 'tombol', who: 'siti', at: () => '#/inbox', act: (page) => page.keyboard.press('?') },
];

/** On the desk's screen it is turned on; on the phone's it is on already. */
async function announce(page: Page): Promise<void> {
  const panel = page.getByRole('form', { name: 'Blangko habis' });
  const button = panel.getByRole('button', { name: 'Umumkan sekarang' });
  await panel.waitFor();
  if (!(await button.isVisible())) return;
  await panel.getByLabel('Perkiraan selesai').fill('2026-11-26T10:00');
  await panel.getByLabel('Keterangan singkat').fill('Kiriman dari pusat tiba hari Kamis.');
  await button.click();
  await panel.getByText('Menyala').waitFor();
}

async function take(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Ambil percakapan' });
  await page.locator('.transcript').waitFor();
  if (await button.isVisible()) await button.click();
  await page.getByText('WhatsApp hanya menerima templat').first().waitFor();
}

async function shown(page: Page): Promise<void> {
  await page.locator('.documents img, .stage img, figure img').first().waitFor();
}

async function atCounter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mulai untuk warga di loket' }).click();
  await page.getByRole('button', { name: '1 KTP hilang/rusak' }).waitFor();
  const say = async (text: string) => {
    const field = page.getByLabel(/^Jawaban (warga|lain)$/);
    await field.fill(text);
    await field.press('Enter');
  };
  const asks = (label: string) => page.getByRole('region', { name: label, exact: true }).waitFor();
  await say('ktp hilang');
  await page.getByRole('button', { name: 'Setuju', exact: true }).click();
  await asks('Keadaan KTP');
  await page.getByRole('button', { name: '1 Hilang' }).click();
  await asks('Nama pemilik KTP');
  await say('Slamet Riyadi');
  await asks('NIK pemilik KTP');
  await page.getByLabel('Jawaban warga').fill('64080412058899');
}
