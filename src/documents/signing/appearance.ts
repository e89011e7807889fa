/** How a visible signature looks: a box that says that it was signed, by whom, why and when. */
import { formatDateTime } from '../../flows/format.ts';
import { INK } from '../papers/pen.ts';
import { outline, type Segment, widthOf } from './outlines.ts';

/** What is written into the box. */
export interface SignatureText {
  /** Who signs; absent when we do not know (BSrE knows it by the NIK). */
  name?: string | undefined;
  reason: string;
  at: number;
  timeZone: string;
  /** Whose certificate it is (`Sertifikat elektronik: BSrE, BSSN`). */
  issuer?: string;
}

/** One colour filled into one shape; a later one lies over an earlier one. */
interface Layer {
  color: string;
  segments: Segment[];
}

interface Line {
  text: string;
  font: 'body' | 'strong';
  size: number;
  color: string;
}

const TITLE = { id: 'Ditandatangani secara elektronik', en: 'Signed electronically' };
const LINE_HEIGHT = 1.28;
const PADDING = 7;
const SMALLEST = 4;

/** The same in words: for readers aloud, and for those who search. */
export function wordsOf(text: SignatureText): string {
  return linesOf(text)
    .map((line) => line.text)
    .join('. ');
}

/** The box as operators of a PDF content stream, with the origin at its lower left corner. */
export function drawForPdf(text: SignatureText, box: { width: number; height: number }): string {
  return layersOf(text, box)
    .map(({ color, segments }) => `${rgbOf(color)} rg\n${segments.map(pdfSegment).join('\n')}\nf`)
    .join('\n');
}

/** The box as SVG, for who wants a picture. */
export function drawAsSvg(text: SignatureText, box: { width: number; height: number }): string {
  const paths = layersOf(text, box).map(
    ({ color, segments }) => `<path fill="${color}" d="${segments.map(svgSegment(box.height)).join('')}"/>`,
  );
  const size = `width="${box.width}" height="${box.height}" viewBox="0 0 ${box.width} ${box.height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${paths.join('')}</svg>`;
}

function layersOf(text: SignatureText, { width, height }: { width: number; height: number }): Layer[] {
  const lines = shrink(linesOf(text), { width: width - 2 * PADDING - 3, height: height - PADDING });
  const block = lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
  let y = (height + block) / 2;
  const letters = lines.map(({ text: words, font, size, color }): Layer => {
    y -= size * LINE_HEIGHT;
    return { color, segments: outline(words, { font, size, x: PADDING + 3, y: y + size * 0.3 }) };
  });
  return [
    { color: INK.tint, segments: rectangle(0, 0, width, height) },
    { color: INK.accent, segments: rectangle(0, 0, 3, height) },
    ...letters,
  ];
}

function linesOf({ name, reason, at, timeZone, issuer }: SignatureText): Line[] {
  const small = { font: 'body', size: 7.5, color: INK.text } as const;
  const lines: Line[] = [
    { text: TITLE.id, font: 'strong', size: 9, color: INK.accent },
    { ...small, text: TITLE.en, size: 6.5, color: INK.soft },
    { text: name ?? '', font: 'strong', size: 10, color: INK.text },
    { ...small, text: reason },
    { ...small, text: formatDateTime(at, 'id', timeZone) },
    { ...small, text: issuer ?? '', size: 6.5, color: INK.soft },
  ];
  return lines.filter(({ text }) => text !== '');
}

/** Every line as large as the box allows; what is too long even in small letters ends in dots. */
function shrink(lines: Line[], { width, height }: { width: number; height: number }): Line[] {
  const wanted = lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
  const scale = Math.min(1, height / wanted);
  return lines.map((line) => {
    const size = line.size * scale;
    const fitting = Math.min(size, (size * width) / widthOf(line.text, line.font, size));
    if (fitting >= SMALLEST) return { ...line, size: fitting };
    const kept = Math.floor((line.text.length * fitting) / SMALLEST) - 1;
    return { ...line, size: SMALLEST, text: `${line.text.slice(0, Math.max(1, kept))}…` };
  });
}

function rectangle(x: number, y: number, width: number, height: number): Segment[] {
  return [['m', x, y], ['l', x + width, y], ['l', x + width, y + height], ['l', x, y + height], ['h']];
}

function pdfSegment([operator, ...points]: Segment): string {
  return [...points.map(short), operator].join(' ');
}

/** SVG counts from the top, and calls closing a path `z`. */
function svgSegment(height: number): (segment: Segment) => string {
  return ([operator, ...points]) => {
    if (operator === 'h') return 'z';
    return (
      operator.toUpperCase() + points.map((value, i) => short(i % 2 === 0 ? value : height - value)).join(' ')
    );
  };
}

function rgbOf(color: string): string {
  return [1, 3, 5].map((at) => short(Number.parseInt(color.slice(at, at + 2), 16) / 255)).join(' ');
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
