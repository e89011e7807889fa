/** Connected dark shapes in a picture: letters and digits that stand apart. Pure. */
import type { Grey } from './pixels.ts';
import type { Box } from './prepare.ts';

export type Blob = Box;

/** Darker is part of a shape; stricter than ink, so that blur does not join neighbours. */
const DARK = 150;

/** The shapes' boxes; pieces that lie above each other are one (a stroke that grain has broken). Specks are left out. */
export function findBlobs({ data, width, height }: Grey): Blob[] {
  const seen = new Uint8Array(data.length);
  const boxes: Blob[] = [];
  for (let start = 0; start < data.length; start += 1) {
    if (seen[start] === 1 || (data[start] ?? 255) >= DARK) continue;
    const box = fill(start);
    if (box.height >= 4 && box.width * box.height >= 16) boxes.push(box);
  }
  return joined(boxes);

  function fill(start: number): Blob {
    const stack = [start];
    seen[start] = 1;
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let point = stack.pop(); point !== undefined; point = stack.pop()) {
      const [x, y] = [point % width, Math.floor(point / width)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (let dy = -1; dy <= 1; dy += 1)
        for (let dx = -1; dx <= 1; dx += 1) {
          const [nx, ny] = [x + dx, y + dy];
          const next = ny * width + nx;
          if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] === 1) continue;
          seen[next] = 1;
          if ((data[next] ?? 255) < DARK) stack.push(next);
        }
    }
    return { left, top, width: right - left + 1, height: bottom - top + 1 };
  }
}

/** Boxes above each other, with hardly anything between, become one; the line below does not count. */
function joined(boxes: Blob[]): Blob[] {
  const all: Blob[] = [];
  for (const box of [...boxes].sort((a, b) => a.left - b.left)) {
    const last = all.at(-1);
    if (last !== undefined && belong(last, box)) all[all.length - 1] = around(last, box);
    else all.push(box);
  }
  return all;
}

function belong(a: Blob, b: Blob): boolean {
  const shared = a.left + a.width - b.left;
  const between = Math.max(a.top, b.top) - Math.min(a.top + a.height, b.top + b.height);
  return shared > 0.5 * Math.min(a.width, b.width) && between < 0.25 * Math.max(a.height, b.height);
}

function around(a: Blob, b: Blob): Blob {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  const right = Math.max(a.left + a.width, b.left + b.width);
  return { left, top, width: right - left, height: Math.max(a.top + a.height, b.top + b.height) - top };
}
