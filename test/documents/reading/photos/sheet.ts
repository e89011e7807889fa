/** A sheet of paper or card to draw on: text as outlines of shipped fonts, so that no font of the machine matters. */
import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';
import { DIGITS, type DigitStyle } from './card-digits.ts';

const require = createRequire(import.meta.url);

const FILES = {
  sans: require.resolve('@fontsource/arimo/files/arimo-latin-400-normal.woff2'),
  'sans-bold': require.resolve('@fontsource/arimo/files/arimo-latin-700-normal.woff2'),
  serif: require.resolve('@fontsource/tinos/files/tinos-latin-400-normal.woff2'),
  'serif-bold': require.resolve('@fontsource/tinos/files/tinos-latin-700-normal.woff2'),
  mono: require.resolve('@fontsource/cousine/files/cousine-latin-400-normal.woff2'),
  typewriter: require.resolve('@fontsource/special-elite/files/special-elite-latin-400-normal.woff2'),
  hand: require.resolve('@fontsource/patrick-hand/files/patrick-hand-latin-400-normal.woff2'),
};
export type FontName = keyof typeof FILES;

export interface TextStyle {
  size: number;
  font?: FontName;
  ink?: string;
  /** Where `x` lies in the line. */
  anchor?: 'start' | 'middle' | 'end';
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Draws a line of text on its baseline; gives where it ends. */
  text(x: number, y: number, text: string, style: TextStyle): number;
  /** Draws a number in the digits of identity cards; `size` is their height. */
  digits(x: number, y: number, digits: string, style: DigitStyle & { size: number }): void;
  line(x1: number, y1: number, x2: number, y2: number, width?: number, ink?: string): void;
  box(x: number, y: number, width: number, height: number, stroke?: number): void;
  /** Any other SVG. */
  raw(svg: string): void;
  svg(): string;
}

export function createSheet(width: number, height: number, paper: string): Sheet {
  const parts: string[] = [`<rect width="${width}" height="${height}" fill="${paper}"/>`];
  return {
    width,
    height,
    text(x, y, text, { size, font = 'sans', ink = '#1c1c20', anchor = 'start' }) {
      const run = outline(font, text, size);
      const left = x - { start: 0, middle: run.width / 2, end: run.width }[anchor];
      parts.push(`<g fill="${ink}" transform="translate(${left.toFixed(2)} ${y.toFixed(2)})">${run.svg}</g>`);
      return left + run.width;
    },
    digits(x, y, digits, { size, drawing, weight, stretch, step }) {
      const scale = `scale(${(size / 10) * stretch} ${size / 10})`;
      const strokes = [...digits].map(
        (digit, index) =>
          `<path d="${DIGITS[drawing][digit] ?? ''}" transform="translate(${x + index * size * step} ${y - size}) ${scale}"/>`,
      );
      parts.push(
        `<g fill="none" stroke="#16161a" stroke-width="${weight}" stroke-linejoin="round" stroke-linecap="round">${strokes.join('')}</g>`,
      );
    },
    line(x1, y1, x2, y2, stroke = 1.5, ink = '#333') {
      parts.push(
        `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${ink}" stroke-width="${stroke}"/>`,
      );
    },
    box(x, y, boxWidth, boxHeight, stroke = 1.5) {
      parts.push(
        `<rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" fill="none" stroke="#333" stroke-width="${stroke}"/>`,
      );
    },
    raw(svg) {
      parts.push(svg);
    },
    svg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`,
  };
}

const fonts = new Map<FontName, Font>();

function outline(name: FontName, text: string, size: number): { svg: string; width: number } {
  const font = fonts.get(name) ?? openSync(FILES[name]);
  fonts.set(name, font);
  const scale = size / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text);
  let pen = 0;
  const paths = glyphs.map((glyph, index) => {
    const at = pen;
    pen += (positions[index]?.xAdvance ?? 0) * scale;
    return `<path d="${glyph.path.toSVG()}" transform="translate(${at.toFixed(2)} 0) scale(${scale} ${-scale})"/>`;
  });
  return { svg: paths.join(''), width: pen };
}
