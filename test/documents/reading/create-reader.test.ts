import { spawnSync } from 'node:child_process';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createReader } from '../../../src/documents/reading/create-reader.ts';
import type { Reader } from '../../../src/documents/reading/reader.ts';
import { planPhotos } from './photos/photos.ts';
import { DEEDS } from './stand-in-worker.ts';

const open: Reader[] = [];
const lines: string[] = [];

function makeReader(options: { limitMs?: number; patienceMs?: number; worker?: URL } = {}): Reader {
  const log = pino({ level: 'debug' }, { write: (line) => lines.push(line) });
  const reader = createReader({
    clock: { now: Date.now },
    timeZone: 'Asia/Makassar',
    log,
    patienceMs: 60_000,
    ...options,
  });
  open.push(reader);
  return reader;
}

afterEach(async () => {
  for (const reader of open.splice(0)) await reader.close();
  lines.length = 0;
});

describe('the reader and its thread', () => {
  const worker = new URL('./stand-in-worker.ts', import.meta.url);
  const photo = (deed: keyof typeof DEEDS) => Uint8Array.of(DEEDS[deed]);

  it('gives nothing for a photo that takes too long, and reads the next', async () => {
    const reader = makeReader({ worker, limitMs: 3_000 });
    expect(await reader.read(photo('hang'), 'ktp')).toEqual([]);
    expect(await reader.read(photo('read'), 'ktp')).toHaveLength(1);
  });

  it('answers without a reading when patience is over, and the thread goes on', async () => {
    const reader = makeReader({ worker, patienceMs: 50, limitMs: 2_000 });
    expect(await reader.read(photo('hang'), 'ktp')).toEqual([]);
    expect(lines.join('')).toBe('');
  });

  it('replaces a thread that has crashed', async () => {
    const reader = makeReader({ worker });
    expect(await reader.read(photo('crash'), 'ktp')).toEqual([]);
    expect(await reader.read(photo('read'), 'ktp')).toHaveLength(1);
  });

  it('never throws for what a photo is, and logs nothing of what was on it', async () => {
    expect(await makeReader({ worker }).read(photo('throw'), 'ktp')).toEqual([]);
    expect(lines.join('')).toContain('TypeError');
    expect(lines.join('')).not.toContain('6408041205909901');
  });

  it('gives nothing at once when two photos wait already', async () => {
    const reader = makeReader({ worker, limitMs: 2_000 });
    const hanging = reader.read(photo('hang'), 'ktp');
    const waiting = Array.from({ length: 2 }, () => reader.read(photo('read'), 'ktp'));
    expect(await Promise.race([reader.read(photo('read'), 'ktp'), hanging.then(() => 'late')])).toEqual([]);
    await reader.close();
    expect((await Promise.all([hanging, ...waiting])).flat()).toEqual([]);
  });

  it('reads nothing any more once it is closed', async () => {
    const reader = makeReader({ worker });
    await reader.close();
    expect(await reader.read(photo('read'), 'ktp')).toEqual([]);
  });
});

describe('photos that are really read', () => {
  /** Everyday care and poor, each kind, two makes of letters: some seconds; `npm run measure:reading` reads them all. */
  const IDS = ['ktp-3', 'ktp-4', 'kk-1', 'surat-lahir-0', 'surat-lahir-3'];

  it('tell all that is asked of cards, family cards and letters, and of no picture nothing', async () => {
    const reader = makeReader({ limitMs: 60_000, patienceMs: 120_000 });
    expect(await reader.read(Buffer.from('not a picture'), 'ktp')).toEqual([]);
    for (const plan of planPhotos().filter(({ id }) => IDS.includes(id))) {
      const { bytes, truth } = await plan.take();
      const readings = await reader.read(bytes, plan.kind);
      expect(Object.fromEntries(readings.map(({ element, value }) => [element, value]))).toEqual(truth);
      for (const { confidence } of readings) expect(confidence >= 0.8 && confidence <= 1).toBe(true);
    }
  }, 300_000);

  it('leave no thread behind that keeps the process alive', () => {
    const { origin, pathname } = new URL('../../../src/documents/reading/create-reader.ts', import.meta.url);
    const script = `
      const { createReader } = await import(${JSON.stringify(`${origin === 'null' ? 'file://' : origin}${pathname}`)});
      const { pino } = await import('pino');
      const reader = createReader({ clock: { now: Date.now }, timeZone: 'Asia/Makassar', log: pino({ level: 'silent' }) });
      await reader.read(Buffer.from('not a picture'), 'ktp');
      await reader.close();
      process.stdout.write('closed');`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 60_000,
      encoding: 'utf8',
    });
    expect([ran.stdout, ran.status]).toEqual(['closed', 0]);
  }, 90_000);
});
