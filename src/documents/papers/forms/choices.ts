/** Boxes to tick: in a line, in columns, or several fields side by side. */
import type { Block, ChoiceField, Option } from '../../../flows/forms/form.ts';
import { CONTENT_WIDTH, INK, PAGE, type TextStyle } from '../pen.ts';
import type { Sheet } from './sheet.ts';
import { drawTitle } from './title.ts';
import type { Place } from './values.ts';

const BOX = 8.6;
const INDENT = BOX + 5;
const LINE = 12.6;
const GAP = 10;

const label = (width: number): TextStyle => ({ size: 8.5, width });
/** What is ticked is bold: lines leave room for that. */
const BOLD = { ...label(CONTENT_WIDTH), strong: true };

/** How high the options of a field are, one after the other in lines of this width. */
export function heightOfOptions(sheet: Sheet, field: ChoiceField, width: number): number {
  return linesOf(sheet, field.options, width).length * LINE;
}

/** The options of a field, one after the other. */
export function drawOptions(sheet: Sheet, field: ChoiceField, { x, y, width }: Place): void {
  for (const [at, line] of linesOf(sheet, field.options, width).entries()) {
    let left = x;
    for (const option of line) {
      drawOption(sheet, field, option, { x: left, y: y + at * LINE, width });
      left += widthOf(sheet, option);
    }
  }
}

function linesOf(sheet: Sheet, options: readonly Option[], width: number): Option[][] {
  const lines: { options: Option[]; width: number }[] = [];
  for (const option of options) {
    const own = widthOf(sheet, option);
    const last = lines.at(-1);
    if (last && last.width + own - GAP <= width) {
      last.options.push(option);
      last.width += own;
    } else lines.push({ options: [option], width: own });
  }
  return lines.map((line) => line.options);
}

function widthOf(sheet: Sheet, option: Option): number {
  return INDENT + sheet.pen.widthOf(option.label, BOLD) + GAP;
}

function drawOption(sheet: Sheet, field: ChoiceField, option: Option, { x, y, width }: Place): number {
  sheet.pen.ornament((document) => {
    document
      .rect(x, y + 2, BOX, BOX)
      .lineWidth(0.8)
      .stroke(INK.text);
  });
  const style = label(width - INDENT);
  const strong = isTicked(sheet, field, option);
  if (strong) sheet.pen.write('Lbl', '✓', { x: x + 1, y: y - 0.6 }, { size: 10.5, strong: true, width: 12 });
  const at = { x: x + INDENT, y: y + 1 };
  return sheet.pen.write('LBody', option.label, at, { ...style, strong }) + 2;
}

function isTicked(sheet: Sheet, field: ChoiceField, option: Option): boolean {
  return (sheet.values[field.id] ?? []).includes(option.id);
}

/** One field of choices over the whole width, down the columns. */
export function drawTicks(sheet: Sheet, block: Extract<Block, { kind: 'ticks' }>): void {
  const { field, columns, title } = block;
  const rows = Math.ceil(field.options.length / columns);
  const lists = Array.from({ length: columns }, (_, at) => field.options.slice(at * rows, (at + 1) * rows));
  const places = shared(lists.map((list) => naturalWidth(sheet, list)));
  const heights = Array.from({ length: rows }, (_, row) =>
    Math.max(...lists.map((list, at) => heightOf(sheet, field, list[row], places[at]?.width ?? 0))),
  );
  drawTitle(sheet, title, heights[0] ?? 0);
  sheet.pen.group('L', () => {
    for (const [row, height] of heights.entries()) {
      sheet.need(height);
      for (const [at, list] of lists.entries()) {
        const [option, place] = [list[row], places[at]];
        if (option && place)
          sheet.pen.group('LI', () => drawOption(sheet, field, option, { ...place, y: sheet.pen.y }));
      }
      sheet.pen.y += height;
    }
  });
  sheet.pen.y += 5;
}

function heightOf(sheet: Sheet, field: ChoiceField, option: Option | undefined, width: number): number {
  if (!option) return 0;
  const style = { ...label(width - INDENT), strong: isTicked(sheet, field, option) };
  return Math.max(LINE, sheet.pen.heightOf(option.label, style) + 2);
}

const HEADING: TextStyle = { size: 8.5, strong: true };
const HEAD_HEIGHT = 17;
const SPACE = 8;

/** Several fields side by side, each under its own heading. */
export function drawColumns(sheet: Sheet, block: Extract<Block, { kind: 'columns' }>): void {
  const places = shared(
    block.fields.map((field) => naturalWidth(sheet, field.options)),
    block.fields.map((field) => sheet.pen.widthOf(field.label, HEADING) + 14),
  );
  const heights = block.fields.map((field, at) => heightOfColumn(sheet, field, places[at]?.width ?? 0));
  const height = Math.max(...heights);
  drawTitle(sheet, block.title, height);
  for (const [at, field] of block.fields.entries()) {
    const place = places[at];
    if (place) drawColumn(sheet, field, { ...place, y: sheet.pen.y }, height);
  }
  sheet.pen.y += height + 6;
}

function heightOfColumn(sheet: Sheet, field: ChoiceField, width: number): number {
  const heights = field.options.map(
    (option) => heightOf(sheet, field, option, width - 12) + (option.heading === undefined ? 0 : LINE),
  );
  return heights.reduce((sum, height) => sum + height, 0) + HEAD_HEIGHT + 8;
}

/** The width over which its longest option needs no second line. */
function naturalWidth(sheet: Sheet, options: readonly Option[]): number {
  return Math.max(...options.map((option) => widthOf(sheet, option))) + 6;
}

/** Columns side by side over the whole width: each has its least, and the rest is shared by what more they need. */
function shared(needs: readonly number[], least: readonly number[] = []): { x: number; width: number }[] {
  const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
  const more = needs.map((need, at) => Math.max(1, need - (least[at] ?? 0)));
  const share = (CONTENT_WIDTH - SPACE * (needs.length - 1) - sum(least)) / sum(more);
  let x: number = PAGE.left;
  return more.map((need, at) => {
    const place = { x, width: (least[at] ?? 0) + need * share };
    x += place.width + SPACE;
    return place;
  });
}

function drawColumn(sheet: Sheet, field: ChoiceField, { x, y, width }: Place, height: number): void {
  const { pen } = sheet;
  pen.ornament((document) => {
    document.rect(x, y, width, HEAD_HEIGHT).fill(INK.tint);
    document.rect(x, y, width, height).lineWidth(0.7).stroke(INK.line);
  });
  pen.write('H3', field.label, { x: x + 6, y: y + 3 }, { ...HEADING, color: INK.accent, width: width - 8 });
  let top = y + HEAD_HEIGHT + 4;
  for (const option of field.options) {
    if (option.heading !== undefined) {
      pen.write('P', option.heading, { x: x + 6, y: top }, { ...HEADING, width: width - 12 });
      top += LINE;
    }
    drawOption(sheet, field, option, { x: x + 6, y: top, width: width - 12 });
    top += heightOf(sheet, field, option, width - 12);
  }
}
