/** Blocks that several papers are made of: a framed box of lines, and the marks before the items of a list. */
import { CONTENT_WIDTH, INK, PAGE, type Pen, type TextStyle } from './pen.ts';
import type { Words } from './words.ts';

export interface Line {
  tag: string;
  words: Words;
  style: TextStyle;
}

/** Width of the text inside a box, points. */
export const BOX_WIDTH = CONTENT_WIDTH - 36;

/** Lines in a frame with a bar at its left; never broken by the end of a page. */
export function drawBox(pen: Pen, lines: Line[]): void {
  const heights = lines.map(({ words, style }) => pen.heightOfAside(words, style) + 4);
  const height = heights.reduce((sum, one) => sum + one, 0) + 16;
  pen.need(height);
  pen.ornament((document) => {
    document.roundedRect(PAGE.left, pen.y, CONTENT_WIDTH, height, 6).lineWidth(0.8).stroke(INK.line);
    document.roundedRect(PAGE.left + 7, pen.y + 10, 3, height - 20, 1.5).fill(INK.accent);
  });
  let y = pen.y + 10;
  for (const [index, { tag, words, style }] of lines.entries()) {
    pen.writeAside(tag, words, { x: PAGE.left + 20, y }, style);
    y += heights[index] ?? 0;
  }
  pen.y += height + 4;
}

/** `tick`: we have it. `open`: a box to tick by pen. `dot`: nothing to do. */
export type Mark = 'tick' | 'open' | 'dot';

/** Points from a mark to the text behind it. */
export const MARK_WIDTH = 16;

/** The mark of a line of text that begins at `pen.y`. */
export function drawMark(pen: Pen, x: number, mark: Mark): void {
  const y = pen.y + 2.6;
  pen.ornament((document) => {
    if (mark === 'dot') return void document.circle(x + 4, y + 4.4, 1.7).fill(INK.accent);
    document.roundedRect(x, y, 9, 9, 1.6).lineWidth(0.9).stroke(INK.accent);
    if (mark === 'open') return;
    document
      .moveTo(x + 2, y + 4.7)
      .lineTo(x + 3.9, y + 6.7)
      .lineTo(x + 7.2, y + 2.4);
    document.lineWidth(1.3).stroke(INK.accent);
  });
}

export interface Item {
  words: Words;
  mark: Mark;
  /** Small print beneath. */
  note?: Words | undefined;
}

const HEADING: TextStyle = { size: 12, strong: true, color: INK.accent };
const ITEM: TextStyle = { size: 10.5, width: CONTENT_WIDTH - MARK_WIDTH };
const NOTE: TextStyle = { size: 9, width: CONTENT_WIDTH - MARK_WIDTH, color: INK.soft };

/** A heading with its list over the whole width, broken between items only. */
export function drawList(pen: Pen, title: Words, items: Item[]): void {
  if (items.length === 0) return;
  pen.need(50);
  pen.y += pen.writeAside('H2', title, { x: PAGE.left, y: pen.y }, HEADING) + 4;
  pen.group('L', () => {
    for (const item of items) pen.group('LI', () => drawItem(pen, item));
  });
  pen.y += 8;
}

function drawItem(pen: Pen, { words, mark, note }: Item): void {
  const height = pen.heightOfAside(words, ITEM) + (note ? pen.heightOfAside(note, NOTE) : 0) + 4;
  pen.need(height);
  drawMark(pen, PAGE.left, mark);
  const at = { x: PAGE.left + MARK_WIDTH, y: pen.y };
  at.y += pen.writeAside('LBody', words, at, ITEM);
  if (note) pen.writeAside('P', note, at, NOTE);
  pen.y += height;
}
