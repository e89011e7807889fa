/** The lines of a form: a label, and the value in boxes, in a frame or on a dotted line. */

import { weekdayName } from '../../../flows/format.ts';
import type { Block, Field } from '../../../flows/forms/form.ts';
import { CONTENT_WIDTH, INK, PAGE, type TextStyle } from '../pen.ts';
import { drawOptions, heightOfOptions } from './choices.ts';
import { FORM_WORDS as W } from './form-words.ts';
import type { Sheet } from './sheet.ts';
import { drawTitle } from './title.ts';
import { drawBoxes, drawHint, drawText, heightOfText, type Place } from './values.ts';

const LABEL_WIDTH = 164;
const HALF = (CONTENT_WIDTH - 16) / 2;
const LABEL: TextStyle = { size: 9 };
const LINE_GAP = 1.6;
/** A block with no more lines than these is not parted by the end of a page. */
const TOGETHER = 7;

/** A block of lines. */
export function drawFields(sheet: Sheet, block: Extract<Block, { kind: 'fields' }>): void {
  const lines = linesOf(block.fields);
  const heights = lines.map((line) => heightOfLine(sheet, line) + LINE_GAP);
  const together = heights.length > TOGETHER ? heights.slice(0, 2) : heights;
  drawTitle(
    sheet,
    block.title,
    together.reduce((sum, height) => sum + height, 0),
    block.note,
  );
  sheet.pen.group('L', () => {
    for (const [row, line] of lines.entries()) {
      const height = heights[row] ?? 0;
      sheet.need(height);
      for (const [at, field] of line.entries())
        sheet.pen.group('LI', () => drawField(sheet, field, areaOf(line, at, sheet.pen.y)));
      sheet.pen.y += height;
    }
  });
  sheet.pen.y += 2.5;
}

/** Halves stand two in a line. */
function linesOf(fields: readonly Field[]): Field[][] {
  const lines: Field[][] = [];
  for (const field of fields) {
    const last = lines.at(-1);
    if (field.half && last?.length === 1 && last[0]?.half) last.push(field);
    else lines.push([field]);
  }
  return lines;
}

function areaOf(line: readonly Field[], at: number, y: number): Place {
  const isHalf = line[at]?.half === true;
  return { x: PAGE.left + at * (HALF + 16), y, width: isHalf ? HALF : CONTENT_WIDTH };
}

/** What is left of a line beside its label. */
function valueArea(field: Field, { x, y, width }: Place): Place {
  const label = field.half ? 84 : LABEL_WIDTH;
  const left = width - label - 12;
  // What has a unit is a number.
  const isNumber = field.kind === 'text' && field.unit !== undefined;
  return { x: x + label + 12, y, width: isNumber ? Math.min(60, left) : left };
}

function heightOfLine(sheet: Sheet, line: readonly Field[]): number {
  return Math.max(...line.map((field, at) => heightOfField(sheet, field, areaOf(line, at, 0))));
}

function heightOfField(sheet: Sheet, field: Field, area: Place): number {
  const value = valueArea(field, area);
  const label = sheet.pen.heightOf(field.label, { ...LABEL, width: value.x - area.x - 12 }) + 2;
  if (field.kind === 'choice') return Math.max(label, heightOfOptions(sheet, field, value.width));
  return Math.max(label, heightOfText(sheet, textOf(sheet, field), value.width));
}

function drawField(sheet: Sheet, field: Field, area: Place): void {
  const place = valueArea(field, area);
  const width = place.x - area.x - 12;
  sheet.pen.write('Lbl', field.label, { x: area.x, y: area.y + 1.2 }, { ...LABEL, width });
  sheet.pen.ornament((document) => {
    for (const dot of [6, 10.5]) document.circle(place.x - 7, area.y + dot, 0.7).fill(INK.text);
  });
  drawValue(sheet, field, place);
}

function drawValue(sheet: Sheet, field: Field, place: Place): void {
  const text = textOf(sheet, field);
  switch (field.kind) {
    case 'choice':
      drawOptions(sheet, field, place);
      break;
    case 'digits':
      drawBoxes(sheet, [field.length], [text], place);
      break;
    case 'time':
      drawBoxes(sheet, [2, 2], text.split(/[:.]/), place);
      break;
    case 'date':
      drawDate(sheet, text, field.weekday === true, place);
      break;
    case 'text':
      drawText(sheet, 'LBody', text, place);
      if (field.unit !== undefined)
        drawHint(sheet, field.unit, { x: place.x + place.width + 5, y: place.y, width: 20 });
  }
}

function drawDate(sheet: Sheet, text: string, weekday: boolean, place: Place): void {
  const [year = '', month = '', day = ''] = text.split('-');
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const shift = weekday ? 62 : 0;
  if (weekday) {
    const name = isDate ? weekdayName(Temporal.PlainDate.from(text).dayOfWeek, 'id') : '';
    drawText(sheet, 'LBody', name, { ...place, width: shift - 8 });
  }
  const boxes = { x: place.x + shift, y: place.y, width: place.width - shift };
  const width = drawBoxes(sheet, [2, 2, 4], isDate ? [day, month, year] : [text], boxes);
  if (text === '')
    drawHint(sheet, W.dateHint.id, { x: boxes.x + width + 8, y: place.y, width: boxes.width - width - 8 });
}

function textOf(sheet: Sheet, field: Field): string {
  const value = sheet.values[field.id] ?? '';
  return typeof value === 'string' ? value : '';
}
