/** Too dark, too bright. Thresholds are ours, set on drawn photos (test/documents/intake/quality.test.ts) to refuse too little rather than too much. */
import { type Grey, histogramOf, valueAt } from './grey.ts';

/** The brightest 5 % of a document are its paper. Below this it is as dark as ink is in a good photo. */
const DARKEST_PAPER = 70;
/** The darkest 2 % are its ink, if there is any. Above this ink is as bright as paper is in a good photo. */
const BRIGHTEST_INK = 205;
/** A point without a drawing in it: the sensor was full. */
const BURNT = 252;

export function lightFault(grey: Grey): 'dark' | 'bright' | undefined {
  const counts = histogramOf(grey.data);
  if (valueAt(counts, 0.95) < DARKEST_PAPER) return 'dark';
  if (valueAt(counts, 0.02) > BRIGHTEST_INK) return 'bright';
  return hasGlare(grey) ? 'bright' : undefined;
}

/** Squares of so many points are looked at as one. */
const TILE = 8;
/** Part of the photo that a reflection must cover to hide words. */
const GLARE_SHARE = 0.04;
/** Light falls off softly around a reflection; white paper and white tables end at once. In values, two tiles away. */
const SOFT_FALL = 60;

/**
 * A burnt patch inside the photo with soft edges all around. One that reaches the frame may be a white table, and one with
 * hard edges paper: these are let pass.
 */
function hasGlare(grey: Grey): boolean {
  const tiles = tilesOf(grey);
  const seen = new Uint8Array(tiles.data.length);
  for (const [at, value] of tiles.data.entries()) {
    if (value < BURNT || seen[at]) continue;
    const patch = patchAt(tiles, at, seen);
    if (patch.size < tiles.data.length * GLARE_SHARE || patch.touchesFrame) continue;
    const fall = patch.falls.toSorted((a, b) => a - b)[patch.falls.length >> 1] ?? 255;
    if (fall < SOFT_FALL) return true;
  }
  return false;
}

/** The mean of each tile: words in it keep it from being burnt. */
function tilesOf({ data, width, height }: Grey): Grey {
  const [across, down] = [Math.floor(width / TILE), Math.floor(height / TILE)];
  const tiles = new Uint8Array(across * down);
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      let sum = 0;
      for (let row = 0; row < TILE; row += 1)
        for (let column = 0; column < TILE; column += 1)
          sum += data[(y * TILE + row) * width + x * TILE + column] ?? 0;
      tiles[y * across + x] = sum / (TILE * TILE);
    }
  return { data: tiles, width: across, height: down };
}

/** All burnt tiles that hang together with one; `falls`: how much darker it is two tiles outside of each edge. */
function patchAt(tiles: Grey, start: number, seen: Uint8Array) {
  const { data, width, height } = tiles;
  const open = [start];
  const falls: number[] = [];
  let [size, touchesFrame] = [0, false];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    size += 1;
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) touchesFrame = true;
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const next = at + dx + dy * width;
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      if ((data[next] ?? 0) >= BURNT) {
        if (!seen[next]) open.push(next);
        seen[next] = 1;
      } else falls.push(BURNT - (data[next + dx + dy * width] ?? 0));
    }
  }
  return { size, touchesFrame, falls };
}
