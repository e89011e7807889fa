/** Tables as files for spreadsheets. */

export type Cell = string | number | null;

/** Excel takes a file without it for the old code page, and Indonesian names with accents come out wrong. */
const BYTE_ORDER_MARK = '\uFEFF';
/** OWASP, CSV Injection: a spreadsheet would run what begins like this. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, in UTF-8: fields by commas, lines by CRLF, quotes where they are needed. Null is an empty field. */
export function formatCsv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + [head, ...rows].map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');
}

function formatCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
