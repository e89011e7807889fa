import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runKeysRotate } from '../../src/cli/keys.ts';
import { backupStore, restoreStore } from '../../src/store/backup.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { type Env, loket, spawnService } from '../e2e/service-process.ts';
import { openWhole, sealWhole } from '../store/whole.ts';
import { memoryIo } from './memory-io.ts';

const OLD = new Uint8Array(32).fill(1);
const NEW = new Uint8Array(32).fill(2);
const OWNERS = Array.from({ length: 1200 }, (_, i) => `owner-${i}`);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'loket-keys-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function withStore<T>(
  keys: { masterKey: Uint8Array; masterKeyAlso?: Uint8Array },
  work: (store: Store) => Promise<T>,
  dataDir = join(dir, 'data'),
): Promise<T> {
  const store = await openStore({ dataDir, ...keys });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What the old key knows: a sealed line of each owner, and a look-up hash. */
function fill() {
  return withStore({ masterKey: OLD }, async ({ sealer }) => {
    const sealed = await Promise.all(
      OWNERS.map((owner) => sealWhole(sealer, owner, Buffer.from(`of ${owner}`))),
    );
    return { sealed, hash: sealer.hash('nik', '6408') };
  });
}

async function readAll({ sealer }: Store, sealed: Uint8Array[]): Promise<string[]> {
  const opened = await Promise.all(sealed.map((one, at) => openWhole(sealer, OWNERS[at] ?? '', one)));
  return opened.map(String);
}

const EVERYTHING = OWNERS.map((owner) => `of ${owner}`);

describe('loket keys rotate', () => {
  it('makes everything open with the new key alone, and nothing with the old one', async () => {
    const { sealed, hash } = await fill();
    const io = memoryIo();
    await withStore({ masterKey: NEW, masterKeyAlso: OLD }, (store) => runKeysRotate(store, io));
    expect(io.out()).toBe(`{"rewrapped":${OWNERS.length}}\n`);
    await withStore({ masterKey: NEW }, async (store) => {
      expect(await readAll(store, sealed)).toEqual(EVERYTHING);
      expect(store.sealer.hash('nik', '6408')).toBe(hash);
    });
    await expect(openStore({ dataDir: join(dir, 'data'), masterKey: OLD })).rejects.toThrow(/KEY_WRONG/);
  });

  it('locks nobody out before it is run: both keys open everything, whichever seals', async () => {
    const { sealed, hash } = await fill();
    for (const keys of [
      { masterKey: NEW, masterKeyAlso: OLD },
      { masterKey: OLD, masterKeyAlso: NEW },
    ])
      await withStore(keys, async (store) => {
        expect(await readAll(store, sealed)).toEqual(EVERYTHING);
        expect(store.sealer.hash('nik', '6408')).toBe(hash);
      });
    await expect(openStore({ dataDir: join(dir, 'data'), masterKey: NEW })).rejects.toThrow(/KEY_WRONG/);
  });

  it('is run again after it was broken off in the middle, while both keys go on opening everything', async () => {
    const { sealed } = await fill();
    // The third page fails: what was wrapped before stays wrapped anew.
    const db = new DatabaseSync(join(dir, 'data', 'loket.db'));
    const third = db.prepare('SELECT owner FROM keys ORDER BY owner LIMIT 1 OFFSET 1100').get() as {
      owner: string;
    };
    db.exec(`CREATE TRIGGER broken BEFORE UPDATE ON keys WHEN OLD.owner = '${third.owner}'
      BEGIN SELECT RAISE(ABORT, 'power cut'); END`);
    const both = { masterKey: NEW, masterKeyAlso: OLD };
    await withStore(both, async (store) => {
      await expect(store.rewrapKeys()).rejects.toThrow();
      expect(await readAll(store, sealed)).toEqual(EVERYTHING);
    });
    await expect(openStore({ dataDir: join(dir, 'data'), masterKey: NEW })).rejects.toThrow(/KEY_WRONG/);
    db.exec('DROP TRIGGER broken');
    db.close();
    expect(await withStore(both, (store) => store.rewrapKeys())).toBe(200);
    expect(await withStore(both, (store) => store.rewrapKeys())).toBe(0);
    await withStore({ masterKey: NEW }, async (store) => {
      expect(await readAll(store, sealed)).toEqual(EVERYTHING);
    });
  });

  it('leaves copies of before under the old key', async () => {
    const { sealed } = await fill();
    const copy = join(dir, 'before.backup');
    await backupStore({ dataDir: join(dir, 'data'), masterKey: OLD }, copy);
    await withStore({ masterKey: NEW, masterKeyAlso: OLD }, (store) => store.rewrapKeys());
    const restore = (keys: { masterKey: Uint8Array; masterKeyAlso?: Uint8Array }) =>
      restoreStore({ source: copy, dataDir: join(dir, 'restored'), force: true, ...keys });
    await expect(restore({ masterKey: NEW })).rejects.toThrow(/KEY_WRONG/);
    await restore({ masterKey: OLD });
    const both = { masterKey: NEW, masterKeyAlso: OLD };
    await restore(both);
    await withStore(
      both,
      async (store) => {
        expect(await readAll(store, sealed)).toEqual(EVERYTHING);
        expect(await store.rewrapKeys()).toBe(OWNERS.length);
      },
      join(dir, 'restored'),
    );
  });

  it('waits for the service to be stopped, because one with the old key alone would lock itself out', async () => {
    const [old, fresh] = [OLD, NEW].map((key) => Buffer.from(key).toString('base64'));
    const env: Env = { DATA_DIR: join(dir, 'data'), MASTER_KEY: old, LOG_LEVEL: 'error' };
    const service = spawnService(env);
    await service.ready;
    const changed = { ...env, MASTER_KEY: fresh, MASTER_KEY_ALSO: old };
    expect(await loket(['keys', 'rotate'], changed)).toMatchObject({
      code: 1,
      err: expect.stringMatching('TAKEN'),
    });
    expect(await service.stop()).toBe(0);
    expect(await loket(['keys', 'rotate'], changed)).toMatchObject({
      code: 0,
      out: expect.stringMatching('rewrapped'),
    });
  });
});
