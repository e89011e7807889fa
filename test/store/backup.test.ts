import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { createClock } from '../../src/clock.ts';
import { createVault } from '../../src/documents/vault.ts';
import { createIds } from '../../src/ids.ts';
import { backupStore, restoreStore } from '../../src/store/backup.ts';
import { openKeyring } from '../../src/store/embedded/keyring.ts';
import { MIGRATIONS } from '../../src/store/embedded/schema.ts';
import { openStore } from '../../src/store/open.ts';
import { seedCommit, seedDraft, seedEntry } from '../contract/seeds.ts';

const masterKey = new Uint8Array(32).fill(7);
const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'loket-backup-'));
  folders.push(path);
  return path;
};

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

async function withPhoto(dataDir: string): Promise<string> {
  const store = await openStore({ dataDir, masterKey });
  const vault = createVault({ ...store, ids: createIds(), clock: createClock() });
  const { file } = await vault.put('citizen', {
    bytes: Buffer.from('a photo'),
    contentType: 'image/png',
    name: 'kk.png',
  });
  await store.audit.append({ at: 1, actor: 'cli', action: 'test', subject: 'x', details: {} });
  await store.close();
  return file;
}

async function readPhoto(dataDir: string, file: string): Promise<string | undefined> {
  const store = await openStore({ dataDir, masterKey });
  const vault = createVault({ ...store, ids: createIds(), clock: createClock() });
  const found = await vault.get(file);
  const chain = await store.audit.verify();
  await store.close();
  return chain.ok ? found && Buffer.from(found.bytes).toString() : undefined;
}

describe('backup and restore', () => {
  test('a copy brought back into an empty folder holds the database and the files', async () => {
    const [from, to] = [folder(), folder()];
    const file = await withPhoto(from);
    const copy = join(folder(), 'copy.loket');
    expect(await backupStore({ dataDir: from, masterKey }, copy)).toMatchObject({ files: 1 });
    expect(await restoreStore({ source: copy, dataDir: to, masterKey, force: false })).toMatchObject({
      files: 1,
    });
    expect(await readPhoto(to, file)).toBe('a photo');
  });

  test('a copy can be made while the service works on the data', async () => {
    const from = folder();
    const file = await withPhoto(from);
    const store = await openStore({ dataDir: from, masterKey });
    const copy = join(folder(), 'copy.loket');
    await backupStore({ dataDir: from, masterKey }, copy);
    await store.close();
    const to = folder();
    await restoreStore({ source: copy, dataDir: to, masterKey, force: false });
    expect(await readPhoto(to, file)).toBe('a photo');
  });

  test('data that is there is replaced only when asked to', async () => {
    const [from, to] = [folder(), folder()];
    const file = await withPhoto(from);
    const other = await withPhoto(to);
    const copy = join(folder(), 'copy.loket');
    await backupStore({ dataDir: from, masterKey }, copy);
    const restore = (force: boolean) => restoreStore({ source: copy, dataDir: to, masterKey, force });
    await expect(restore(false)).rejects.toMatchObject({ code: 'TAKEN' });
    expect(await readPhoto(to, other)).toBe('a photo');
    await restore(true);
    expect(await readPhoto(to, file)).toBe('a photo');
    expect(await readPhoto(to, other)).toBeUndefined();
  });

  test('a copy is not brought back with another key, from a file that is none, or under a running service', async () => {
    const from = folder();
    await withPhoto(from);
    const copy = join(folder(), 'copy.loket');
    await backupStore({ dataDir: from, masterKey }, copy);
    const to = folder();
    const wrong = restoreStore({
      source: copy,
      dataDir: to,
      masterKey: new Uint8Array(32).fill(8),
      force: false,
    });
    await expect(wrong).rejects.toMatchObject({ code: 'KEY_WRONG' });
    const text = join(folder(), 'letter.txt');
    writeFileSync(text, 'Dear office, ...');
    await expect(restoreStore({ source: text, dataDir: to, masterKey, force: false })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    const running = await openStore({ dataDir: from, masterKey });
    await expect(restoreStore({ source: copy, dataDir: from, masterKey, force: true })).rejects.toMatchObject(
      { code: 'TAKEN' },
    );
    await running.close();
  });

  test('an existing file is never overwritten, and a folder without data is told', async () => {
    const from = folder();
    await withPhoto(from);
    const copy = join(folder(), 'copy.loket');
    writeFileSync(copy, 'something else');
    await expect(backupStore({ dataDir: from, masterKey }, copy)).rejects.toMatchObject({ code: 'TAKEN' });
    await expect(backupStore({ dataDir: folder(), masterKey }, join(folder(), 'x'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('who was erased while the copy was made is not in it', async () => {
    const from = folder();
    const store = await openStore({ dataDir: from, masterKey });
    for (const id of ['siti', 'budi'])
      await store.conversations.commit(
        seedCommit({ id }, { entries: [seedEntry({ id: `${id}.1.0`, providerId: id })] }),
      );
    await store.close();
    const db = new DatabaseSync(join(from, 'loket.db'));
    db.exec("DELETE FROM keys WHERE owner = 'siti'");
    db.close();
    const [copy, to] = [join(folder(), 'copy.loket'), folder()];
    expect(await backupStore({ dataDir: from, masterKey }, copy)).toMatchObject({ conversations: 1 });
    await restoreStore({ source: copy, dataDir: to, masterKey, force: false });
    const restored = await openStore({ dataDir: to, masterKey });
    expect(await restored.conversations.load('siti')).toBeUndefined();
    expect(await restored.conversations.findSent('siti')).toBeUndefined();
    expect(await restored.conversations.load('budi')).toBeDefined();
    await restored.close();
  });

  test('a copy that an older program made is brought along', async () => {
    const [copy, to] = [join(folder(), 'copy.loket'), folder()];
    const db = new DatabaseSync(copy);
    db.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1;
      CREATE TABLE backup_files (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
      INSERT INTO series (name, last) VALUES ('KL-2611', 41)`);
    const { answers, pin } = seedDraft();
    const body = openKeyring(db, { masterKey }).seal(
      ...(['siti', 'application', 'KL-2611-41', JSON.stringify({ answers, pin })] as const),
    );
    db.prepare(
      `INSERT INTO applications VALUES (1, 'KL-2611-41', 'f', 1, 'siti', 'akta', 'ready', 1, 2, 0, 0, ?)`,
    ).run(body);
    db.exec("INSERT INTO meta (name, value) VALUES ('audit-end', x'00')");
    db.close();
    await restoreStore({ source: copy, dataDir: to, masterKey, force: false });
    const store = await openStore({ dataDir: to, masterKey });
    const { number } = await store.applications.create(seedDraft());
    expect(number).toBe('KL-2611-42');
    const old = { number: 'KL-2611-41', answers, pin, marks: [], verdicts: {}, history: [], untold: [] };
    expect(await store.applications.list({ states: ['ready'], limit: 9 })).toMatchObject([old]);
    await store.close();
  });
});
