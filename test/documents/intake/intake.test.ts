import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIntakeHandler, type FetchRemote } from '../../../src/documents/intake/intake.ts';
import { AppError } from '../../../src/errors.ts';
import type { Json } from '../../../src/json.ts';
import { jpeg, pdf, png, zip } from '../samples.ts';
import { context, effect, openWorld, type World } from '../world.ts';

let world: World;
let remote: Map<string, Uint8Array>;
let fetches: number;
beforeEach(async () => {
  world = await openWorld();
  remote = new Map();
  fetches = 0;
});
afterEach(() => world.close());

const fetchRemote: FetchRemote = async (url) => {
  fetches += 1;
  const bytes = remote.get(url);
  return bytes === undefined ? { gone: true } : { bytes, contentType: 'text/plain' };
};

const run = async (files: Json[], accept: Json = ['image', 'pdf'], fetch = fetchRemote) => {
  const handler = createIntakeHandler({ vault: world.vault, sealer: world.store.sealer, fetchRemote: fetch });
  return (await handler.run(effect('intake', { step: 'kk', files, accept }), context())).result as {
    ok: boolean;
    reason?: string;
    files?: { file: string; contentType: string; sizeBytes: number }[];
  };
};
const fromVault = async (bytes: Uint8Array, contentType = 'image/jpeg', owner = 'talk') => {
  const { file } = await world.vault.put(owner, { bytes, contentType, name: 'KK.jpg' });
  return { source: { kind: 'stored', file }, declaredType: contentType };
};
const fromRemote = (url: string, bytes?: Uint8Array) => {
  if (bytes !== undefined) remote.set(url, bytes);
  return { source: { kind: 'remote', url }, declaredType: 'image/jpeg' };
};

describe('intake', () => {
  test('keeps a good photo where it lies already', async () => {
    const photo = await fromVault(jpeg());
    const result = await run([photo]);
    expect(result).toEqual({
      step: 'kk',
      ok: true,
      files: [
        { file: photo.source.file, contentType: 'image/jpeg', sizeBytes: jpeg().length, name: 'KK.jpg' },
      ],
    });
  });

  test('fetches a remote file into the vault of its conversation, under its true type', async () => {
    const result = await run([fromRemote('https://example/1', pdf())]);
    expect(result).toMatchObject({ ok: true, files: [{ contentType: 'application/pdf' }] });
    const kept = await world.vault.get(result.files?.[0]?.file ?? '');
    expect(kept).toMatchObject({ owner: 'talk', contentType: 'application/pdf' });
  });

  test('run again keeps no second file and asks the provider no more', async () => {
    const files = [fromRemote('https://example/1', jpeg()), fromRemote('https://example/2', png())];
    const first = await run(files);
    remote.clear();
    expect(await run(files)).toEqual(first);
    expect(fetches).toBe(2);
    expect(new Set(first.files?.map(({ file }) => file)).size).toBe(2);
  });

  test('never trusts what was declared', async () => {
    expect(await run([await fromVault(zip(), 'application/pdf')])).toMatchObject({
      ok: false,
      reason: 'type',
    });
    const photo = await fromVault(png(), 'application/pdf');
    const result = await run([photo], ['image']);
    expect(result).toMatchObject({ ok: true, files: [{ contentType: 'image/png' }] });
    expect(await world.vault.get(result.files?.[0]?.file ?? '')).toMatchObject({ contentType: 'image/png' });
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['type', Buffer.from('hello')],
    ['broken', jpeg(900).subarray(0, 500)],
    ['size', jpeg(17 * 1024 * 1024)],
  ])('refuses for the reason %s, and keeps nothing of it', async (reason, bytes) => {
    expect(
      await run([fromRemote('https://example/1', jpeg()), fromRemote('https://example/2', bytes)]),
    ).toEqual({
      step: 'kk',
      ok: false,
      reason,
    });
  });

  test('refuses a kind that the step does not take', async () => {
    expect(await run([await fromVault(pdf())], ['image'])).toMatchObject({ ok: false, reason: 'type' });
    expect(await run([await fromVault(jpeg())], ['pdf'])).toMatchObject({ ok: false, reason: 'type' });
  });

  test('says gone when the file is nowhere, or is somebody else’s', async () => {
    expect(await run([fromRemote('https://example/gone')])).toMatchObject({ ok: false, reason: 'gone' });
    expect(await run([{ source: { kind: 'stored', file: 'no-such' } }])).toMatchObject({ reason: 'gone' });
    const theirs = await fromVault(jpeg(), 'image/jpeg', 'another talk');
    expect(await run([theirs])).toMatchObject({ ok: false, reason: 'gone' });
  });

  test('takes a fetch that was cut at the limit for too large, and passes on other faults', async () => {
    const fail = (code: 'TOO_LARGE' | 'REMOTE_UNAVAILABLE') => async () => {
      throw new AppError(code, { detail: 'stand-in' });
    };
    expect(await run([fromRemote('https://example/1')], ['image'], fail('TOO_LARGE'))).toMatchObject({
      reason: 'size',
    });
    await expect(
      run([fromRemote('https://example/1')], ['image'], fail('REMOTE_UNAVAILABLE')),
    ).rejects.toMatchObject({
      retry: true,
    });
  });
});
