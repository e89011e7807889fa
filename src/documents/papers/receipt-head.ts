/** The upper part of the receipt: number and PIN, the facts. */
import { formatDateTime } from '../../flows/format.ts';
import { bothTimes } from './paper.ts';
import { COLUMN, CONTENT_WIDTH, GAP, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import type { ReceiptFacts } from './receipt-facts.ts';
import { RECEIPT_WORDS as W, type Words } from './words.ts';

const RIGHT = PAGE.width - PAGE.right;

/** Number and PIN, large enough to be read out over the phone. */
export function drawCase(pen: Pen, { application, pin }: ReceiptFacts): void {
  const height = 62;
  const split = PAGE.left + CONTENT_WIDTH * 0.64;
  pen.ornament((document) => {
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, height, 6).fill(INK.tint);
    document
      .moveTo(split, pen.y + 13)
      .lineTo(split, pen.y + height - 13)
      .lineWidth(0.8)
      .stroke(INK.line);
  });
  drawFigure(pen, { x: PAGE.left + 18, width: split - PAGE.left - 30 }, W.number, application);
  drawFigure(pen, { x: split + 18, width: RIGHT - split - 24 }, W.pin, pin);
  pen.y += height + 12;
}

function drawFigure(pen: Pen, box: { x: number; width: number }, label: Words, value: string): void {
  const small: TextStyle = { size: 9, color: INK.soft, width: box.width };
  const y = pen.y + 8;
  pen.write('P', `${label.id} / ${label.en}`, { x: box.x, y }, small);
  const style = { size: 26, strong: true, color: INK.accent, width: box.width, characterSpacing: 0.6 };
  pen.write('P', value, { x: box.x, y: y + 12 }, style);
}

/** Who asked for what, when, until when, at what price: three rows of two. */
export function drawFacts(pen: Pen, facts: ReceiptFacts): void {
  const { applicant, office } = facts;
  const when = (at: number) => bothTimes((language) => formatDateTime(at, language, office.timeZone));
  const due = when(facts.dueAt);
  const note = { id: `${W.dueNote.id} / ${W.dueNote.en}`, en: due.en };
  drawPair(pen, { label: W.service, value: facts.service }, { label: W.fee, value: W.free });
  drawPair(pen, named(W.applicant, applicant.name), named(W.nik, maskNik(applicant.nik)));
  drawPair(pen, { label: W.submitted, value: when(facts.submittedAt) }, { label: W.due, value: due, note });
  pen.y += 11;
}

interface Fact {
  label: Words;
  value: Words | string;
  /** Small print that stands for the value's English line. */
  note?: Words;
}

function named(label: Words, value: string | undefined): Fact {
  return { label, value: value ?? '-' };
}

/** Only the last four digits tell the owner which NIK it was. */
function maskNik(nik: string | undefined): string | undefined {
  return nik === undefined ? undefined : `•••• •••• •••• ${nik.slice(-4)}`;
}

const LABEL: TextStyle = { size: 8.5, color: INK.soft };
const VALUE: TextStyle = { size: 11.5, strong: true };
const SMALL: TextStyle = { size: 8.5, color: INK.soft };

function drawPair(pen: Pen, left: Fact, right: Fact): void {
  const height = Math.max(heightOfFact(pen, left), heightOfFact(pen, right)) + 9;
  pen.need(height);
  drawFact(pen, left, PAGE.left);
  drawFact(pen, right, PAGE.left + COLUMN + GAP);
  pen.y += height;
  pen.ornament((document) => {
    document.moveTo(PAGE.left, pen.y).lineTo(RIGHT, pen.y).lineWidth(0.5).stroke(INK.line);
  });
}

function drawFact(pen: Pen, fact: Fact, x: number): void {
  let y = pen.y + 5;
  for (const { text, style } of linesOf(fact)) y += pen.write('P', text, { x, y }, style);
}

function heightOfFact(pen: Pen, fact: Fact): number {
  return linesOf(fact).reduce((sum, { text, style }) => sum + pen.heightOf(text, style), 0);
}

function linesOf({ label, value, note }: Fact): { text: string; style: TextStyle }[] {
  const width = COLUMN;
  const lines: { text: string; style: TextStyle }[] = [
    { text: `${label.id} / ${label.en}`, style: { ...LABEL, width } },
  ];
  if (typeof value === 'string') return [...lines, { text: value, style: { ...VALUE, width } }];
  lines.push({ text: value.id, style: { ...VALUE, width } });
  if (note !== undefined) lines.push({ text: note.id, style: { ...SMALL, width } });
  lines.push({ text: note?.en ?? value.en, style: { ...SMALL, width, lang: 'en' } });
  return lines;
}
