/** The typeface of our papers: Source Sans 3 (SIL Open Font License 1.1, fonts/LICENSE). */
import { readFileSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import PDFDocument from 'pdfkit';

const FILES = { body: 'SourceSans3-Regular.ttf', strong: 'SourceSans3-SemiBold.ttf' } as const;
export type FontName = keyof typeof FILES;

/** What pdfkit takes for a font: bytes or a parsed one. Its types know paths only. */
type Source = string;

/** Parsing takes longer than the whole page, and the parsed font is read only: one for all documents. */
const parsed = new Map<FontName, Source>();

/** Makes both weights known to a document, by the names `body` and `strong`. */
export function registerFonts(document: PDFKit.PDFDocument): void {
  for (const name of Object.keys(FILES) as FontName[]) document.registerFont(name, fontOf(name));
}

/** A weight as pdfkit takes it, and as fontkit parsed it: for those who draw letters as shapes. */
export function fontOf(name: FontName): Source {
  const source = parsed.get(name) ?? load(name);
  parsed.set(name, source);
  return source;
}

interface Parsed {
  characterSet: readonly number[];
  glyphForCodePoint(codePoint: number): unknown;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features?: unknown): { positions: object[] };
}

/**
 * The text with a question mark for each character that the typeface does not have (it has every Latin letter): an empty
 * box tells nobody anything, and PDF/A forbids it (ISO 19005-2, 6.2.11.8). Fonts must be registered.
 */
export function printable(text: string): string {
  if (/^[ -~\n]*$/.test(text)) return text;
  const font = parsed.get('body') as unknown as Partial<Parsed> | undefined;
  if (font?.hasGlyphForCodePoint === undefined) return text;
  return Array.from(text, (character) =>
    character === '\n' || font.hasGlyphForCodePoint?.(character.codePointAt(0) ?? 0) ? character : '?',
  ).join('');
}

/**
 * Neither pdfkit's types nor its documentation say how to get a parsed font, so it is taken from a document that parsed it.
 * If a later version hides it, the bytes do the same, only slower.
 */
function load(name: FontName): Source {
  const bytes = readFileSync(new URL(`./fonts/${FILES[name]}`, import.meta.url)) as unknown as Source;
  const scratch = new PDFDocument({ autoFirstPage: false });
  scratch.font(bytes);
  const font = (scratch as unknown as { _font?: { font?: Partial<Parsed> } })._font?.font;
  if (typeof font?.layout !== 'function') return bytes;
  nameGlyphs(font as Parsed);
  return remembering(font as Parsed) as unknown as Source;
}

/**
 * A glyph keeps the character it was first asked for by, and one that was first met as a part of another (the comma in a
 * semicolon or in `’`) has none: on all later papers it would be drawn and could not be copied, searched or read aloud.
 */
function nameGlyphs(font: Parsed): void {
  for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint);
}

/**
 * Shaping words is most of the work, and most words of a receipt are on every receipt. pdfkit scales the positions it is
 * given in place, so each document gets its own.
 */
function remembering(font: Parsed): Parsed {
  const runs = new LRUCache<string, ReturnType<Parsed['layout']>>({ max: 500 });
  const layout: Parsed['layout'] = (text, features) => {
    if (features !== undefined) return font.layout(text, features);
    const run = runs.get(text) ?? font.layout(text);
    runs.set(text, run);
    const positions = run.positions.map((position) => ({ ...position }));
    return Object.create(run, { positions: { value: positions } });
  };
  return Object.create(font, { layout: { value: layout } });
}
