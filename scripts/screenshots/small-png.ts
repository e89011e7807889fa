/** PNG with at most 256 colours: a screenshot of an app becomes a third of its size. */
import { crc32, deflateSync } from 'node:zlib';

/** Colours of one picture. */
const MOST = 256;

/** `pixels`: RGBA, row by row. Picks the most frequent colours of a 5-bit grid and maps the others to the nearest. */
export function encodeSmallPng(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
): Buffer {
  const found = new Map<number, { count: number; red: number; green: number; blue: number }>();
  const keyAt = (at: number) =>
    ((pixels[at] ?? 0) >> 3) * 1024 + ((pixels[at + 1] ?? 0) >> 3) * 32 + ((pixels[at + 2] ?? 0) >> 3);
  for (let at = 0; at < pixels.length; at += 4) {
    const key = keyAt(at);
    const colour = found.get(key) ?? { count: 0, red: 0, green: 0, blue: 0 };
    colour.count += 1;
    colour.red += pixels[at] ?? 0;
    colour.green += pixels[at + 1] ?? 0;
    colour.blue += pixels[at + 2] ?? 0;
    found.set(key, colour);
  }
  const all = [...found].map(([key, { count, red, green, blue }]) => ({
    ...{ key, count, red: red / count, green: green / count, blue: blue / count },
  }));
  const palette = all.toSorted((a, b) => b.count - a.count).slice(0, MOST);
  const index = new Map<number, number>();
  for (const colour of all) {
    let best = 0;
    let least = Infinity;
    for (const [at, { red, green, blue }] of palette.entries()) {
      const far = (colour.red - red) ** 2 + (colour.green - green) ** 2 + (colour.blue - blue) ** 2;
      if (far < least) [least, best] = [far, at];
    }
    index.set(colour.key, best);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = index.get(keyAt((y * width + x) * 4)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, colours from a palette (PNG specification, 11.2.1).
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap(({ red, green, blue }) => [red, green, blue].map(Math.round)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
