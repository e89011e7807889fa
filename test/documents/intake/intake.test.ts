import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIntakeHandler } from '../../../src/documents/intake/intake.ts';
import type { FetchRemote } from '../../../src/documents/intake/look.ts';
import { AppError } from '../../../src/errors.ts';
import type { Reading } from '../../../src/flows/talk.ts';
import type { Json } from '../../../src/json.ts';
import { inspector } from '../inspector.ts';
import { shoot } from '../photos.ts';
import { jpeg, pdf, png, zip } from '../samples.ts';
import { context, effect, openWorld, type World } from '../world.ts';

let world: World;
let remote: Map<string, Uint8Array>;
let fetches: number;
/** What the reader says of each photo, in order. */
let read: Reading[][];
beforeEach(async () => {
  world = await openWorld();
  remote = new Map();
  fetches = 0;
  read = [];
});
afterEach(() => world.close());

const fetchRemote: FetchRemote = async (url) => {
  fetches += 1;
  const bytes = remote.get(url);
  return bytes === undefined ? { gone: true } : { bytes, contentType: 'text/plain' };
};

interface Result {
  ok: boolean;
  reason?: string;
  files?: { file: string; contentType: string; sizeBytes: number; name?: string }[];
  readings?: Reading[];
}

const run = async (files: Json[], more: { [key: string]: Json } = {}, fetch = fetchRemote) => {
  const handler = createIntakeHandler({
    vault: world.vault,
    sealer: world.store.sealer,
    inspector,
    fetchRemote: fetch,
    reader: { read: async () => read.shift() ?? [] },
  });
  const params = { step: 'kk', files, accept: ['image', 'pdf'], ...more };
  return (await handler.run(effect('intake', params), context())).result as unknown as Result;
};
const fromVault = async (bytes: Uint8Array, contentType = 'image/jpeg', owner = 'talk') => {
  const { file } = await world.vault.put(owner, { bytes, contentType, name: 'KK.png' });
  return { source: { kind: 'stored', file }, declaredType: contentType };
};
const fromRemote = (url: string, bytes?: Uint8Array) => {
  if (bytes !== undefined) remote.set(url, bytes);
  return { source: { kind: 'remote', url }, declaredType: 'image/jpeg' };
};

describe('intake', () => {
  test('takes as it is what the upload page has accepted: no second encoding, no second verdict', async () => {
    const { source, declaredType } = await fromVault(jpeg());
    const { files } = await run([{ source: { ...source, inspected: true }, declaredType }]);
    const kept = await world.vault.get(files?.[0]?.file ?? '');
    expect(Buffer.from(kept?.bytes ?? []).equals(jpeg())).toBe(true);
  });

  test('keeps a photo made anew in its case, and not what was sent', async () => {
    const photo = await fromVault(png());
    const result = await run([photo], { draft: 1764 });
    const kept = await world.vault.get(result.files?.[0]?.file ?? '');
    expect(result).toMatchObject({ ok: true, files: [{ contentType: 'image/jpeg', name: 'KK.jpg' }] });
    expect(kept).toMatchObject({ owner: 'talk', draft: 1764, contentType: 'image/jpeg', name: 'KK.jpg' });
    expect(kept?.bytes.byteLength).toBe(result.files?.[0]?.sizeBytes);
    expect(await world.vault.get(photo.source.file)).toBeUndefined();
  });

  test('fetches a remote file into the vault of its conversation, under its true type', async () => {
    const result = await run([fromRemote('https://example/1', pdf())]);
    expect(result).toMatchObject({ ok: true, files: [{ contentType: 'application/pdf' }] });
    const kept = await world.vault.get(result.files?.[0]?.file ?? '');
    expect(kept).toMatchObject({ owner: 'talk', contentType: 'application/pdf' });
    expect(Buffer.from(kept?.bytes ?? []).equals(pdf())).toBe(true);
  });

  test('run again keeps no second file, asks the provider no more, and misses no original', async () => {
    const files = [
      fromRemote('https://example/1', jpeg()),
      fromRemote('https://example/2', jpeg(0, 1)),
      await fromVault(jpeg(0, 2)),
      await fromVault(jpeg(10, 2)),
    ];
    const first = await run(files);
    remote.clear();
    expect(await run(files)).toEqual(first);
    expect(fetches).toBe(2);
    expect(new Set(first.files?.map(({ file }) => file)).size).toBe(3);
  });

  test('counts the same photo twice in one answer as one page, whatever a phone has appended', async () => {
    const twice = [await fromVault(jpeg()), await fromVault(jpeg(3000)), await fromVault(jpeg(0, 1))];
    expect((await run(twice)).files).toHaveLength(2);
  });

  test('never trusts what was declared', async () => {
    expect(await run([await fromVault(zip(), 'application/pdf')])).toMatchObject({
      ok: false,
      reason: 'type',
    });
    const photo = await fromVault(png(), 'application/pdf');
    expect(await run([photo], { accept: ['image'] })).toMatchObject({ ok: true });
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['type', Buffer.from('hello')],
    ['broken', jpeg().subarray(0, 5000)],
    ['size', jpeg(17 * 1024 * 1024)],
    ['active', pdf({ catalog: '/OpenAction<</S/JavaScript/JS(1)>>' })],
  ])(
    'refuses an album for the reason %s of its second page, and keeps nothing of it',
    async (reason, bytes) => {
      const files = [fromRemote('https://example/1', jpeg()), fromRemote('https://example/2', bytes)];
      expect(await run(files)).toEqual({ step: 'kk', ok: false, reason, page: 2, of: 2 });
      remote.delete('https://example/1');
      expect(await run(files)).toMatchObject({ reason: 'gone', page: 1 });
    },
  );

  test('refuses a photo that nobody could read, and names no page of one', async () => {
    const blurred = await shoot({ blur: 9 }).jpeg().toBuffer();
    expect(await run([await fromVault(blurred)])).toEqual({ step: 'kk', ok: false, reason: 'blurred' });
  });

  test('refuses a kind that the step does not take', async () => {
    expect(await run([await fromVault(pdf())], { accept: ['image'] })).toMatchObject({ reason: 'type' });
    expect(await run([await fromVault(jpeg())], { accept: ['pdf'] })).toMatchObject({ reason: 'type' });
  });

  test('tells of each element the most certain reading of all photos, and nothing of a PDF', async () => {
    const reading = (element: string, value: string, confidence: number) => ({ element, value, confidence });
    read = [
      [reading('kk', '1', 0.6), reading('head-name', 'ANI', 0.9)],
      [reading('kk', '2', 0.8)],
      [reading('kk', '3', 1)],
    ];
    const files = [await fromVault(jpeg()), await fromVault(pdf()), await fromVault(jpeg(0, 1))];
    const { readings } = await run(files, { reads: 'kk' });
    expect(readings).toEqual([reading('kk', '2', 0.8), reading('head-name', 'ANI', 0.9)]);
    expect(await run([await fromVault(jpeg(0, 2))])).not.toHaveProperty('readings');
  });

  test('says gone when the file is nowhere, or is somebody else’s', async () => {
    expect(await run([fromRemote('https://example/gone')])).toMatchObject({ ok: false, reason: 'gone' });
    expect(await run([{ source: { kind: 'stored', file: 'no-such' } }])).toMatchObject({ reason: 'gone' });
    const theirs = await fromVault(jpeg(), 'image/jpeg', 'another talk');
    expect(await run([theirs])).toMatchObject({ ok: false, reason: 'gone' });
    expect(await world.vault.get(theirs.source.file)).toMatchObject({ owner: 'another talk' });
  });

  test('takes a fetch that was cut at the limit for too large, and passes on other faults', async () => {
    const fail = (code: 'TOO_LARGE' | 'REMOTE_UNAVAILABLE') => async () => {
      throw new AppError(code, { detail: 'stand-in' });
    };
    const files = [fromRemote('https://example/1')];
    expect(await run(files, {}, fail('TOO_LARGE'))).toMatchObject({ reason: 'size' });
    await expect(run(files, {}, fail('REMOTE_UNAVAILABLE'))).rejects.toMatchObject({ retry: true });
  });
});
