/** What a process leaves that dies between two writes, and what somebody does who has the database but not the key. */
import type { Connection, Types } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainHash } from '../../../src/store/audit-chain.ts';
import { type CollectionSpec, collectionOf } from '../../../src/store/cluster/collections.ts';
import { connect } from '../../../src/store/cluster/connection.ts';
import { APPLICATIONS } from '../../../src/store/cluster/schema-applications.ts';
import { CHUNKS, LINKS, UPLOADS } from '../../../src/store/cluster/schema-documents.ts';
import { KEYS } from '../../../src/store/cluster/schema-meta.ts';
import { SETTINGS } from '../../../src/store/cluster/schema-office.ts';
import { AUDIT } from '../../../src/store/cluster/schema-operators.ts';
import type { Store } from '../../../src/store/open.ts';
import {
  seedCommit,
  seedConversation,
  seedDraft,
  seedEntry,
  seedOperator,
  seedRoom,
  seedWorked,
} from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';
import { sealWhole } from '../whole.ts';

const NIK = '3273014107900001';
const SECRETS = [
  ...[NIK, 'Siti Nurhaliza', '+6281200000001', '482913', 'ktp-siti.jpg'],
  ...['Foto buram', 'Gangguan pusat', 'JBSWY3DPEHPK3PXP'],
];

const draft = seedDraft({ filedBy: 'siti.1.1', answers: { nik: { v: NIK } }, marks: ['m1'] });

interface Damaged {
  _id: number | string | Types.ObjectId;
  [field: string]: unknown;
}

await describeEachMongo('The database', ({ freshUrl, open }) => {
  let store: Store;
  let connection: Connection;
  let url: string;
  beforeEach(async () => {
    url = freshUrl();
    store = await open(url);
    connection = await connect(url);
  });
  afterEach(async () => {
    await store.close();
    await connection.close();
  });

  // biome-ignore lint/suspicious/noExplicitAny: a damaged document has no type.
  const raw = (spec: CollectionSpec<any>) => collectionOf<Damaged>(connection, spec);

  describe('after a process died', () => {
    it('files under the number that was claimed already', async () => {
      const filed = await store.applications.create(draft);
      await raw(APPLICATIONS).deleteMany({});
      expect(await store.applications.create(draft)).toEqual(filed);
      expect((await store.applications.create({ ...draft, filedBy: 'next' })).number).toBe('KL-2611-2');
    });

    it('shows the newest of two versions, and empties the other at the next change', async () => {
      const filed = await store.applications.create(draft);
      const [first] = await raw(APPLICATIONS).find().toArray();
      await store.applications.update({ ...filed, version: 2, dueAt: 300 });
      if (first) await raw(APPLICATIONS).replaceOne({ _id: first._id }, first);
      expect(await store.applications.findByConversation('siti')).toMatchObject([{ version: 2, dueAt: 300 }]);
      await store.applications.update({ ...filed, version: 3 });
      expect(await raw(APPLICATIONS).countDocuments({ body: { $exists: true } })).toBe(1);
      expect(await raw(APPLICATIONS).countDocuments({})).toBe(3);
    });

    it('lists and finds each application once, as it stands, and empties what was left', async () => {
      const filed = await store.applications.create(draft);
      const first = { ...filed, version: 2, untold: seedWorked(filed).untold };
      await store.applications.update(first);
      const left = await raw(APPLICATIONS).findOne({ version: 2 });
      const { assignee: _, ...second } = { ...first, version: 3, untold: [], marks: ['m4'] };
      await store.applications.update(second);
      const leave = async () => {
        if (left) await raw(APPLICATIONS).replaceOne({ _id: left._id }, left);
      };
      await leave();
      expect(await store.applications.list({ limit: 1 })).toEqual([second]);
      expect(await raw(APPLICATIONS).countDocuments({ body: { $exists: true } })).toBe(1);
      await leave();
      expect(await store.applications.findByMark('m1')).toEqual([]);
      await leave();
      expect(await store.applications.listUntold(9)).toEqual([]);
      expect(await store.applications.countStates(0)).toEqual([{ state: 'submitted', count: 1, late: 0 }]);
    });

    it('reads and writes a setting of which an earlier version was not emptied', async () => {
      await store.settings.write('notices', 1, 'old');
      const [first] = await raw(SETTINGS).find().toArray();
      await store.settings.write('notices', 2, 'new');
      if (first) await raw(SETTINGS).replaceOne({ _id: first._id }, first);
      expect(await store.settings.read('notices')).toEqual({ version: 2, value: 'new' });
      expect(await store.settings.write('notices', 3, 'newer')).toBe('written');
      expect(await raw(SETTINGS).countDocuments({ body: { $exists: true } })).toBe(1);
    });

    it('knows no file whose pieces are not all there, and can put it again', async () => {
      const file = {
        id: 'abcd',
        owner: 'siti',
        contentType: 'image/jpeg',
        sizeBytes: 3,
        at: 5,
        sealed: [Buffer.from('abc')],
      };
      await store.files.put(file);
      await raw(CHUNKS).deleteMany({});
      expect(await store.files.get('abcd')).toBeUndefined();
      await store.files.put(file);
      expect(await store.files.get('abcd')).toBeDefined();
      expect(await raw(UPLOADS).countDocuments({})).toBe(1);
    });

    it('verifies the log when a line was written and the one before still has its mark', async () => {
      await append(3);
      await raw(AUDIT).updateOne({ _id: 2 }, { $set: { end: Buffer.alloc(32) } });
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 3 });
      await append(1);
      expect(await raw(AUDIT).countDocuments({ end: { $exists: true } })).toBe(1);
    });
  });

  describe('when a person is erased', () => {
    beforeEach(async () => {
      await store.conversations.commit(
        seedCommit(
          { citizen: 'c-9', held: [] },
          {
            entries: [seedEntry({ text: `NIK ${NIK}, Siti Nurhaliza`, providerId: 'SM1' })],
            effects: [{ id: 'siti.1.1', type: 'submit', params: { nik: NIK } }],
            timers: { set: [{ id: 'nudge', dueAt: 1 }], cancel: [] },
            inbound: 'simulator:1',
          },
        ),
      );
      await store.applications.create(draft);
      const sealed = await sealWhole(store.sealer, 'siti', Buffer.from(`scan of ${NIK}`));
      await store.files.put({
        ...{
          id: 'abcd',
          owner: 'siti',
          contentType: 'image/jpeg',
          name: 'ktp-siti.jpg',
          sizeBytes: 9,
          at: 5,
        },
        sealed: [sealed],
      });
      await store.links.create({
        ...{ tokenHash: 'h1', kind: 'upload' as const, conversation: 'siti', step: 'ktp' },
        ...{ expiresAt: 9, failures: 0 },
      });
      await store.links.use('h1', 5);
    });

    async function expectErased(): Promise<void> {
      expect(await store.conversations.load('siti')).toBeUndefined();
      expect(await store.conversations.transcript('siti')).toEqual([]);
      expect(await store.conversations.findSent('SM1')).toBeUndefined();
      expect(await store.conversations.isInboundDone('siti', 'simulator:1')).toBe(false);
      expect(await store.jobs.pendingEffects()).toEqual([]);
      expect(await store.jobs.dueTimers(99, 99)).toEqual([]);
      expect(await store.files.get('abcd')).toBeUndefined();
      expect(await store.links.find('h1')).toBeUndefined();
      const skeleton = await store.applications.find('KL-2611-1');
      expect(skeleton).toMatchObject({ state: 'submitted', answers: {}, dueAt: 200 });
      expect(skeleton?.pin).not.toMatch(/^\d{6}$/);
      for (const spec of [KEYS, LINKS, UPLOADS, CHUNKS]) expect(await raw(spec).countDocuments({})).toBe(0);
      const bodies = (await raw(APPLICATIONS).find().toArray()).map(({ body }) => body as Buffer | undefined);
      expect(bodies.map((body) => body?.length ?? 0)).toEqual(bodies.map(() => 0));
    }

    it('shows nothing in clear before', async () => {
      await store.operators.add(seedOperator());
      const [filed] = await store.applications.findByConversation('siti');
      if (filed) await seedRoom(store, filed);
      expect(await clearText()).toContain('KL-2611-1');
      for (const secret of SECRETS) expect(await clearText()).not.toContain(secret);
    });

    it('keeps only the skeleton of the case', async () => {
      await store.eraseOwner('siti');
      await expectErased();
    });

    it('may be asked for again, and begin anew afterwards', async () => {
      await store.eraseOwner('siti');
      await store.eraseOwner('siti');
      await expectErased();
      expect(await store.conversations.commit(seedCommit({}, { inbound: 'simulator:1' }))).toBe('committed');
      expect(await store.conversations.load('siti')).toEqual(seedConversation());
    });

    it('is finished by asking again, when it died after the key was gone', async () => {
      await raw(KEYS).deleteMany({});
      const another = await open(url);
      expect(await another.applications.find('KL-2611-1')).toMatchObject({ answers: {}, state: 'submitted' });
      await another.close();
      await store.eraseOwner('siti');
      await expectErased();
    });

    it('lets no change that was under way bring the answers back', async () => {
      const filed = await store.applications.find('KL-2611-1');
      await store.eraseOwner('siti');
      if (!filed) throw new Error('not filed');
      expect(await store.applications.update({ ...filed, version: 2 })).toBe('conflict');
      const skeleton = await store.applications.find('KL-2611-1');
      if (!skeleton) throw new Error('not there');
      const { version } = skeleton;
      expect(await store.applications.update({ ...skeleton, version: version + 1, state: 'ready' })).toBe(
        'updated',
      );
      expect(await store.applications.find('KL-2611-1')).toMatchObject({ state: 'ready', answers: {} });
    });
  });

  describe('the audit log against tampering', () => {
    type Damage = () => Promise<unknown>;
    const log = () => raw(AUDIT);
    const damages: [string, Damage, number][] = [
      ['a changed line', () => log().updateOne({ _id: 3 }, { $set: { actor: 'o2' } }), 3],
      ['changed details', () => log().updateOne({ _id: 2 }, { $set: { details: '{"n":9}' } }), 2],
      ['a missing line', () => log().deleteOne({ _id: 2 }), 2],
      ['a missing first line', () => log().deleteOne({ _id: 1 }), 1],
      ['a log cut short', () => log().deleteMany({ _id: { $gt: 3 } }), 4],
      ['an emptied log', () => log().deleteMany({ _id: { $gt: 0 } }), 1],
      ['an emptied log without its first mark', () => log().deleteMany({}), 1],
      ['a log without its end mark', () => log().updateMany({}, { $unset: { end: '' } }), 6],
      ['a line added without the key', () => forge(6), 7],
    ];
    /** Anyone can chain a line; only the store can mark it as the end. */
    async function forge(seq: number): Promise<void> {
      const last = await log().findOne({ _id: seq - 1 });
      const line = { at: 9, actor: 'o1', action: 'case.view', subject: 'siti' };
      const hash = chainHash(String(last?.hash), { seq, ...line, details: {} });
      await log().insertOne({ _id: seq, ...line, details: '{}', hash, end: last?.end });
    }

    it.each(damages)('tells %s', async (_, damage, brokenAt) => {
      await append(5);
      await damage();
      expect(await store.audit.verify()).toEqual({ ok: false, brokenAt });
    });
  });

  async function append(lines: number): Promise<void> {
    for (let n = 1; n <= lines; n++)
      await store.audit.append({ at: n, actor: 'o1', action: 'case.view', subject: 'siti', details: { n } });
  }

  /** All that the database tells whoever reads it. */
  async function clearText(): Promise<string> {
    const collections = (await connection.db?.collections()) ?? [];
    const texts = collections.map(async (collection) => {
      const documents = await collection.find().toArray();
      return documents.map((document) => JSON.stringify(document, asText)).join('\n');
    });
    return (await Promise.all(texts)).join('\n');
  }
});

/** JSON.stringify has made an object of the bytes already: as text a secret in them would show. */
function asText(_: string, value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBytes && 'data' in value ? Buffer.from(value.data as number[]).toString('latin1') : value;
}
