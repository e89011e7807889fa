/**
 * A later revision of a PDF, written behind the first (ISO 32000-1, 7.5.6): the bytes that were there stay as they were.
 * It reads what pdfkit writes (a table of references at the end, one object after the other), which all our papers are.
 */

/** One object of a PDF. */
export interface PdfObject {
  number: number;
  /** All between `obj` and `endobj`. */
  body: string;
}

export interface Revisable {
  /** The number of the next new object. */
  next: number;
  root: number;
  /** What stands between `<<` and `>>` of an object. */
  dictionaryOf(number: number): string;
  /** The PDF with new and changed objects behind it, and `id` (32 hex digits) as the id of this revision. */
  append(objects: readonly PdfObject[], id: string): Buffer;
}

/** Throws Error for a PDF that pdfkit did not write. */
export function revise(pdf: Buffer): Revisable {
  const tableAt = Number(match(pdf.toString('latin1', pdf.length - 64), /startxref\s+(\d+)\s+%%EOF\s*$/));
  const end = pdf.toString('latin1', tableAt);
  const rows = match(end, /^xref\n0 \d+\n([\s\S]*?)trailer/);
  const trailer = match(end, /trailer\n<<\n([\s\S]*?)\n>>\nstartxref/);
  const size = Number(match(trailer, /\/Size (\d+)/));
  const root = Number(match(trailer, /\/Root (\d+) 0 R/));
  const info = match(trailer, /(\/Info \d+ 0 R)/);
  const firstId = match(trailer, /\/ID \[<([0-9a-f]+)>/i);
  return {
    next: size,
    root,
    dictionaryOf(number) {
      const offset = Number(rows.slice(number * 20, number * 20 + 10));
      const object = pdf.toString('latin1', offset, pdf.indexOf('endobj', offset));
      return match(object, new RegExp(`^${number} 0 obj\\s*<<([\\s\\S]*)>>\\s*$`));
    },
    append(objects, id) {
      const { text, offsets } = written(objects, pdf.length + 1);
      const last = Math.max(size, ...objects.map(({ number }) => number + 1));
      const tail = [
        `/Size ${last}\n/Root ${root} 0 R\n${info}`,
        `/ID [<${firstId}> <${id}>]\n/Prev ${tableAt}`,
      ].join('\n');
      const startXref = pdf.length + 1 + text.length;
      const closing = `${tableOf(offsets)}trailer\n<<\n${tail}\n>>\nstartxref\n${startXref}\n%%EOF\n`;
      return Buffer.concat([pdf, Buffer.from(`\n${text}${closing}`, 'latin1')]);
    },
  };
}

function written(objects: readonly PdfObject[], start: number) {
  const offsets = new Map<number, number>();
  let text = '';
  for (const { number, body } of objects) {
    offsets.set(number, start + text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  return { text, offsets };
}

/** A section for each object: shorter code, and as good as runs of them (7.5.4). */
function tableOf(offsets: ReadonlyMap<number, number>): string {
  const sections = [...offsets]
    .toSorted(([one], [other]) => one - other)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  return `xref\n${sections.join('')}`;
}

function match(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined)
    throw new Error(`a PDF that is not of pdfkit's form: ${pattern.source} is not in it`);
  return found;
}
