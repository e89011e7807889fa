/** The parts of the receipt, from the top of the page to its foot. */
import { formatDateTime, formatSlot } from '../flows/format.ts';
import { formatCode } from './code.ts';
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import { drawQr } from './qr.ts';
import type { Issue, ReceiptFacts, ReceiptOffice } from './receipt-pdf.ts';
import { ACTIVITY_WORDS, RECEIPT_WORDS as W, type Words } from './words.ts';

const RIGHT = PAGE.width - PAGE.right;

/** The office's letterhead, as on its paper letters: centred, closed by a thick and a thin line. */
export function drawHead(pen: Pen, office: ReceiptOffice): void {
  const at = () => ({ x: PAGE.left, y: pen.y });
  if (office.authority !== undefined) {
    pen.y += pen.write('P', office.authority.toUpperCase(), at(), centred(11.5, { characterSpacing: 0.8 }));
  }
  pen.y +=
    pen.write('P', office.name.toUpperCase(), at(), centred(15.5, { strong: true, color: INK.accent })) + 2;
  pen.y += pen.write('P', office.address, at(), centred(9.5, { color: INK.soft }));
  if (office.website !== undefined)
    pen.y += pen.write('P', office.website, at(), centred(9.5, { color: INK.soft }));
  pen.y += 7;
  pen.ornament((document) => {
    document.moveTo(PAGE.left, pen.y).lineTo(RIGHT, pen.y).lineWidth(2).stroke(INK.accent);
    document
      .moveTo(PAGE.left, pen.y + 3.2)
      .lineTo(RIGHT, pen.y + 3.2)
      .lineWidth(0.6)
      .stroke(INK.accent);
  });
  pen.y += 19;
  pen.y += pen.write('H1', W.title.id, at(), centred(19, { strong: true }));
  pen.y += pen.write('P', W.title.en, at(), centred(10, { color: INK.soft, lang: 'en' })) + 12;
}

/** Number and PIN, large enough to be read out over the phone. */
export function drawCase(pen: Pen, { application, pin }: ReceiptFacts): void {
  const height = 70;
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
  const y = pen.y + 12;
  pen.write('P', `${label.id} / ${label.en}`, { x: box.x, y }, small);
  const style = { size: 26, strong: true, color: INK.accent, width: box.width, characterSpacing: 0.6 };
  pen.write('P', value, { x: box.x, y: y + 12 }, style);
}

/** Who asked for what, when, until when, at what price. */
export function drawFacts(pen: Pen, facts: ReceiptFacts): void {
  const { applicant, office } = facts;
  const when = (at: number) => bothTimes((language) => formatDateTime(at, language, office.timeZone));
  drawRow(pen, W.service, facts.service);
  if (applicant.name !== undefined) drawRow(pen, W.applicant, applicant.name);
  if (applicant.nik !== undefined) drawRow(pen, W.nik, maskNik(applicant.nik));
  drawRow(pen, W.submitted, when(facts.submittedAt));
  const due = when(facts.dueAt);
  drawRow(pen, W.due, {
    id: `${due.id}, ${W.dueNote.id}`,
    en: `${due.en}, ${W.dueNote.en}`,
  });
  drawRow(pen, W.fee, W.free);
  pen.y += 12;
}

/** Only the last four digits tell the owner which NIK it was. */
function maskNik(nik: string): string {
  return `•••• •••• •••• ${nik.slice(-4)}`;
}

function drawRow(pen: Pen, label: Words, value: Words | string): void {
  const labels: TextStyle = { size: 10, color: INK.soft, width: 128 };
  const values: TextStyle = { size: 11, strong: true, width: CONTENT_WIDTH - 140 };
  const valueHeight =
    typeof value === 'string' ? pen.heightOf(value, values) : pen.heightOfBoth(value, values);
  const height = Math.max(pen.heightOfBoth(label, labels), valueHeight) + 9;
  pen.need(height);
  const top = pen.y + 4;
  pen.writeBoth('P', label, { x: PAGE.left, y: top }, labels);
  const at = { x: PAGE.left + 140, y: top };
  if (typeof value === 'string') pen.write('P', value, at, values);
  else pen.writeBoth('P', value, at, values);
  pen.y += height;
  pen.ornament((document) => {
    document.moveTo(PAGE.left, pen.y).lineTo(RIGHT, pen.y).lineWidth(0.5).stroke(INK.line);
  });
}

const GAP = 24;
const COLUMN = (CONTENT_WIDTH - GAP) / 2;

/** Two lists side by side: what we have (ticked), what is still to come (open boxes). */
export function drawDocuments(pen: Pen, facts: ReceiptFacts): void {
  const received = facts.received.map(({ label, pages }) => withPages(label, pages));
  const left = received.length > 0 ? received : [W.nothingReceived];
  const right = facts.bring.length > 0 ? facts.bring : [W.nothingToBring];
  const title: TextStyle = { size: 11.5, strong: true, color: INK.accent, width: COLUMN };
  const boxes = {
    left: received.length > 0 ? 'tick' : 'none',
    right: facts.bring.length > 0 ? 'open' : 'none',
  } as const;
  pen.need(pen.heightOfBoth(W.received, title) + 40);
  const second = PAGE.left + COLUMN + GAP;
  pen.writeBoth('H2', W.received, { x: PAGE.left, y: pen.y }, title);
  pen.y += pen.writeBoth('H2', W.bring, { x: second, y: pen.y }, title) + 5;
  for (let row = 0; row < Math.max(left.length, right.length); row += 1) {
    const items = [left[row], right[row]].filter((item) => item !== undefined);
    const height = Math.max(...items.map((item) => pen.heightOfBoth(item, ITEM))) + 4;
    pen.need(height);
    drawItem(pen, PAGE.left, left[row], boxes.left);
    drawItem(pen, second, right[row], boxes.right);
    pen.y += height;
  }
  pen.y += 10;
}

const ITEM: TextStyle = { size: 10, width: COLUMN - 18 };

function drawItem(pen: Pen, x: number, words: Words | undefined, box: 'tick' | 'open' | 'none'): void {
  if (words === undefined) return;
  if (box !== 'none') {
    pen.ornament((document) => {
      const y = pen.y + 2.6;
      document.roundedRect(x, y, 9, 9, 1.6).lineWidth(0.9).stroke(INK.accent);
      if (box === 'open') return;
      document
        .moveTo(x + 2, y + 4.7)
        .lineTo(x + 3.9, y + 6.7)
        .lineTo(x + 7.2, y + 2.4);
      document.lineWidth(1.3).stroke(INK.accent);
    });
  }
  pen.writeBoth('P', words, { x: box === 'none' ? x : x + 16, y: pen.y }, ITEM);
}

function withPages(label: Words, pages: number): Words {
  if (pages < 2) return label;
  return { id: `${label.id} (${pages} ${W.pages.id})`, en: `${label.en} (${pages} ${W.pages.en})` };
}

/** Where and when to come, or that one need not; and how to ask. */
export function drawVisit(pen: Pen, { visit, office }: ReceiptFacts): void {
  const inner = CONTENT_WIDTH - 36;
  const style: TextStyle = { size: 10.5, width: inner };
  const lines: { words: Words; style: TextStyle }[] = [];
  if (visit === undefined) lines.push({ words: W.noVisit, style });
  else {
    const activity = ACTIVITY_WORDS[visit.activity];
    const time = bothTimes((language) => formatSlot(visit, language, office.timeZone));
    lines.push({ words: time, style: { ...style, size: 13, strong: true } });
    lines.push({ words: visit.place, style });
    if (activity !== undefined) lines.push({ words: activity, style });
  }
  lines.push({ words: W.check, style: { ...style, size: 9.5 } });
  const title: TextStyle = { size: 11.5, strong: true, color: INK.accent, width: inner };
  const bodies = lines.map((line) => pen.heightOfBoth(line.words, line.style) + 5);
  const titleHeight = visit === undefined ? 0 : pen.heightOfBoth(W.visit, title) + 4;
  const height = titleHeight + bodies.reduce((sum, one) => sum + one, 0) + 19;
  pen.need(height);
  pen.ornament((document) => {
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, height, 6).lineWidth(0.8).stroke(INK.line);
    document.rect(PAGE.left, pen.y + 10, 3, height - 20).fill(INK.accent);
  });
  let y = pen.y + 12;
  const x = PAGE.left + 18;
  if (visit !== undefined) y += pen.writeBoth('H2', W.visit, { x, y }, title) + 4;
  for (const [index, line] of lines.entries()) {
    pen.writeBoth('P', line.words, { x, y }, line.style);
    y += bodies[index] ?? 0;
  }
  pen.y += height + 12;
}

const QR_SIZE = 78;
const FOOT_HEIGHT = 50 + 14 + QR_SIZE;

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
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, 50, 6).fill(INK.warnTint);
  });
  const at = { x: PAGE.left + 14, y: pen.y + 6 };
  at.y += pen.write('P', W.fraudTitle.id, at, { size: 10, strong: true, color: INK.warn, width });
  at.y += pen.write('P', W.fraud.id, at, { size: 9, color: INK.warn, width });
  pen.write('P', `${W.fraudTitle.en} ${W.fraud.en}`, at, { size: 7.5, color: INK.warn, width, lang: 'en' });
  pen.y += 50 + 14;
}

function centred(size: number, more: Partial<TextStyle> = {}): TextStyle {
  return { size, align: 'center', ...more };
}

function bothTimes(format: (language: 'id' | 'en') => string): Words {
  return { id: format('id'), en: format('en') };
}
