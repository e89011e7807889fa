/** How a value is written: on a line, in a frame, in boxes. All measures in points. */
import { INK, type TextStyle } from '../pen.ts';
import type { Sheet } from './sheet.ts';

/** Where a value goes. */
export interface Place {
  x: number;
  y: number;
  width: number;
}

/** How high a line is. */
const LINE_HEIGHT = 15;
/** The colour of frames and boxes. */
export const FRAME = '#8b97a5';
const UNIT = 14.6;
const DIGIT: TextStyle = { size: 10.5, strong: true };

/** The size in which the text fits the width: smaller letters first, then more lines. */
export function fitted(sheet: Sheet, text: string, width: number): { style: TextStyle; height: number } {
  const sizes = [10, 9, 8].map((size): TextStyle => ({ size, strong: true, width }));
  const style = sizes.find((one) => sheet.pen.widthOf(text, one) <= width) ?? { ...DIGIT, size: 8, width };
  return { style, height: sheet.pen.heightOf(text, style) };
}

/** How high a line with this text is. */
export function heightOfText(sheet: Sheet, text: string, width: number): number {
  return Math.max(LINE_HEIGHT, fitted(sheet, text, width - 8).height + 2);
}

/** A text in a frame, or on a dotted line in a statement; empty, to be written by pen. */
export function drawText(sheet: Sheet, tag: string, text: string, { x, y, width }: Place): void {
  const height = heightOfText(sheet, text, width);
  sheet.pen.ornament((document) => {
    if (sheet.look === 'form') document.rect(x, y, width, height).lineWidth(0.6).stroke(FRAME);
    else
      document
        .moveTo(x, y + height - 1)
        .lineTo(x + width, y + height - 1)
        .lineWidth(0.7)
        .dash(0.8, { space: 2 })
        .stroke(FRAME);
  });
  if (text === '') return;
  const { style, height: inner } = fitted(sheet, text, width - 8);
  sheet.pen.write(tag, text, { x: x + 4, y: y + (height - inner) / 2 }, style);
}

/**
 * Boxes for characters, in groups (`[2, 2, 4]` for a date); `parts` fill them from the left. What does not fit into the boxes
 * is written as a text. Returns the width taken.
 */
export function drawBoxes(
  sheet: Sheet,
  groups: readonly number[],
  parts: readonly string[],
  place: Place,
): number {
  const spacing = UNIT - sheet.pen.widthOf('0', DIGIT);
  const gap = sheet.pen.widthOf(' ', DIGIT) + spacing;
  const starts = groups.map((_, at) => groups.slice(0, at).reduce((sum, size) => sum + size * UNIT + gap, 0));
  const width = (starts.at(-1) ?? 0) + (groups.at(-1) ?? 0) * UNIT;
  if (parts.some((part, at) => !/^\d*$/.test(part) || part.length > (groups[at] ?? 0))) {
    drawText(sheet, 'LBody', parts.join(' '), place);
    return place.width;
  }
  sheet.pen.ornament((document) => {
    for (const [at, size] of groups.entries())
      for (let box = 0; box < size; box += 1)
        document.rect(place.x + (starts[at] ?? 0) + box * UNIT, place.y, UNIT, LINE_HEIGHT);
    document.lineWidth(0.6).stroke(FRAME);
  });
  // One run of text, spread over the boxes: whoever has it read aloud or copies it gets the number whole.
  const text = parts.join(' ').trim();
  if (text !== '')
    sheet.pen.write(
      'LBody',
      text,
      { x: place.x + spacing / 2, y: place.y + 0.6 },
      { ...DIGIT, characterSpacing: spacing, width: width + 3 * UNIT },
    );
  return width;
}

/** A small remark beside boxes. */
export function drawHint(sheet: Sheet, text: string, { x, y, width }: Place): void {
  sheet.pen.write('P', text, { x, y: y + 3 }, { size: 7.5, color: INK.soft, width });
}
