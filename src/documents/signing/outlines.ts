/** Letters as shapes: what is drawn with them needs no font beside it, in a PDF as in a picture. */
import { type FontName, fontOf } from '../papers/fonts.ts';

/** One step of a shape, in points, from the lower left corner; named as PDF names it (ISO 32000-1, 8.5.2.1). */
export type Segment = [operator: 'm' | 'l' | 'c' | 'h', ...points: number[]];

/** As fontkit lays text out; measures in units of the font. */
interface Font {
  unitsPerEm: number;
  layout(text: string): {
    glyphs: { path: { commands: { command: string; args: number[] }[] } }[];
    positions: { xAdvance: number; xOffset: number; yOffset: number }[];
    advanceWidth: number;
  };
}

/** Points that a line takes. */
export function widthOf(text: string, font: FontName, size: number): number {
  const { unitsPerEm, layout } = parsedFont(font);
  return (layout(text).advanceWidth * size) / unitsPerEm;
}

/** A line whose baseline begins at (`x`, `y`). */
export function outline(
  text: string,
  { font, size, x, y }: { font: FontName; size: number; x: number; y: number },
): Segment[] {
  const { unitsPerEm, layout } = parsedFont(font);
  const run = layout(text);
  const scale = size / unitsPerEm;
  const segments: Segment[] = [];
  let left = x;
  for (const [index, glyph] of run.glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = run.positions[index] ?? {};
    const place = { x: left + xOffset * scale, y: y + yOffset * scale, scale };
    segments.push(...glyphSegments(glyph.path.commands, place));
    left += xAdvance * scale;
  }
  return segments;
}

function parsedFont(name: FontName): Font {
  const font = fontOf(name) as unknown as Font;
  return { unitsPerEm: font.unitsPerEm, layout: (text) => font.layout(text) };
}

function glyphSegments(
  commands: { command: string; args: number[] }[],
  place: { x: number; y: number; scale: number },
): Segment[] {
  let here: [number, number] = [0, 0];
  return commands.map(({ command, args }) => {
    const points = args.map((value, index) => (index % 2 === 0 ? place.x : place.y) + value * place.scale);
    const [a = 0, b = 0, c = 0, d = 0] = points;
    const from = here;
    here = [points.at(-2) ?? here[0], points.at(-1) ?? here[1]];
    if (command === 'moveTo') return ['m', ...points];
    if (command === 'lineTo') return ['l', ...points];
    if (command === 'bezierCurveTo') return ['c', ...points];
    if (command === 'quadraticCurveTo') return ['c', ...cubic(from, [a, b], [c, d])];
    return ['h'];
  });
}

/** The same curve with two control points; PDF knows no other. */
function cubic(from: [number, number], control: [number, number], to: [number, number]): number[] {
  const toward = (end: [number, number]) => [
    end[0] + (2 / 3) * (control[0] - end[0]),
    end[1] + (2 / 3) * (control[1] - end[1]),
  ];
  return [...toward(from), ...toward(to), ...to];
}
