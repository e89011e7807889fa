/** The receipt (tanda terima) as a PDF: A4, tagged, Indonesian with English small print. */
import PDFDocument from 'pdfkit';
import { formatCode } from './code.ts';
import { createPen, PAGE, type Pen } from './pen.ts';
import { drawCase, drawDocuments, drawFacts, drawFoot, drawHead, drawVisit } from './receipt-sections.ts';
import { RECEIPT_WORDS, type Words } from './words.ts';

/** What a receipt says about a case. Times are milliseconds since the epoch. Texts may hold any character. */
export interface ReceiptFacts {
  application: string;
  pin: string;
  service: Words;
  /** `nik` in full; only its last four digits are printed. */
  applicant: { name?: string; nik?: string };
  submittedAt: number;
  dueAt: number;
  /** Documents that were sent, with their number of pages. */
  received: { label: Words; pages: number }[];
  /** Documents and things that the citizen still has to bring. */
  bring: Words[];
  /** `activity` as in ACTIVITY_WORDS; `place` is the name and address of the service point. */
  visit?: { activity: string; startAt: number; endAt: number; place: Words };
  office: ReceiptOffice;
}

export interface ReceiptOffice {
  /** The government it belongs to (`Pemerintah Kabupaten Contoh`), printed above its name. */
  authority?: string;
  name: string;
  address: string;
  website?: string;
  timeZone: string;
}

/** What makes this paper one that can be verified. */
export interface Issue {
  code: string;
  issuedAt: number;
  /** Address of the verification page of this code. */
  verifyUrl: string;
}

/**
 * Draws the receipt. The same input gives the same bytes, whenever and wherever it is drawn (with the same version of
 * Node and pdfkit). One page in all but extreme cases.
 */
export async function renderReceipt(given: ReceiptFacts, issue: Issue): Promise<Uint8Array> {
  const facts = tidy(given);
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: PAGE.top, bottom: 20, left: PAGE.left, right: PAGE.right },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'id-ID',
    displayTitle: true,
    info: describe(facts, issue),
  });
  const bytes = collect(document);
  draw(createPen(document), facts, issue);
  document.end();
  return bytes;
}

function draw(pen: Pen, facts: ReceiptFacts, issue: Issue): void {
  drawHead(pen, facts.office);
  drawCase(pen, facts);
  drawFacts(pen, facts);
  drawDocuments(pen, facts);
  drawVisit(pen, facts);
  drawFoot(pen, facts, issue);
}

/** Metadata goes unescaped into XML (pdfkit 0.20), so what XML would take for markup stays out. */
function describe(facts: ReceiptFacts, issue: Issue): PDFKit.DocumentInfo {
  return {
    Title: `${RECEIPT_WORDS.title.id} ${facts.application}`,
    Author: facts.office.name.replace(/[<>&]/g, ' '),
    Subject: `${RECEIPT_WORDS.title.en}, ${formatCode(issue.code)}`,
    Creator: 'Loket',
    Producer: 'Loket (PDFKit)',
    CreationDate: new Date(issue.issuedAt),
    ModDate: new Date(issue.issuedAt),
  };
}

/** Every text on one line, without control and direction characters, composed as the font has it. */
function tidy<T>(value: T): T {
  if (typeof value === 'string') {
    return value
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
      .trim() as T;
  }
  if (Array.isArray(value)) return value.map(tidy) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidy(inner)])) as T;
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
