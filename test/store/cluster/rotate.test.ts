import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { describeEachMongo } from '../../each-mongo.ts';
import { openWhole, sealWhole } from '../whole.ts';

const OLD = new Uint8Array(32).fill(1);
const NEW = new Uint8Array(32).fill(2);
/** More than two pages. */
const OWNERS = Array.from({ length: 60 }, (_, i) => `owner-${i}`);

await describeEachMongo('a new master key in MongoDB', (mongo) => {
  it('is taken on beside processes at work: both keys open everything until the end, then the new one does alone', async () => {
    const mongodbUrl = mongo.freshUrl();
    const open = (keys: { masterKey: Uint8Array; masterKeyAlso?: Uint8Array }) =>
      openStore({
        where: { kind: 'cluster', mongodbUrl, redisUrl: undefined },
        dataDir: '/nonexistent',
        ...keys,
      });
    const before = await open({ masterKey: OLD, masterKeyAlso: NEW });
    const hash = before.sealer.hash('nik', '6408');
    const sealed = new Map<string, Uint8Array>();
    for (const owner of OWNERS) sealed.set(owner, await sealWhole(before.sealer, owner, Buffer.from(owner)));
    const after = await open({ masterKey: NEW, masterKeyAlso: OLD });
    await expect(open({ masterKey: NEW })).rejects.toThrow(/KEY_WRONG/);

    expect(await after.rewrapKeys()).toBe(OWNERS.length);
    // One that still wraps by the old key: nothing is locked, and the next run finds it.
    sealed.set('late', await sealWhole(before.sealer, 'late', Buffer.from('late')));
    expect(await after.rewrapKeys()).toBe(1);
    expect(await after.rewrapKeys()).toBe(0);

    const alone = await open({ masterKey: NEW });
    for (const store of [before, alone]) {
      expect(store.sealer.hash('nik', '6408')).toBe(hash);
      for (const [owner, bytes] of sealed)
        expect(String(await openWhole(store.sealer, owner, bytes))).toBe(owner);
    }
    await expect(open({ masterKey: OLD })).rejects.toThrow(/KEY_WRONG/);
    await Promise.all([before, after, alone].map((store) => store.close()));
  });
});
