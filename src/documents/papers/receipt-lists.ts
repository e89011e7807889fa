/** The middle of the receipt: documents we have and still need, and the visit. */
import { formatSlot } from '../../flows/format.ts';
import { bothTimes } from './paper.ts';
import { COLUMN, CONTENT_WIDTH, GAP, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import type { ReceiptFacts } from './receipt-facts.ts';
import { ACTIVITY_WORDS, RECEIPT_WORDS as W, type Words } from './words.ts';

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
