/** The receipt (tanda terima) as a PDF: A4, tagged, Indonesian with English small print. */
import PDFDocument from 'pdfkit';
import { formatCode } from './code.ts';
import { createPen, PAGE, type Pen } from './pen.ts';
import type { Issue, ReceiptFacts } from './receipt-facts.ts';
import { drawFoot } from './receipt-foot.ts';
import { drawCase, drawFacts, drawHead } from './receipt-head.ts';
import { drawDocuments, drawVisit } from './receipt-lists.ts';
import { RECEIPT_WORDS } from './words.ts';

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
