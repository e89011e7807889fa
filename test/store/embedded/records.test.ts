import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../src/store/open.ts';
import type { StoreRecord } from '../../../src/store/records.ts';
import { seedCommit, seedDraft, seedEntry, seedRoom, seedVisits } from '../../contract/seeds.ts';
import { MASTER_KEY, openTempStore, tempDir } from '../temp-store.ts';
import { sealWhole, whole } from '../whole.ts';

describe('all records of an embedded store', () => {
  it('make the same store again, and give the same records there', async () => {
    const store = await filledStore();
    const records = await all(store.records());
    expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    const dataDir = tempDir();
    const copy = await openStore({ dataDir, masterKey: MASTER_KEY });
    await copy.fill(from(records));

    expect(await all(copy.records())).toEqual(records);
    await same(store, copy, (s) => s.conversations.load('siti'));
    await same(store, copy, (s) => s.conversations.transcript('siti'));
    await same(store, copy, (s) => s.conversations.findSent('SM1'));
    await same(store, copy, (s) => s.conversations.listAttention());
    await same(store, copy, (s) => s.conversations.isInboundDone('siti', 'simulator:1'));
    await same(store, copy, (s) => s.jobs.pendingEffects());
    await same(store, copy, (s) => s.jobs.buried(9));
    await same(store, copy, (s) => s.jobs.dueTimers(99, 9));
    await same(store, copy, (s) => s.applications.find('KL-2611-1'));
    await same(store, copy, (s) => s.applications.findByMark('m3'));
    await same(store, copy, (s) => s.applications.list({ assignee: 'o1', limit: 9 }));
    await same(store, copy, (s) => s.applications.listUntold(9));
    await same(store, copy, (s) => s.operators.find('o1'));
    await same(store, copy, (s) => s.counts.list('2026-11-10', '2026-11-10'));
    await same(store, copy, (s) => s.settings.read('notices'));
    await same(store, copy, async (s) => {
      const file = await s.files.get('abcd');
      return { ...file, sealed: await whole(file?.sealed) };
    });
    await same(store, copy, (s) => s.operators.findSession('t'));
    await same(store, copy, (s) => s.bookings.findByApplication('KL-2611-1', 0));
    await same(store, copy, (s) => s.queue.list('kantor', '2026-11-23'));
    await same(store, copy, (s) => s.stock.list('kantor', 9));
    await same(store, copy, async (s) => {
      const [first] = await s.bookings.findByApplication('KL-2611-1', 0);
      return s.visits.marksOf([first?.id ?? '']);
    });
    expect(copy.sealer.hash('nik', '1')).toBe(store.sealer.hash('nik', '1'));
    expect(await copy.audit.verify()).toEqual({ ok: true, entries: 1 });
    expect(await copy.conversations.commit(seedCommit({ version: 4 }))).toBe('committed');
    await copy.close();
    const again = await openStore({ dataDir, masterKey: MASTER_KEY });
    expect((await again.conversations.load('siti'))?.version).toBe(4);
    await again.close();
    await store.close();
  });

  it('may come in any order', async () => {
    const store = await filledStore();
    const records = await all(store.records());
    const copy = await openTempStore();
    await copy.fill(from(records.toReversed()));
    await same(store, copy, (s) => s.conversations.transcript('siti'));
    await same(store, copy, (s) => s.jobs.pendingEffects());
    await store.close();
    await copy.close();
  });

  it('are those of one instant, whatever is written while they are read', async () => {
    const store = await filledStore();
    const before = await all(store.records());
    const seen: StoreRecord[] = [];
    for await (const record of store.records()) {
      if (seen.push(record) === 1) await store.conversations.commit(seedCommit({ version: 4 }));
    }
    expect(seen).toEqual(before);
    await store.close();
  });

  it('go into an empty store only, and wholly or not at all', async () => {
    const store = await filledStore();
    const records = await all(store.records());
    await expect(store.fill(from(records))).rejects.toMatchObject({ code: 'TAKEN' });

    const other = await openStore({ dataDir: tempDir(), masterKey: Buffer.alloc(32, 8) });
    await expect(other.fill(from(records))).rejects.toMatchObject({ code: 'KEY_WRONG' });
    await other.close();

    const copy = await openTempStore();
    const without = (kind: string) => from(records.filter((record) => record.kind !== kind));
    for (const kind of ['meta', 'conversation'])
      await expect(copy.fill(without(kind))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(copy.fill(without('operator'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await copy.conversations.load('siti')).toBeUndefined();
    await copy.fill(from(records));
    expect(await all(copy.records())).toEqual(records);
    await copy.close();
    await expect(all(copy.records())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await store.close();
  });
});

const KINDS = [
  ...['meta', 'key', 'conversation', 'step', 'series', 'application', 'booking', 'visit-mark'],
  ...['ticket', 'stock', 'file', 'link', 'issued', 'operator', 'session', 'audit', 'count', 'setting'],
];

async function all(records: AsyncIterable<StoreRecord>): Promise<StoreRecord[]> {
  return Array.fromAsync(records);
}

async function* from(records: StoreRecord[]): AsyncGenerator<StoreRecord> {
  yield* records;
}

async function same(one: Store, other: Store, ask: (store: Store) => Promise<unknown>): Promise<void> {
  const expected = await ask(one);
  expect(expected).toBeTruthy();
  expect(await ask(other)).toEqual(expected);
}

/** Something of every kind. */
async function filledStore(): Promise<Store> {
  const store = await openTempStore();
  const { conversations, jobs } = store;
  const say = (id: string) => ({ id, type: 'say', params: { entry: id } });
  await conversations.commit(
    seedCommit(
      {},
      {
        entries: [
          seedEntry({ id: 'siti.1.in', direction: 'in', status: 'received' }),
          seedEntry({ id: 'siti.1.0' }),
        ],
        effects: [say('siti.1.0'), { id: 'siti.1.1', type: 'submit', params: { a: 1 } }],
        timers: {
          set: [
            { id: 'nudge', dueAt: 3 },
            { id: 'expire', dueAt: 9 },
          ],
          cancel: [],
        },
        inbound: 'simulator:1',
      },
    ),
  );
  await jobs.effectDone('siti.1.0', { entry: 'siti.1.0', status: 'sent', providerId: 'SM1' });
  const files = [{ file: 'abcd', contentType: 'image/png', sizeBytes: 4 }];
  const attention = { status: 'waiting', since: 7, reason: 'asked' } as const;
  await conversations.commit(
    seedCommit(
      { version: 2, attention },
      {
        effects: [
          { id: 'siti.2.0', type: 'book', params: {} },
          { id: 'siti.2.1', type: 'receipt', params: {} },
        ],
        amended: [{ entry: 'siti.1.in', files }],
        effectDone: 'siti.1.1',
      },
    ),
  );
  await jobs.effectRetry('siti.2.1', 2, 77);
  await jobs.bury('siti.2.0', { reason: 'REMOTE_REFUSED', tries: 8, at: 5 });
  await conversations.commit(seedCommit({ version: 3, attention }));
  await fillRest(store);
  return store;
}

async function fillRest(store: Store): Promise<void> {
  const filed = await store.applications.create(seedDraft({ filedBy: 'siti.1.1', marks: ['m1'] }));
  await seedVisits(store, 'KL-2611-1');
  const sealed = await sealWhole(store.sealer, 'siti', Buffer.from('scan'));
  const file = { id: 'abcd', owner: 'siti', contentType: 'image/png', name: 'ktp.png', sizeBytes: 4, at: 5 };
  await store.files.put({ ...file, sealed: [sealed] });
  const link = { tokenHash: 'h1', kind: 'upload', conversation: 'siti', step: 'ktp' } as const;
  await store.links.create({ ...link, expiresAt: 9, failures: 0 });
  const paper = { kind: 'receipt', application: 'KL-2611-1', issuedAt: 1, sha256: '00' } as const;
  await store.issued.issue({ code: 'c1', ...paper });
  await store.issued.issue({ code: 'c2', ...paper });
  await store.operators.add({
    ...{ id: 'o1', username: 'rina', name: 'Rina', role: 'operator', passwordHash: 'x' },
    ...{ mustChangePassword: false, disabled: false, createdAt: 1, failures: 0, lockedUntil: 0 },
  });
  await store.operators.openSession({
    ...{ tokenHash: 't', operator: 'o1', csrf: 'c', createdAt: 1, expiresAt: 9 },
  });
  await store.audit.append({ at: 1, actor: 'cli', action: 'a', subject: 's', details: { n: 1 } });
  await seedRoom(store, filed);
}
