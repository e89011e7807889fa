/** The heading of a block of a form. */
import { CONTENT_WIDTH, INK, PAGE, type TextStyle } from '../pen.ts';
import type { Sheet } from './sheet.ts';

const HEIGHT = 17;
const STYLE: TextStyle = { size: 9.5, strong: true, color: INK.accent };

/** Drawn when there is one, and kept on one page with the `height` points that follow. */
export function drawTitle(sheet: Sheet, title: string | undefined, height: number, note?: string): void {
  if (title === undefined) {
    sheet.need(height);
    return;
  }
  const { pen } = sheet;
  sheet.need(HEIGHT + 5 + height);
  pen.ornament((document) => {
    document.rect(PAGE.left, pen.y, CONTENT_WIDTH, HEIGHT).fill(INK.tint);
    document.rect(PAGE.left, pen.y, 3, HEIGHT).fill(INK.accent);
  });
  pen.write('H2', title, { x: PAGE.left + 9, y: pen.y + 2.6 }, STYLE);
  if (note !== undefined) {
    const x = PAGE.left + 9 + pen.widthOf(title, STYLE) + 8;
    const width = PAGE.left + CONTENT_WIDTH - x;
    pen.write('P', `(${note})`, { x, y: pen.y + 3.8 }, { size: 8, color: INK.soft, width });
  }
  pen.y += HEIGHT + 4;
}
