import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealBytes } from '../../src/store/seal.ts';
import { openStream, sealStream } from '../../src/store/seal-stream.ts';
import { openTempStore } from './temp-store.ts';
import { whole } from './whole.ts';

const key = createSecretKey(randomBytes(32));
const [HEAD, FRAME] = [40, 64 * 1024 + 16];
const bound = { bound: 'siti\0bytes\0abcd', boundBefore: 'siti\0bytes\0' };
const seal = (clear: Uint8Array) => whole(sealStream(key, bound.bound, [clear]));
const open = (sealed: Uint8Array, to = bound) => whole(openStream(key, to, [sealed]));
const refused = expect.objectContaining({ code: 'KEY_WRONG' });

/** Lengths where frames begin and end, and others. */
const lengths = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(65_535, 65_536, 65_537, 131_072, 131_073),
  fc.integer({ min: 65_537, max: 200_000 }),
);
const contents = lengths.map((length) => randomBytes(length));
const cuts = fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 6 });

function pieces(bytes: Buffer, sizes: number[]): Buffer[] {
  const parts: Buffer[] = [];
  let rest = bytes;
  for (const size of sizes) {
    parts.push(rest.subarray(0, size));
    rest = rest.subarray(size);
  }
  return [...parts, rest];
}

/** The head and the frames of a sealed form. */
function framesOf(sealed: Buffer): Buffer[] {
  const parts = [sealed.subarray(0, HEAD)];
  for (let at = HEAD; at < sealed.length; at += FRAME) parts.push(sealed.subarray(at, at + FRAME));
  return parts;
}

describe('a sealed stream', () => {
  it('opens to what was sealed, however either is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(contents, cuts, cuts, async (clear, one, other) => {
        const sealed = await whole(sealStream(key, bound.bound, pieces(clear, one)));
        expect(sealed.length).toBe(HEAD + clear.length + 16 * Math.max(1, Math.ceil(clear.length / 65_536)));
        expect((await whole(openStream(key, bound, pieces(sealed, other)))).equals(clear)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when any byte is another, or any of its end is missing, or something follows', async () => {
    await fc.assert(
      fc.asyncProperty(contents, fc.nat(), fc.integer({ min: 1, max: 255 }), async (clear, place, change) => {
        const sealed = await seal(clear);
        const at = place % sealed.length;
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ change;
        await expect(open(changed)).rejects.toEqual(refused);
        await expect(open(sealed.subarray(0, at))).rejects.toEqual(refused);
        await expect(open(Buffer.concat([sealed, Buffer.alloc(change)]))).rejects.toEqual(refused);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused when frames are missing, moved, repeated, or of another file', async () => {
    const [one, other] = await Promise.all([seal(randomBytes(250_000)), seal(randomBytes(250_000))]);
    const [head, a, b, c, d] = framesOf(one) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    const stranger = framesOf(other)[2] ?? a;
    for (const parts of [
      [head, a, b, c],
      [head, a],
      [head],
      [head, b, a, c, d],
      [head, a, a, b, c, d],
      [head, a, stranger, c, d],
      [framesOf(other)[0] ?? head, a, b, c, d],
      [head, d],
    ])
      await expect(open(Buffer.concat(parts))).rejects.toEqual(refused);
    await expect(open(Buffer.concat([head, a, b, c, d]))).resolves.toHaveLength(250_000);
  });

  it('is refused for another owner, file or key', async () => {
    const sealed = await seal(randomBytes(9));
    const [mine, ...others] = ['siti\0bytes\0abcd', 'budi\0bytes\0abcd', 'siti\0bytes\0abce'];
    expect(await open(sealed, { ...bound, bound: mine ?? '' })).toHaveLength(9);
    for (const other of others)
      await expect(open(sealed, { ...bound, bound: other })).rejects.toEqual(refused);
    const strange = openStream(createSecretKey(randomBytes(32)), bound, [sealed]);
    await expect(whole(strange)).rejects.toEqual(refused);
  });

  it('opens what the form before this one sealed', async () => {
    const sealed = sealBytes(key, bound.boundBefore, 'from before');
    expect(`${await open(Buffer.from(sealed))}`).toBe('from before');
    await expect(open(Buffer.from(sealed).subarray(0, 20))).rejects.toEqual(refused);
  });
});

describe('a file far larger than memory should hold', () => {
  it('goes in and comes out in pieces', async () => {
    const store = await openTempStore();
    const [count, piece] = [256, Buffer.alloc(1024 * 1024, 5)];
    let most = 0;
    const look = () => {
      const { arrayBuffers, external } = process.memoryUsage();
      most = Math.max(most, arrayBuffers + external);
    };
    async function* content() {
      for (let i = 0; i < count; i++) {
        look();
        yield piece;
      }
    }
    const facts = { id: 'abcd', owner: 'siti:4', contentType: 'application/pdf', at: 5 };
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    const sealed = store.sealer.seal('siti:4', 'abcd', content());
    await store.files.put({ ...facts, sizeBytes: count * piece.length, sealed });
    let length = 0;
    const stored = (await store.files.get('abcd'))?.sealed ?? [];
    for await (const part of store.sealer.open('siti:4', 'abcd', stored)) {
      length += part.length;
      look();
    }
    expect(length).toBe(count * piece.length);
    expect(most - before).toBeLessThan(128 * 1024 * 1024);
    await store.close();
  }, 60_000);
});
