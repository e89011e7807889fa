/** Tables to fill in: the members of a family, changes of data. */
import type { Block, Column } from '../../../flows/forms/form.ts';
import { CONTENT_WIDTH, INK, PAGE, type TextStyle } from '../pen.ts';
import type { Sheet } from './sheet.ts';
import { drawTitle } from './title.ts';
import { FRAME } from './values.ts';

type Table = Extract<Block, { kind: 'table' }>;

const NUMBER_WIDTH = 22;
const HEAD: TextStyle = { size: 8, strong: true, align: 'center' };
const CELL: TextStyle = { size: 8.5, strong: true };
const ROW_HEIGHT = 17;
const PADDING = 3;

interface Cell {
  x: number;
  width: number;
  text: string;
}

/** The table with its header and numbered rows; a row is as high as its longest text needs. */
export function drawTable(sheet: Sheet, table: Table): void {
  const cells = placed(table.columns);
  drawTitle(sheet, table.title, 3 * ROW_HEIGHT);
  sheet.pen.group('Table', () => {
    const headings = headingsOf(table.columns);
    if (headings.some(({ text }) => text !== '')) drawRow(sheet, 'TH', headings, HEAD);
    drawRow(
      sheet,
      'TH',
      cells.map((cell, at) => ({ ...cell, text: head(table.columns, at) })),
      HEAD,
    );
    for (let row = 1; row <= table.rows; row += 1)
      drawRow(
        sheet,
        'TD',
        cells.map((cell, at) => ({ ...cell, text: at === 0 ? `${row}` : textOf(sheet, table, row, at) })),
        CELL,
      );
  });
  sheet.pen.y += 7;
}

function head(columns: readonly Column[], at: number): string {
  return at === 0 ? 'No' : (columns[at - 1]?.label ?? '');
}

function textOf(sheet: Sheet, table: Table, row: number, at: number): string {
  const value = sheet.values[`${table.id}_${row}_${table.columns[at - 1]?.id}`];
  return typeof value === 'string' ? value : '';
}

/** The number's cell, then one a column. */
function placed(columns: readonly Column[]): Cell[] {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const cells: Cell[] = [{ x: PAGE.left, width: NUMBER_WIDTH, text: '' }];
  for (const { width } of columns) {
    const last = cells.at(-1);
    const x = (last?.x ?? 0) + (last?.width ?? 0);
    cells.push({ x, width: (width / all) * (CONTENT_WIDTH - NUMBER_WIDTH), text: '' });
  }
  return cells;
}

/** Cells over neighbours with the same heading. */
function headingsOf(columns: readonly Column[]): Cell[] {
  const [number, ...cells] = placed(columns);
  const joined: Cell[] = number ? [number] : [];
  for (const [at, cell] of cells.entries()) {
    const text = columns[at]?.heading ?? '';
    const last = joined.at(-1);
    if (last && at > 0 && last.text === text) last.width += cell.width;
    else joined.push({ ...cell, text });
  }
  return joined;
}

function drawRow(sheet: Sheet, tag: 'TH' | 'TD', cells: readonly Cell[], style: TextStyle): void {
  const { pen } = sheet;
  const shrunk = ({ text, width }: Cell): TextStyle => {
    const inner = width - 2 * PADDING;
    const isNarrow = pen.widthOf(text, style) > inner;
    return { ...style, width: inner, size: isNarrow ? 7 : style.size };
  };
  const height = Math.max(
    ROW_HEIGHT,
    ...cells.map((cell) => (cell.text === '' ? 0 : pen.heightOf(cell.text, shrunk(cell)) + 2 * PADDING)),
  );
  sheet.need(height);
  pen.ornament((document) => {
    for (const { x, width } of cells) {
      document.rect(x, pen.y, width, height);
      if (tag === 'TH') document.fillAndStroke(INK.tint, FRAME);
      else document.lineWidth(0.6).stroke(FRAME);
    }
  });
  pen.group('TR', () => {
    for (const cell of cells)
      pen.write(tag, cell.text, { x: cell.x + PADDING, y: pen.y + PADDING }, shrunk(cell));
  });
  pen.y += height;
}
