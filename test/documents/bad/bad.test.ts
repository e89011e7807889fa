import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { createInspector } from '../../../src/documents/intake/inspection.ts';
import { FILE_REASONS } from '../../../src/flows/vocabulary.ts';
import { describeWith } from '../../services.ts';
import { shoot } from '../photos.ts';
import { heicFrame, jpeg, pdf, png } from '../samples.ts';
import { makeBadFiles } from './make.ts';

/** Megabytes that a bad file may cost for a while, threads and decoders included. */
const CEILING_MB = 600;

/** What the inspector logs: only files that ended a thread. */
const given: string[] = [];
const log = pino({}, { write: (line: string) => void given.push(line) });
const inspector = createInspector({ clamd: undefined, log });
const dir = mkdtempSync(join(tmpdir(), 'loket-bad-'));
afterAll(async () => {
  await inspector.close();
  rmSync(dir, { recursive: true });
});
const rssMb = () => process.memoryUsage.rss() / 1024 ** 2;

/** In a word; `fine` when it is taken. */
async function verdict(bytes: Uint8Array): Promise<string> {
  const found = await inspector.inspect(bytes);
  return found.ok ? 'fine' : found.reason;
}

describe('bad files', async () => {
  const files = await makeBadFiles();
  const beforeMb = rssMb();

  test.each(files)('$name: $reason', async ({ bytes, reason }) => {
    let mostMb = 0;
    const watch = setInterval(() => {
      mostMb = Math.max(mostMb, rssMb());
    }, 5);
    const found = await verdict(bytes);
    clearInterval(watch);
    expect(found).toBe(reason);
    expect(mostMb - beforeMb).toBeLessThan(CEILING_MB);
    expect(await verdict(jpeg())).toBe('fine');
  });

  test('none of them costs a thread', () => expect(given).toEqual([]));

  test('what a photo carried beside its picture is gone', async () => {
    for (const { name, bytes } of files.filter(
      (file) => file.reason === 'fine' && file.name.includes('JPEG'),
    )) {
      const found = await inspector.inspect(bytes);
      if (!found.ok) throw new Error(name);
      const { exif, icc, xmp, comments } = await sharp(found.bytes).metadata();
      expect({ name, exif, icc, xmp, comments }).toEqual({ name });
      expect(Buffer.from(found.bytes).includes('script')).toBe(false);
    }
  });
});

describeWith('qpdf', 'PDFs by another program', () => {
  test.each([
    ['with a password', ['--encrypt', 'user', 'owner', '256', '--'], 'password'],
    [
      'that all may open and nobody print',
      ['--encrypt', '', 'owner', '256', '--print=none', '--'],
      'password',
    ],
    ['with their JavaScript in object streams', ['--object-streams=generate'], 'active'],
  ])('%s are refused', async (_what, options, reason) => {
    const [from, to] = [join(dir, 'in.pdf'), join(dir, 'out.pdf')];
    writeFileSync(from, pdf({ catalog: '/OpenAction<</S/JavaScript/JS(1)>>' }));
    execFileSync('qpdf', [...options, from, to]);
    expect(await verdict(readFileSync(to))).toBe(reason);
  });
});

describeWith('heif-enc', 'HEIC of a phone', () => {
  const makeHeic = async () => {
    const [from, to] = [join(dir, 'in.jpg'), join(dir, 'out.heic')];
    await shoot({ width: 480, height: 640 }).jpeg().toFile(from);
    execFileSync('heif-enc', ['-q', '40', '-o', to, from]);
    return readFileSync(to);
  };

  test.each(['heic', 'mif1', 'MiHE', 'heim', 'msf1'])(
    'is taken when its first brand is %s',
    async (brand) => {
      const bytes = await makeHeic();
      bytes.write(brand, 8, 'latin1');
      const found = await inspector.inspect(bytes);
      if (!found.ok) throw new Error(found.reason);
      expect(found.contentType).toBe('image/jpeg');
      expect(await sharp(found.bytes).metadata()).toMatchObject({ width: 480, height: 640 });
    },
  );

  test('is refused when it is cut, or says that it is huge', async () => {
    const bytes = await makeHeic();
    expect(await verdict(bytes.subarray(0, bytes.length - 2000))).toBe('broken');
    const at = bytes.indexOf('ispe');
    bytes.writeUInt32BE(60_000, at + 8);
    bytes.writeUInt32BE(60_000, at + 12);
    expect(await verdict(bytes)).toBe('size');
  });
});

type Change = [how: string, place: number, length: number, value: number];

describe('any damage to any file', () => {
  test('gives a verdict, and no thread ends', { timeout: 120_000 }, async () => {
    const small = shoot({ width: 400, height: 600 });
    const good = [
      await small.jpeg({ quality: 50 }).toBuffer(),
      await small.png({ palette: true }).toBuffer(),
      await small.webp({ quality: 40 }).toBuffer(),
      pdf({ catalog: '/OpenAction[3 0 R/Fit]', more: ['<</Length 2>>stream\n12\nendstream'] }),
      heicFrame(),
    ];
    const changes = fc.array(
      fc.tuple(
        fc.constantFrom('set', 'cut', 'twice', 'drop'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 255 }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...good), changes, async (bytes, all) => {
        const found = await inspector.inspect(all.reduce(damage, bytes));
        expect(found.ok || FILE_REASONS.includes(found.reason)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(given).toEqual([]);
    expect([await verdict(png()), await verdict(pdf())]).toEqual(['fine', 'fine']);
  });
});

function damage(bytes: Buffer, [how, place, length, value]: Change): Buffer {
  const at = Math.floor(place * bytes.length);
  const [before, part, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  if (how === 'cut') return Buffer.from(before);
  if (how === 'twice') return Buffer.concat([before, part, part, after]);
  if (how === 'drop') return Buffer.concat([before, after]);
  return Buffer.concat([before, Buffer.alloc(part.length, value), after]);
}
