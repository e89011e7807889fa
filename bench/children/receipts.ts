/** Receipts, ours and as tutorials draw and sign them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { Issue } from '../../src/documents/papers/paper.ts';
import type { ReceiptFacts } from '../../src/documents/papers/receipt-facts.ts';
import { renderReceipt } from '../../src/documents/papers/receipt-pdf.ts';
import { createLocalSigner } from '../../src/documents/signing/local-signer.ts';
import { openP12 } from '../../src/documents/signing/p12.ts';
import type { Child } from '../child.ts';
import { requirePeer } from '../peers.ts';

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

/** What is measured. `p12` is the certificate's file, for those that sign. */
interface Options {
  draw: keyof typeof DRAW;
  p12?: string;
  passphrase?: string;
}

/** Answers `run` {seconds} with what was drawn. */
export async function start({ draw, p12 = '', passphrase = '' }: Options): Promise<Child> {
  const make = await DRAW[draw]({ file: p12 === '' ? Buffer.alloc(0) : readFileSync(p12), passphrase });
  return {
    url: '',
    ask: async (_question, details) => run(make, (details as { seconds: number }).seconds),
    stop: async () => {},
  };
}

interface Certificate {
  file: Buffer;
  passphrase: string;
}
type Draw = () => Promise<Uint8Array>;

const DRAW = {
  ours: async (): Promise<Draw> => () => renderReceipt(FACTS, ISSUE),
  naive: async (): Promise<Draw> => naive,
  oursSigned,
  naiveSigned,
};

const REASON = 'Tanda terima permohonan';

/** As the service does it: the certificate is opened once, at its start. */
async function oursSigned({ file, passphrase }: Certificate): Promise<Draw> {
  const opened = await openP12(file, passphrase);
  if (!opened.ok) throw new Error(`the certificate is of no use: ${opened.reason}`);
  const clock = { now: () => Date.now() };
  const signer = createLocalSigner({ file, identity: opened.identity, timeZone: 'Asia/Makassar', clock });
  return async () => {
    const signed = await signer.sign(await renderReceipt(FACTS, ISSUE), { reason: REASON, at: clock.now() });
    if (!signed.ok) throw new Error(`not signed: ${signed.reason}`);
    return signed.bytes;
  };
}

interface SignPdf {
  default: { sign(pdf: Buffer, signer: object): Promise<Buffer> };
}
interface P12 {
  P12Signer: new (file: Buffer, options: { passphrase: string }) => object;
}
interface Placeholder {
  plainAddPlaceholder(options: Record<string, unknown>): Buffer;
}

/** As the guide of @signpdf has it: a placeholder, then P12Signer, for each paper. */
async function naiveSigned({ file, passphrase }: Certificate): Promise<Draw> {
  const { default: signpdf } = requirePeer<SignPdf>('@signpdf/signpdf');
  const { P12Signer } = requirePeer<P12>('@signpdf/signer-p12');
  const { plainAddPlaceholder } = requirePeer<Placeholder>('@signpdf/placeholder-plain');
  const who = { reason: REASON, contactInfo: '', name: FACTS.office.name, location: 'Samarinda' };
  return async () => {
    const pdfBuffer = plainAddPlaceholder({ pdfBuffer: Buffer.from(await naive()), ...who });
    return signpdf.sign(pdfBuffer, new P12Signer(file, { passphrase }));
  };
}

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
