/** Receipts, ours and as tutorials draw them. */
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { Issue } from '../../src/documents/papers/paper.ts';
import type { ReceiptFacts } from '../../src/documents/papers/receipt-facts.ts';
import { renderReceipt } from '../../src/documents/papers/receipt-pdf.ts';
import type { Child } from '../child.ts';

const both = (text: string) => ({ id: text, en: text });

const FACTS: ReceiptFacts = {
  application: 'AL-2611-000123-4',
  pin: '482915',
  service: { id: 'Akta kelahiran', en: 'Birth certificate' },
  applicant: { name: 'Siti Rahmawati', nik: '6472015203900001' },
  submittedAt: Date.UTC(2026, 10, 21, 2, 15),
  dueAt: Date.UTC(2026, 10, 23, 8, 0),
  received: [
    { label: both('Surat keterangan lahir'), pages: 1 },
    { label: both('Buku nikah'), pages: 2 },
    { label: both('Kartu Keluarga'), pages: 1 },
  ],
  bring: [both('KTP-el asli pelapor')],
  visit: {
    activity: 'pickup',
    startAt: Date.UTC(2026, 10, 24, 1, 0),
    endAt: Date.UTC(2026, 10, 24, 1, 30),
    place: both('Kantor Disdukcapil, Jl. Contoh No. 1'),
  },
  office: {
    authority: 'Pemerintah Kota Contoh',
    name: 'Dinas Kependudukan dan Pencatatan Sipil',
    address: 'Jl. Contoh No. 1',
    website: 'disdukcapil.example.go.id',
    timeZone: 'Asia/Makassar',
  },
};

const ISSUE: Issue = {
  code: '7K2M9QX4TR',
  issuedAt: Date.UTC(2026, 10, 21, 2, 15),
  verifyUrl: 'https://loket.example.go.id/v/7K2M9QX4TR',
};

/** `draw` is one of DRAW. Answers `run` {seconds} with what was drawn. */
export async function start({ draw }: { draw: keyof typeof DRAW }): Promise<Child> {
  return {
    url: '',
    ask: async (_question, details) => run(DRAW[draw], (details as { seconds: number }).seconds),
    stop: async () => {},
  };
}

const DRAW = { ours: () => renderReceipt(FACTS, ISSUE), naive };

async function run(draw: () => Promise<Uint8Array>, seconds: number) {
  const before = process.cpuUsage();
  const startMs = performance.now();
  let receipts = 0;
  let bytes = 0;
  while (performance.now() < startMs + seconds * 1000) {
    bytes = (await draw()).length;
    receipts += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return { receipts, bytes, seconds: (performance.now() - startMs) / 1000, cpuUs: user + system };
}

/** pdfkit's guide and qrcode's read together: fonts by path, the code as a PNG. The same facts, neither tags nor English. */
async function naive(): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A4' });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const end = new Promise((resolve) => document.once('end', resolve));
  document.font(fontPath('SourceSans3-SemiBold.ttf')).fontSize(16);
  document.text(FACTS.office.name, { align: 'center' }).text('TANDA TERIMA', { align: 'center' });
  document.font(fontPath('SourceSans3-Regular.ttf')).fontSize(11);
  for (const line of lines()) document.text(line);
  document.image(await QRCode.toBuffer(ISSUE.verifyUrl), { width: 90 });
  document.text(`Periksa keasliannya: ${ISSUE.verifyUrl}`);
  document.end();
  await end;
  return Buffer.concat(chunks);
}

function fontPath(name: string): string {
  return fileURLToPath(new URL(`../../src/documents/papers/fonts/${name}`, import.meta.url));
}

function lines(): string[] {
  const { office, applicant, visit } = FACTS;
  const time = (at = 0) => new Date(at).toLocaleString('id-ID', { timeZone: office.timeZone });
  return [
    office.address,
    `Nomor permohonan: ${FACTS.application}`,
    `PIN: ${FACTS.pin}`,
    `Layanan: ${FACTS.service.id}`,
    `Pemohon: ${applicant.name}`,
    `NIK: ${applicant.nik?.slice(-4)}`,
    `Diajukan: ${time(FACTS.submittedAt)}`,
    `Selesai paling lambat: ${time(FACTS.dueAt)}`,
    'Biaya: GRATIS',
    ...FACTS.received.map(({ label, pages }) => `Diterima: ${label.id}, ${pages} halaman`),
    ...FACTS.bring.map(({ id }) => `Dibawa: ${id}`),
    `Datang: ${time(visit?.startAt)}, ${visit?.place.id}`,
    'Hati-hati penipuan: petugas tidak pernah meminta uang, kode OTP atau PIN.',
  ];
}
