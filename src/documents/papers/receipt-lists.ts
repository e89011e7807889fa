/** The middle of the receipt: documents we have and still need, and the visit. */
import { formatSlot } from '../../flows/format.ts';
import { BOX_WIDTH, drawBox, drawMark, type Line, MARK_WIDTH } from './blocks.ts';
import { bothTimes } from './paper.ts';
import { COLUMN, GAP, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
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
const ITEM: TextStyle = { size: 10, width: COLUMN - MARK_WIDTH };

function none(words: Words): { items: Words[]; mark: Mark } {
  return { items: [words], mark: 'none' };
}

function drawItem(pen: Pen, x: number, words: Words | undefined, mark: Mark): void {
  if (words === undefined) return;
  if (mark !== 'none') drawMark(pen, x, mark);
  pen.writeAside('P', words, { x: mark === 'none' ? x : x + MARK_WIDTH, y: pen.y }, ITEM);
}

function withPages(label: Words, pages: number): Words {
  if (pages < 2) return label;
  return { id: `${label.id} (${pages} ${W.pages.id})`, en: `${label.en} (${pages} ${W.pages.en})` };
}

/** Where and when to come, or that one need not; and how to ask. */
export function drawVisit(pen: Pen, { visit, office }: ReceiptFacts): void {
  const style: TextStyle = { size: 10.5, width: BOX_WIDTH };
  const blocks: Line[] = [{ tag: 'P', words: W.check, style: { ...style, size: 9.5 } }];
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

function visitTitle(activity: string): Words {
  const what = ACTIVITY_WORDS[activity];
  return what === undefined ? W.visit : { id: `${W.visit.id}: ${what.id}`, en: `${W.visit.en}: ${what.en}` };
}
