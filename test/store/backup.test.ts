import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createVault } from '../../src/documents/vault.ts';
import { createIds } from '../../src/ids.ts';
import { backupStore, restoreStore } from '../../src/store/backup.ts';
import { openStore } from '../../src/store/open.ts';

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
  const vault = createVault({ files: store.files, sealer: store.sealer, ids: createIds() });
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
  const vault = createVault({ files: store.files, sealer: store.sealer, ids: createIds() });
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
});
