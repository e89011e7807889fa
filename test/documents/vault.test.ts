import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
});
