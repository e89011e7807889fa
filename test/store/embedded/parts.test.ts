import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createCheckpointer } from '../../../src/store/embedded/checkpointer.ts';
import { openDatabase } from '../../../src/store/embedded/database.ts';
import { openKeyring } from '../../../src/store/embedded/keyring.ts';
import { migrate } from '../../../src/store/embedded/migrate.ts';
import { createWriter } from '../../../src/store/embedded/writer.ts';
import { openStore } from '../../../src/store/open.ts';
import { seedCommit, seedEntry } from '../../contract/seeds.ts';
import { MASTER_KEY, openTempStore, tempDir } from '../temp-store.ts';

function openMigrated(dataDir: string): ReturnType<typeof openDatabase> {
  const db = openDatabase(dataDir);
  migrate(db, { masterKey: MASTER_KEY });
  return db;
}

describe('the keyring', () => {
  it('forgets a key that was made in a write which was undone', async () => {
    const db = openMigrated(tempDir());
    const keyring = openKeyring(db, { masterKey: MASTER_KEY });
    const writer = createWriter({ db, onRollback: keyring.forget });
    const failed = writer.write(() => {
      keyring.seal('siti', 'entry', 'siti.1.0', 'x');
      throw new RangeError('after the key');
    });
    await expect(failed).rejects.toThrow('after the key');
    expect(keyring.keyOf('siti')).toBeUndefined();

    const sealed = await writer.write(() => keyring.seal('siti', 'entry', 'siti.1.0', 'x'));
    keyring.forget();
    expect(keyring.open('siti', 'entry', 'siti.1.0', sealed).toString()).toBe('x');
    db.close();
  });

  it('opens a text only as the row that it was sealed for', async () => {
    const db = openMigrated(tempDir());
    const keyring = openKeyring(db, { masterKey: MASTER_KEY });
    const writer = createWriter({ db, onRollback: keyring.forget });
    const sealed = await writer.write(() => keyring.seal('siti', 'entry', 'siti.1.0', 'x'));
    expect(() => keyring.open('siti', 'entry', 'siti.1.1', sealed)).toThrow('KEY_WRONG');
    expect(() => keyring.open('siti', 'effect', 'siti.1.0', sealed)).toThrow('KEY_WRONG');
    db.close();
  });
});

describe('the checkpointer', () => {
  it('folds a log that has grown, while writing goes on, so that it does not grow for ever', async () => {
    const dataDir = tempDir();
    const db = openMigrated(dataDir);
    const checkpointer = createCheckpointer(db, dataDir, 100);
    const writer = createWriter({ db, onRollback: () => {}, onGroup: checkpointer.noteGroup });
    const insert = db.prepare('INSERT INTO meta (name, value) VALUES (?, zeroblob(9000))');
    const logPages = () => Number(db.prepare('PRAGMA wal_checkpoint(NOOP)').get()?.log);
    let n = 0;
    await vi.waitFor(
      async () => {
        for (let i = 0; i < 32; i++) await writer.write(() => insert.run(`row ${n++}`));
        // Three pages and more a row: without folding the log would hold all of them.
        expect(logPages()).toBeLessThan(n);
      },
      { timeout: 10_000, interval: 5 },
    );
    writer.close();
    await checkpointer.close();
    expect(logPages()).toBe(0);
    db.close();
  }, 15_000);
});

describe('stored files', () => {
  it('lie in folders by the beginning of their id, and none is left half written', async () => {
    const dataDir = tempDir();
    mkdirSync(join(dataDir, 'files', 'tmp'), { recursive: true });
    writeFileSync(join(dataDir, 'files', 'tmp', 'half'), 'written');
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    const file = { owner: 'siti', contentType: 'image/png', sizeBytes: 1, at: 5, sealed: [Buffer.from('x')] };
    await Promise.all(['abcd', 'abef', 'cdef'].map((id) => store.files.put({ id, ...file })));
    expect(readdirSync(join(dataDir, 'files', 'ab')).toSorted()).toEqual(['abcd', 'abef']);
    expect(readdirSync(join(dataDir, 'files', 'tmp'))).toEqual([]);
    await store.files.delete('abcd');
    expect(existsSync(join(dataDir, 'files', 'ab', 'abcd'))).toBe(false);
    await store.close();
  });
});

describe('ids', () => {
  it('of entries and effects must name their conversation, which look-ups rely on', async () => {
    const store = await openTempStore();
    for (const id of ['budi.1.0', 'siti2.1.0', 'siti']) {
      const commit = seedCommit({}, { entries: [seedEntry({ id })] });
      await expect(store.conversations.commit(commit)).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    }
    await store.close();
  });
});
