/** Drawing with structure: every text lands in the tag tree (PDF 1.7, 14.8), every ornament is an artifact. */
import { printable, registerFonts } from './fonts.ts';
import type { Words } from './words.ts';

/** Measures in points (1/72 inch), A4 upright. */
export const PAGE = { width: 595.28, height: 841.89, left: 56, right: 56, top: 38, bottom: 36 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;

/** Two columns and the space between them. */
export const GAP = 24;
export const COLUMN = (CONTENT_WIDTH - GAP) / 2;

export const INK = {
  text: '#1a2330',
  soft: '#5b6775',
  line: '#c5ced8',
  tint: '#eef3f7',
  accent: '#0f3d63',
  warn: '#7a3b00',
  warnTint: '#fdf4e7',
} as const;

export interface TextStyle {
  size: number;
  strong?: boolean;
  color?: string;
  width?: number;
  align?: 'left' | 'center' | 'right';
  lineGap?: number;
  characterSpacing?: number;
  lang?: 'id-ID' | 'en';
}

export interface Pen {
  document: PDFKit.PDFDocument;
  /** Where the next thing begins, from the top of the page. */
  y: number;
  /** Pages so far. */
  readonly pages: number;
  /** What is drawn inside becomes one element of the tag tree: a list (`L`), its items (`LI`), a section (`Sect`). */
  group(tag: string, draw: () => void): void;
  /** Draws what carries no meaning: lines, tints, ticks. */
  ornament(draw: (document: PDFKit.PDFDocument) => void): void;
  /** Writes a text as one element of the tag tree; returns its height. */
  write(tag: string, text: string, at: { x: number; y: number }, style: TextStyle): number;
  /** Both languages, English small beneath (once when they are the same); returns the height of both. */
  writeBoth(tag: string, words: Words, at: { x: number; y: number }, style: TextStyle): number;
  /** English to the right when both fit on one line, else beneath; returns the height. */
  writeAside(tag: string, words: Words, at: { x: number; y: number }, style: TextStyle): number;
  heightOf(text: string, style: TextStyle): number;
  /** How wide it is on one line. */
  widthOf(text: string, style: TextStyle): number;
  heightOfBoth(words: Words, style: TextStyle): number;
  heightOfAside(words: Words, style: TextStyle): number;
  /** A picture with its meaning in words. */
  figure(alt: string, draw: (document: PDFKit.PDFDocument) => void): void;
  /** Begins a new page when less than `height` is left above `floor`. */
  need(height: number, floor?: number): void;
}

/** Takes a document in hand. It must be tagged and have its first page. */
export function createPen(document: PDFKit.PDFDocument): Pen {
  registerFonts(document);
  const root = document.struct('Document');
  document.addStructure(root);
  let parent = root;
  const pen: Pen = {
    document,
    y: PAGE.top,
    get pages() {
      return document.bufferedPageRange().start + 1;
    },
    group: (tag, draw) => {
      const outer = parent;
      parent = document.struct(tag);
      outer.add(parent);
      draw();
      parent = outer;
    },
    ornament: (draw) => {
      document.markContent('Artifact', { type: 'Layout' });
      document.save();
      draw(document);
      document.restore();
      document.endMarkedContent();
    },
    write: (tag, text, { x, y }, style) => {
      const height = pen.heightOf(text, style);
      const lang = style.lang === undefined ? {} : { lang: style.lang };
      parent.add(document.struct(tag, lang, [() => ink(document, text, { x, y }, style)]));
      return height;
    },
    writeBoth: (tag, words, { x, y }, style) => {
      const first = pen.write(tag, words.id, { x, y }, style);
      if (words.en === words.id) return first;
      return first + pen.write('P', words.en, { x, y: y + first }, english(style));
    },
    writeAside: (tag, words, { x, y }, style) => {
      const start = asideStart(document, words, style);
      if (start === undefined) return pen.writeBoth(tag, words, { x, y }, style);
      const { width: _width, ...aside } = english(style);
      const height = pen.write(tag, words.id, { x, y }, style);
      pen.write('P', words.en, { x: x + start, y: y + (style.size - aside.size) * 0.9 }, aside);
      return height;
    },
    heightOf: (text, style) => {
      select(document, style);
      return document.heightOfString(printable(text), layout(style));
    },
    widthOf: (text, style) => {
      select(document, style);
      return document.widthOfString(printable(text));
    },
    heightOfBoth: (words, style) => {
      const first = pen.heightOf(words.id, style);
      return words.en === words.id ? first : first + pen.heightOf(words.en, english(style));
    },
    heightOfAside: (words, style) => {
      const isAside = asideStart(document, words, style) !== undefined;
      return isAside ? pen.heightOf(words.id, style) : pen.heightOfBoth(words, style);
    },
    figure: (alt, draw) => {
      parent.add(document.struct('Figure', { alt }, [() => draw(document)]));
    },
    need: (height, floor = PAGE.height - PAGE.bottom) => {
      if (pen.y + height <= floor) return;
      document.addPage();
      pen.y = PAGE.top;
    },
  };
  return pen;
}

function ink(
  document: PDFKit.PDFDocument,
  text: string,
  at: { x: number; y: number },
  style: TextStyle,
): void {
  select(document, style);
  document.fillColor(style.color ?? INK.text).text(printable(text), at.x, at.y, layout(style));
}

function select(document: PDFKit.PDFDocument, style: TextStyle): void {
  document.font(style.strong === true ? 'strong' : 'body').fontSize(style.size);
}

function layout(style: TextStyle): PDFKit.Mixins.TextOptions {
  return {
    width: style.width ?? CONTENT_WIDTH,
    align: style.align ?? 'left',
    lineGap: style.lineGap ?? 0,
    ...(style.characterSpacing === undefined ? {} : { characterSpacing: style.characterSpacing }),
  };
}

/** How far right of the Indonesian the English begins, when both fit on one line. */
function asideStart(document: PDFKit.PDFDocument, words: Words, style: TextStyle): number | undefined {
  if (words.en === words.id) return undefined;
  select(document, style);
  const start = document.widthOfString(words.id) + 7;
  select(document, english(style));
  return start + document.widthOfString(words.en) <= (style.width ?? CONTENT_WIDTH) ? start : undefined;
}

/** Small print. */
function english(style: TextStyle): TextStyle {
  const { strong: _strong, characterSpacing: _spacing, ...rest } = style;
  return { ...rest, size: Math.max(7.5, style.size * 0.78), color: INK.soft, lang: 'en' };
}
