/** The typeface of our papers: Source Sans 3 (SIL Open Font License 1.1, fonts/LICENSE). */
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';

const FILES = { body: 'SourceSans3-Regular.ttf', strong: 'SourceSans3-SemiBold.ttf' } as const;
export type FontName = keyof typeof FILES;

/** Parsing takes longer than the whole page, and the parsed font is read only: one for all documents. */
const parsed = new Map<FontName, string>();

/** Makes both weights known to a document, by the names `body` and `strong`. */
export function registerFonts(document: PDFKit.PDFDocument): void {
  for (const name of Object.keys(FILES) as FontName[]) {
    document.registerFont(name, parsed.get(name) ?? parse(name));
  }
}

/**
 * pdfkit takes a parsed font as well as bytes, but neither its types nor its documentation say how to get one, so it is
 * taken from a document that parsed it. If a later version hides it, the bytes do the same, only slower.
 */
function parse(name: FontName): string {
  const bytes = readFileSync(new URL(`./fonts/${FILES[name]}`, import.meta.url));
  const scratch = new PDFDocument({ autoFirstPage: false });
  scratch.font(bytes as unknown as string);
  const inner = scratch as unknown as { _font?: { font?: { layout?: unknown } } };
  const font = (typeof inner._font?.font?.layout === 'function'
    ? inner._font.font
    : bytes) as unknown as string;
  parsed.set(name, font);
  return font;
}
