import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/embedded/database.ts';
import { openKeyring } from '../../src/store/embedded/keyring.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const photo = { bytes: Buffer.from('the bytes of a photo'), contentType: 'image/jpeg', name: 'KTP Siti.jpg' };

describe('the vault', () => {
  test('gives back what was put, with owner, type and name', async () => {
    const stored = await world.vault.put('talk', photo);
    expect(stored).toMatchObject({ contentType: 'image/jpeg', sizeBytes: 20, name: 'KTP Siti.jpg' });
    const found = await world.vault.get(stored.file);
    expect(found).toMatchObject({ owner: 'talk', contentType: 'image/jpeg', name: 'KTP Siti.jpg' });
    expect(Buffer.from(found?.bytes ?? [])).toEqual(photo.bytes);
  });

  test('keeps no second file for the same id, and a new one without', async () => {
    expect((await world.vault.put('talk', { ...photo, id: 'one' })).file).toBe('one');
    await world.vault.put('talk', { ...photo, id: 'one', bytes: Buffer.from('newer') });
    expect(Buffer.from((await world.vault.get('one'))?.bytes ?? []).toString()).toBe('newer');
    const [a, b] = [await world.vault.put('talk', photo), await world.vault.put('talk', photo)];
    expect(a.file).not.toBe(b.file);
  });

  test('leaves neither content nor name readable on the disk', async () => {
    await world.vault.put('talk', photo);
    const all = readdirSync(world.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(all.length).toBeGreaterThan(1);
    for (const bytes of all) expect(bytes.includes('photo') || bytes.includes('Siti')).toBe(false);
  });

  test('has no file that was never put, and none of an erased person', async () => {
    const { file } = await world.vault.put('talk', photo);
    expect(await world.vault.get('nothing')).toBeUndefined();
    expect(await world.vault.get('../../etc/passwd')).toBeUndefined();
    await world.store.eraseOwner('talk');
    expect(await world.vault.get(file)).toBeUndefined();
  });

  test('does not open a file that was put in the place of another', async () => {
    const { file } = await world.vault.put('talk', photo);
    const sealed = await world.store.files.get(file);
    if (sealed === undefined) throw new Error('file missing');
    await world.store.files.put({ ...sealed, id: 'other' });
    await expect(world.vault.get('other')).rejects.toMatchObject({ code: 'KEY_WRONG' });
  });

  test('keeps the files of a case under a key of their own: without it they are gone, and the others are not', async () => {
    const { file } = await world.vault.put('talk', { ...photo, draft: 7 });
    const other = await world.vault.put('talk', photo);
    expect(await world.vault.get(file)).toMatchObject({ owner: 'talk', draft: 7, name: 'KTP Siti.jpg' });
    expect(await world.vault.get(other.file)).not.toHaveProperty('draft');
    await world.store.eraseOwner('talk:7');
    expect(await world.vault.get(file)).toBeUndefined();
    expect(await world.vault.get(other.file)).toMatchObject({ owner: 'talk' });
  });

  test('tells the hash of the content, and gives it piece by piece to whoever hands it on', async () => {
    const bytes = randomBytes(300_000);
    const { file } = await world.vault.put('talk', { ...photo, bytes });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await world.vault.get(file)).toMatchObject({ sha256 });
    const opened = await world.vault.open(file);
    expect(opened).toMatchObject({ owner: 'talk', sizeBytes: 300_000, name: 'KTP Siti.jpg' });
    const pieces = await Array.fromAsync(opened?.pieces ?? []);
    expect(pieces.length).toBeGreaterThan(3);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect(await world.vault.open('nothing')).toBeUndefined();
  });

  test('names the file that is damaged, and never gives it for whole', async () => {
    const { file } = await world.vault.put('talk', { ...photo, bytes: randomBytes(300_000) });
    const path = join(world.dataDir, 'files', file.slice(0, 2), file);
    const sealed = readFileSync(path);
    writeFileSync(path, sealed.subarray(0, 40 + 2 * (64 * 1024 + 16)));
    const damaged = { code: 'KEY_WRONG', message: expect.stringContaining(file) };
    await expect(world.vault.get(file)).rejects.toMatchObject(damaged);
    const opened = await world.vault.open(file);
    await expect(Array.fromAsync(opened?.pieces ?? [])).rejects.toMatchObject(damaged);
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    writeFileSync(path, sealed);
    await expect(world.vault.get(file)).rejects.toMatchObject(damaged);
  });

  test('opens what a program of before has kept', async () => {
    await world.vault.put('talk', photo);
    const db = openDatabase(world.dataDir);
    const keyring = openKeyring(db, { masterKey: Buffer.alloc(32, 7) });
    const head = Buffer.from(JSON.stringify({ id: 'old', name: 'KK.jpg' }));
    const clear = Buffer.concat([Buffer.of(0, 0, 0, head.length), head, Buffer.from('old bytes')]);
    const sealed = [keyring.seal('talk', 'bytes', '', clear)];
    db.close();
    await world.store.files.put({
      id: 'old',
      owner: 'talk',
      contentType: 'image/jpeg',
      sizeBytes: 9,
      at: 1,
      sealed,
    });
    const found = await world.vault.get('old');
    expect(found).toMatchObject({
      name: 'KK.jpg',
      sha256: createHash('sha256').update('old bytes').digest('hex'),
    });
    expect(`${found?.bytes}`).toBe('old bytes');
  });
});
