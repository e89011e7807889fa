/** The parts of the receipt, from the top of the page to its foot. */
import { formatDateTime, formatSlot } from '../flows/format.ts';
import { formatCode } from './code.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import { drawQr } from './qr.ts';
import type { Issue, ReceiptFacts, ReceiptOffice } from './receipt-pdf.ts';
import { ACTIVITY_WORDS, RECEIPT_WORDS as W, type Words } from './words.ts';

const RIGHT = PAGE.width - PAGE.right;
const GAP = 24;
const COLUMN = (CONTENT_WIDTH - GAP) / 2;

/** The office's letterhead, as on its paper letters: centred, closed by a thick and a thin line. */
export function drawHead(pen: Pen, office: ReceiptOffice): void {
  const at = () => ({ x: PAGE.left, y: pen.y });
  if (office.authority !== undefined) {
    pen.y += pen.write('P', office.authority.toUpperCase(), at(), centred(11.5, { characterSpacing: 0.8 }));
  }
  pen.y +=
    pen.write('P', office.name.toUpperCase(), at(), centred(15.5, { strong: true, color: INK.accent })) + 2;
  const reach = [office.address, office.website].filter((part) => part !== undefined).join('  ·  ');
  pen.y += pen.write('P', reach, at(), centred(9.5, { color: INK.soft }));
  pen.y += 7;
  pen.ornament((document) => {
    document.moveTo(PAGE.left, pen.y).lineTo(RIGHT, pen.y).lineWidth(2).stroke(INK.accent);
    document
      .moveTo(PAGE.left, pen.y + 3.2)
      .lineTo(RIGHT, pen.y + 3.2)
      .lineWidth(0.6)
      .stroke(INK.accent);
  });
  pen.y += 13;
  pen.y += pen.write('H1', W.title.id, at(), centred(19, { strong: true }));
  pen.y += pen.write('P', W.title.en, at(), centred(10, { color: INK.soft, lang: 'en' })) + 8;
}

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

type Mark = 'tick' | 'open' | 'none';

/** Two lists side by side: what we have (ticked), what is still to come (open boxes). */
export function drawDocuments(pen: Pen, facts: ReceiptFacts): void {
  const received = facts.received.map(({ label, pages }) => withPages(label, pages));
  const second = PAGE.left + COLUMN + GAP;
  pen.need(60);
  pen.writeAside('H2', W.received, { x: PAGE.left, y: pen.y }, HEADING);
  pen.y += pen.writeAside('H2', W.bring, { x: second, y: pen.y }, HEADING) + 5;
  const left = received.length > 0 ? { items: received, mark: 'tick' as const } : none(W.nothingReceived);
  const right =
    facts.bring.length > 0 ? { items: facts.bring, mark: 'open' as const } : none(W.nothingToBring);
  for (let row = 0; row < Math.max(left.items.length, right.items.length); row += 1) {
    const pair = [left.items[row], right.items[row]].filter((item) => item !== undefined);
    const height = Math.max(...pair.map((item) => pen.heightOfAside(item, ITEM))) + 3;
    pen.need(height);
    drawItem(pen, PAGE.left, left.items[row], left.mark);
    drawItem(pen, second, right.items[row], right.mark);
    pen.y += height;
  }
  pen.y += 9;
}

const HEADING: TextStyle = { size: 11.5, strong: true, color: INK.accent, width: COLUMN };
const ITEM: TextStyle = { size: 10, width: COLUMN - 16 };

function none(words: Words): { items: Words[]; mark: Mark } {
  return { items: [words], mark: 'none' };
}

function drawItem(pen: Pen, x: number, words: Words | undefined, mark: Mark): void {
  if (words === undefined) return;
  if (mark !== 'none') drawMark(pen, x, mark);
  pen.writeAside('P', words, { x: mark === 'none' ? x : x + 16, y: pen.y }, ITEM);
}

function drawMark(pen: Pen, x: number, mark: Mark): void {
  const y = pen.y + 2.6;
  pen.ornament((document) => {
    document.roundedRect(x, y, 9, 9, 1.6).lineWidth(0.9).stroke(INK.accent);
    if (mark === 'open') return;
    document
      .moveTo(x + 2, y + 4.7)
      .lineTo(x + 3.9, y + 6.7)
      .lineTo(x + 7.2, y + 2.4);
    document.lineWidth(1.3).stroke(INK.accent);
  });
}

function withPages(label: Words, pages: number): Words {
  if (pages < 2) return label;
  return { id: `${label.id} (${pages} ${W.pages.id})`, en: `${label.en} (${pages} ${W.pages.en})` };
}

/** Where and when to come, or that one need not; and how to ask. */
export function drawVisit(pen: Pen, { visit, office }: ReceiptFacts): void {
  const style: TextStyle = { size: 10.5, width: CONTENT_WIDTH - 36 };
  const blocks: Block[] = [{ tag: 'P', words: W.check, style: { ...style, size: 9.5 } }];
  if (visit === undefined) blocks.unshift({ tag: 'P', words: W.noVisit, style });
  else {
    const time = bothTimes((language) => formatSlot(visit, language, office.timeZone));
    blocks.unshift(
      { tag: 'H2', words: visitTitle(visit.activity), style: { ...style, strong: true, color: INK.accent } },
      { tag: 'P', words: time, style: { ...style, size: 13.5, strong: true } },
      { tag: 'P', words: visit.place, style },
    );
  }
  drawBox(pen, blocks);
}

interface Block {
  tag: string;
  words: Words;
  style: TextStyle;
}

function visitTitle(activity: string): Words {
  const what = ACTIVITY_WORDS[activity];
  return what === undefined ? W.visit : { id: `${W.visit.id}: ${what.id}`, en: `${W.visit.en}: ${what.en}` };
}

function drawBox(pen: Pen, blocks: Block[]): void {
  const heights = blocks.map(({ words, style }) => pen.heightOfAside(words, style) + 4);
  const height = heights.reduce((sum, one) => sum + one, 0) + 16;
  pen.need(height);
  pen.ornament((document) => {
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, height, 6).lineWidth(0.8).stroke(INK.line);
    document.roundedRect(PAGE.left + 7, pen.y + 10, 3, height - 20, 1.5).fill(INK.accent);
  });
  let y = pen.y + 10;
  for (const [index, { tag, words, style }] of blocks.entries()) {
    pen.writeAside(tag, words, { x: PAGE.left + 20, y }, style);
    y += heights[index] ?? 0;
  }
  pen.y += height + 4;
}

const QR_SIZE = 70;
const WARNING_HEIGHT = 48;
const FOOT_HEIGHT = WARNING_HEIGHT + 12 + QR_SIZE;

/** At the bottom of the last page: the warning against fraud, and how to verify the paper. */
export function drawFoot(pen: Pen, { office }: ReceiptFacts, issue: Issue): void {
  pen.need(FOOT_HEIGHT);
  pen.y = PAGE.height - PAGE.bottom - FOOT_HEIGHT;
  drawWarning(pen);
  const text = { x: PAGE.left + QR_SIZE + 20, y: pen.y };
  const width = CONTENT_WIDTH - QR_SIZE - 20;
  pen.figure(W.qrAlt.id, (document) => {
    drawQr(document, issue.verifyUrl, { x: PAGE.left, y: pen.y, size: QR_SIZE, color: INK.text });
  });
  const small: TextStyle = { size: 9, width };
  text.y += pen.write('H2', `${W.verifyTitle.id} / ${W.verifyTitle.en}`, text, {
    ...small,
    size: 10.5,
    strong: true,
    color: INK.accent,
  });
  text.y += pen.write('P', `${W.verify.id} ${issue.verifyUrl}`, text, small);
  text.y +=
    pen.write('P', `${W.code.id}: ${formatCode(issue.code)}`, text, { ...small, size: 12, strong: true }) + 1;
  const issued = bothTimes((language) => formatDateTime(issue.issuedAt, language, office.timeZone));
  text.y += pen.write('P', `${W.issued.id} / ${W.issued.en}: ${issued.id}`, text, {
    ...small,
    size: 8.5,
    color: INK.soft,
  });
  pen.writeBoth('P', W.notLegal, text, { ...small, size: 8.5, color: INK.soft });
}

function drawWarning(pen: Pen): void {
  const width = CONTENT_WIDTH - 28;
  pen.ornament((document) => {
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, WARNING_HEIGHT, 6).fill(INK.warnTint);
  });
  const at = { x: PAGE.left + 14, y: pen.y + 6 };
  at.y += pen.write('P', W.fraudTitle.id, at, { size: 10, strong: true, color: INK.warn, width });
  at.y += pen.write('P', W.fraud.id, at, { size: 9, color: INK.warn, width });
  pen.write('P', `${W.fraudTitle.en} ${W.fraud.en}`, at, { size: 7.5, color: INK.warn, width, lang: 'en' });
  pen.y += WARNING_HEIGHT + 12;
}

function centred(size: number, more: Partial<TextStyle> = {}): TextStyle {
  return { size, align: 'center', ...more };
}

function bothTimes(format: (language: 'id' | 'en') => string): Words {
  return { id: format('id'), en: format('en') };
}
