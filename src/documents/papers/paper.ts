/** What all papers of ours have in common: A4, PDF/A, tagged, described, the same bytes for the same input. */
import PDFDocument from 'pdfkit';
import type { Language } from '../../flows/schema.ts';
import { formatCode } from '../code.ts';
import { type OwnPaper, vouchFor } from './own-paper.ts';
import { createPen, PAGE, type Pen } from './pen.ts';
import type { Words } from './words.ts';

/** Whose paper it is. */
export interface PaperOffice {
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

/** A time in both languages. */
export function bothTimes(format: (language: Language) => string): Words {
  return { id: format('id'), en: format('en') };
}

/** What a reader of PDFs shows of a paper. */
export interface PaperHead {
  /** Shown in the window's title: what it is and its number; no personal data. */
  title: string;
  /** What it is, in English. */
  subject: string;
  office: Pick<PaperOffice, 'name'>;
  /** An empty form has no code: nothing on it is ours to vouch for. */
  issue: Issue | Pick<Issue, 'issuedAt'>;
  /** On paper from a roll (`ROLL`), as long as what stands on it, in place of A4. */
  isRoll?: boolean;
}

/** Paper of the printers at counters, 80 mm wide, in points; `height` is the most that is drawn. */
export const ROLL = { width: 226.77, height: 700, margin: 12 } as const;

/**
 * Draws a paper. The same input gives the same bytes, whenever and wherever it is drawn (with the same version of
 * Node and pdfkit). The caller tidies what people wrote (`tidy`).
 */
export async function renderPaper(head: PaperHead, draw: (pen: Pen) => void): Promise<OwnPaper> {
  const document = new PDFDocument({
    ...(head.isRoll ? ROLL_PAGE : A4_PAGE),
    pdfVersion: '1.7',
    // Kept for years, and readable aloud: ISO 19005-2, level a (tags, language, fonts and colours in the file itself).
    subset: 'PDF/A-2a',
    tagged: true,
    lang: 'id-ID',
    displayTitle: true,
    info: describe(head),
  });
  const bytes = collect(document);
  const pen = createPen(document);
  if (head.isRoll) pen.y = ROLL.margin;
  draw(pen);
  if (head.isRoll) cutOff(document, pen.y + ROLL.margin);
  document.end();
  return vouchFor(await bytes);
}

const A4_PAGE: PDFKit.PDFDocumentOptions = {
  size: 'A4',
  margins: { top: PAGE.top, bottom: 20, left: PAGE.left, right: PAGE.right },
};
const ROLL_PAGE: PDFKit.PDFDocumentOptions = { size: [ROLL.width, ROLL.height], margin: ROLL.margin };

/** PDF counts from below: what is left under the last line is no part of the page. */
function cutOff({ page }: PDFKit.PDFDocument, height: number): void {
  Object.assign(page.dictionary.data, { MediaBox: [0, ROLL.height - height, ROLL.width, ROLL.height] });
}

/** Metadata goes unescaped into XML (pdfkit 0.20), so what XML would take for markup stays out. */
function describe({ title, subject, office, issue }: PaperHead): PDFKit.DocumentInfo {
  const plain = (text: string) => text.replace(/[<>&]/g, ' ');
  return {
    Title: plain(title),
    Author: plain(office.name),
    Subject: 'code' in issue ? `${plain(subject)}, ${formatCode(issue.code)}` : plain(subject),
    Creator: 'Loket',
    Producer: 'Loket (PDFKit)',
    CreationDate: new Date(issue.issuedAt),
    ModDate: new Date(issue.issuedAt),
  };
}

/** Every text on one line, without control and direction characters, composed as the font has it. */
export function tidy<T>(value: T): T {
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
