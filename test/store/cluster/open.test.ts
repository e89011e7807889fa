import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { modelOf } from '../../../src/store/cluster/collections.ts';
import { connect } from '../../../src/store/cluster/connection.ts';
import { openClusterKeyring } from '../../../src/store/cluster/keyring.ts';
import { COLLECTIONS } from '../../../src/store/cluster/schema.ts';
import { openStore } from '../../../src/store/open.ts';
import { seedCommit, seedDraft, seedEntry, seedOperator, seedRoom } from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';
import { mongoKinds } from '../../mongodb-programs.ts';
import { startMongo } from '../../mongodb-server.ts';
import { describeWith } from '../../services.ts';

const masterKey = Buffer.alloc(32, 7);
const open = (mongodbUrl: string, key = masterKey) =>
  openStore({
    where: { kind: 'cluster', mongodbUrl, redisUrl: undefined },
    dataDir: '/nonexistent',
    masterKey: key,
  });

async function withDatabase(url: string, work: (db: mongoose.mongo.Db) => Promise<unknown>): Promise<void> {
  const client = new mongoose.mongo.MongoClient(url);
  try {
    await work(client.db());
  } finally {
    await client.close();
  }
}

await describeEachMongo('a cluster store', (mongo) => {
  it('opens again with what it held', async () => {
    const url = mongo.freshUrl();
    const first = await open(url);
    await first.ping();
    await first.conversations.commit(seedCommit({}, { entries: [seedEntry()] }));
    await first.close();
    const second = await open(url);
    expect(await second.conversations.transcript('siti')).toEqual([seedEntry()]);
    await second.close();
  });

  it('does not open with another master key', async () => {
    const url = mongo.freshUrl();
    await (await open(url)).close();
    await expect(open(url, Buffer.alloc(32, 8))).rejects.toMatchObject({ code: 'KEY_WRONG' });
  });

  it('does not open when a newer program wrote it', async () => {
    const url = mongo.freshUrl();
    await (await open(url)).close();
    await withDatabase(url, (db) =>
      db.collection<{ _id: string }>('meta').updateOne({ _id: 'schema' }, { $set: { version: 999 } }),
    );
    await expect(open(url)).rejects.toMatchObject({ code: 'STORE_SCHEMA_NEWER' });
  });

  it('goes on with what an older program filed, which then refuses the database', async () => {
    const url = mongo.freshUrl();
    const store = await open(url);
    const filed = await store.applications.create(seedDraft());
    await store.close();
    const connection = await connect(url);
    const keyring = await openClusterKeyring(connection, { masterKey });
    const { answers, pin, number } = filed;
    const body = await keyring.seal('siti', 'application', number, JSON.stringify({ answers, pin }));
    await connection.collection('applications').updateOne({ number }, { $set: { body } });
    await connection
      .collection<{ _id: string }>('meta')
      .updateOne({ _id: 'schema' }, { $set: { version: 1 } });
    const again = await open(url);
    expect(await again.applications.find(number)).toEqual(filed);
    expect(await again.applications.list({ limit: 9 })).toEqual([filed]);
    await again.close();
    expect(await connection.collection<{ _id: string }>('meta').findOne({ _id: 'schema' })).toMatchObject({
      version: 4,
    });
    await connection.close();
  });

  it('does not open when an index that it relies on is another', async () => {
    const url = mongo.freshUrl();
    await withDatabase(url, (db) =>
      db.collection('steps').createIndex({ c: 1, inbound: 1 }, { name: 'inbound' }),
    );
    await expect(open(url)).rejects.toMatchObject({ code: 'STORE_SCHEMA_DIFFERS' });
  });

  it('keeps nothing that its schemas do not name', async () => {
    const url = mongo.freshUrl();
    const store = await open(url);
    await store.ping();
    const attention = { status: 'waiting', since: 5, reason: 'asked' } as const;
    const timers = { set: [{ id: 'nudge', dueAt: 9 }], cancel: [] };
    const effects = ['siti.1.0', 'siti.1.1'].map((id) => ({ id, type: 'say', params: { entry: id } }));
    const entries = [seedEntry(), seedEntry({ id: 'siti.1.in', direction: 'in', status: 'received' })];
    await store.conversations.commit(seedCommit({ attention }, { entries, effects, timers, inbound: 'm1' }));
    await store.jobs.effectDone('siti.1.0', { entry: 'siti.1.0', status: 'sent', providerId: 'SM1' });
    await store.jobs.bury('siti.1.1', { reason: 'x', tries: 8, at: 7 });
    const amended = [{ entry: 'siti.1.in', files: [] }];
    await store.conversations.commit(seedCommit({ version: 2 }, { amended }));
    await store.conversations.commit(seedCommit({ id: 'budi' }));
    await store.eraseOwner('budi');
    await store.operators.add(seedOperator());
    await seedRoom(store, await store.applications.create(seedDraft()));
    await store.audit.append({ at: 1, actor: 'o1', action: 'case.view', subject: 'siti', details: { n: 1 } });
    await store.close();

    const connection = await connect(url);
    for (const collection of COLLECTIONS) {
      const Model = modelOf<mongoose.mongo.Document>(connection, collection as never);
      for (const document of await Model.collection.find().toArray()) await new Model(document).validate();
    }
    expect(await connection.collection('steps').countDocuments()).toBe(4);
    await connection.close();
  });

  it('keeps no word, number or name of a citizen in clear', async () => {
    const url = mongo.freshUrl();
    const store = await open(url);
    const entries = [seedEntry({ text: 'rahasia sekali', author: 'citizen' })];
    const effects = [{ id: 'siti.1.1', type: 'say', params: { text: 'rahasia sekali' } }];
    await store.conversations.commit(
      seedCommit({}, { entries, effects, inbound: 'simulator:+6281200000001' }),
    );
    await withDatabase(url, async (db) => {
      const kept = JSON.stringify(await db.collection('steps').find().toArray());
      for (const secret of ['rahasia', '6281200000001', '3273014107900001', 'anak saya']) {
        expect(kept).not.toContain(secret);
        expect(kept).not.toContain(Buffer.from(secret).toString('base64').slice(0, -3));
      }
    });
    await store.close();
  });

  it('says that it is unavailable once it is closed', async () => {
    const store = await mongo.open();
    await store.close();
    for (const call of [
      () => store.ping(),
      () => store.conversations.load('siti'),
      () => store.conversations.commit(seedCommit()),
      () => store.jobs.pendingEffects(),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
  });
});

describe('a cluster store without a server', () => {
  it('does not open, and says why', async () => {
    const nobody = open('mongodb://127.0.0.1:1/loket');
    await expect(nobody).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retry: true });
  }, 20_000);
});

describeWith('mongodb', 'a server that is killed and comes back', () => {
  const kinds = mongoKinds().filter((kind) => kind !== 'given');

  it.each(kinds)(
    'has what it acknowledged (%s)',
    async (kind) => {
      const server = await startMongo({ kind });
      try {
        const store = await open(server.url);
        let version = 1;
        for (; version <= 20; version++) await store.conversations.commit(seedCommit({ version }));
        await server.kill();
        await expect(store.conversations.commit(seedCommit({ version }))).rejects.toMatchObject({
          code: 'STORE_UNAVAILABLE',
        });
        await server.start();
        // What failed is tried again, by the same open store.
        await expect
          .poll(() => store.conversations.load('siti').catch(() => undefined), { timeout: 15_000 })
          .toMatchObject({
            version: 20,
          });
        expect(await store.conversations.commit(seedCommit({ version }))).toBe('committed');
        await store.close();
      } finally {
        await server.stop();
      }
    },
    60_000,
  );
});
