/** All that a store holds, put into another and back: nothing is lost, nothing is new, and it works on. */
import { expect, it } from 'vitest';
import type { Store } from '../../../src/store/open.ts';
import type { StoreRecord } from '../../../src/store/records.ts';
import {
  RINA,
  seedCommit,
  seedDraft,
  seedEntry,
  seedReservation,
  seedRoom,
  seedVisits,
} from '../../contract/seeds.ts';
import { describeEachMongo, type TestMongo } from '../../each-mongo.ts';
import { openTempStore } from '../temp-store.ts';
import { whole } from '../whole.ts';

async function seed(store: Store): Promise<void> {
  for (const id of ['siti', 'budi', 'agus']) await seedTalk(store, id);
  const { applications, bookings, files, links, issued, operators, audit } = store;
  const file = (n: number) =>
    applications.create(seedDraft({ filedBy: `siti:${n}`, answers: { n: { v: n } }, marks: [`m${n}`] }));
  for (let n = 1; n <= 11; n++) await file(n);
  await applications.update({ ...(await file(2)), version: 2, state: 'ready', dueAt: 300 });
  for (const startAt of [1000, 2000]) {
    for (const application of ['KL-2611-1', 'KL-2611-2'])
      await bookings.reserve(seedReservation({ application, slot: { startAt }, capacity: 3 }));
  }
  for (const [id, size] of [
    ['foto-1', 9],
    ['foto-2', 5_000_000],
  ] as const) {
    const facts = { id, owner: 'siti', contentType: 'image/jpeg', name: `${id}.jpg`, sizeBytes: size, at: 5 };
    await files.put({ ...facts, sealed: [Buffer.alloc(size, 1)] });
    await files.put({ ...facts, sealed: [Buffer.alloc(size, 2)] });
  }
  for (const tokenHash of ['h1', 'h2'])
    await links.create({
      ...{ tokenHash, kind: 'download', conversation: 'siti', file: 'foto-1', application: 'KL-2611-1' },
      ...{ expiresAt: 9, failures: 0 },
    });
  await links.fail('h1');
  await links.use('h1', 7);
  for (const code of ['BBBB', 'AAAA', 'CCCC'])
    await issued.issue({ code, kind: 'receipt', application: 'KL-2611-1', issuedAt: 5, sha256: code });
  await operators.add({
    ...{ id: 'o1', username: 'Rina', name: 'Rina Wati', role: 'operator', passwordHash: 'x' },
    ...{ mustChangePassword: true, disabled: false, createdAt: 5, failures: 0, lockedUntil: 0 },
  });
  await operators.openSession({ tokenHash: 't1', operator: 'o1', csrf: 'c', createdAt: 1, expiresAt: 9 });
  await seedRoom(store, await file(3));
  await seedVisits(store, 'KL-2611-5');
  for (let at = 1; at <= 3; at++)
    await audit.append({ at, actor: 'o1', action: 'case.view', subject: 'siti', details: { b: at, a: [] } });
}

async function seedTalk({ conversations, jobs }: Store, id: string): Promise<void> {
  const say = (version: number) => ({
    id: `${id}.${version}.e`,
    type: 'say',
    params: { entry: `${id}.${version}.0` },
  });
  const commit = (version: number, changes: Parameters<typeof seedCommit>[1]) =>
    conversations.commit(seedCommit({ id, version }, changes));
  await commit(1, {
    entries: [seedEntry({ id: `${id}.1.in`, direction: 'in', status: 'received', author: 'citizen' })],
    effects: [{ id: `${id}.1.f`, type: 'intake', params: {} }],
    inbound: 'simulator:1',
  });
  await commit(2, {
    entries: [seedEntry({ id: `${id}.2.0` })],
    effects: [say(2), { id: `${id}.2.x`, type: 'submit', params: { nik: '1' } }],
    amended: [{ entry: `${id}.1.in`, files: [{ file: 'foto-1', contentType: 'image/jpeg', sizeBytes: 9 }] }],
    effectDone: `${id}.1.f`,
    timers: { set: [{ id: 'nudge', dueAt: 77 }], cancel: [] },
  });
  await jobs.effectDone(`${id}.2.e`, { entry: `${id}.2.0`, status: 'sent', providerId: `SM-${id}` });
  await commit(3, { entries: [seedEntry({ id: `${id}.3.0` })], effects: [say(3)] });
  await jobs.bury(`${id}.3.e`, { reason: 'REMOTE_REFUSED', tries: 8, at: 99 });
  await jobs.effectRetry(`${id}.2.x`, 3, 55);
}

async function collect(store: Store): Promise<StoreRecord[]> {
  const records: StoreRecord[] = [];
  for await (const record of store.records()) records.push(record);
  return records;
}

/** Bytes as text, keys in order: what two stores must have in common. */
function digest(records: StoreRecord[]): string[] {
  return records.map((record) => JSON.stringify(sorted(record))).sort();
}

function sorted(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64').slice(0, 400);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}

async function* stream(records: StoreRecord[]): AsyncGenerator<StoreRecord> {
  yield* records;
}

/** Opened anew after filling, as whoever restores must. */
async function openFilled({ freshUrl, open }: TestMongo, records: StoreRecord[]): Promise<Store> {
  const url = freshUrl();
  const empty = await open(url);
  await empty.fill(stream(records));
  await empty.close();
  return open(url);
}

await describeEachMongo('Records', (mongo) => {
  it('go from the embedded store to the cluster and back, and nothing differs', async () => {
    const embedded = await openTempStore();
    await seed(embedded);
    const before = await collect(embedded);
    await embedded.close();
    const cluster = await openFilled(mongo, before);
    const there = await collect(cluster);
    await cluster.close();
    expect(digest(there)).toEqual(digest(before));
    const back = await openTempStore();
    await back.fill(stream(there));
    expect(digest(await collect(back))).toEqual(digest(before));
    await back.close();
  });

  it('go from one cluster to another, in any order, and it works on where it stood', async () => {
    const one = await mongo.open();
    await seed(one);
    const before = await collect(one);
    const transcript = await one.conversations.transcript('siti');
    const pending = await one.jobs.pendingEffects();
    await one.close();
    const two = await openFilled(mongo, before.toReversed());
    expect(digest(await collect(two))).toEqual(digest(before));

    expect(await two.conversations.transcript('siti')).toEqual(transcript);
    expect(await two.jobs.pendingEffects()).toEqual(pending);
    expect(await two.jobs.dueTimers(99, 9)).toHaveLength(3);
    expect(await two.conversations.isInboundDone('siti', 'simulator:1')).toBe(true);
    expect(await two.conversations.commit(seedCommit({ version: 3 }))).toBe('conflict');
    expect(await two.conversations.commit(seedCommit({ version: 4 }))).toBe('committed');
    expect(await two.jobs.revive('siti.3.e')).toBe(true);

    const sealed = await whole((await two.files.get('foto-2'))?.sealed);
    expect(Buffer.alloc(5_000_000, 2).equals(sealed)).toBe(true);
    expect(await two.links.use('h1', 8)).toBe(false);
    expect(await two.links.fail('h1')).toBe(2);
    expect(await two.links.use('h2', 8)).toBe(true);
    expect((await two.issued.find('AAAA'))?.supersededBy).toBe('CCCC');
    await two.issued.issue({
      code: 'DDDD',
      kind: 'receipt',
      application: 'KL-2611-1',
      issuedAt: 6,
      sha256: 'D',
    });
    expect((await two.issued.find('CCCC'))?.supersededBy).toBe('DDDD');
    await two.audit.append({ at: 4, actor: 'o1', action: 'case.view', subject: 'siti', details: {} });
    expect(await two.audit.verify()).toEqual({ ok: true, entries: 4 });
    const again = await two.applications.find('KL-2611-2');
    expect(again).toMatchObject({ state: 'ready', answers: { n: { v: 2 } } });
    const [worked] = await two.applications.findByMark('m3');
    expect(worked).toMatchObject({ number: 'KL-2611-3', assignee: RINA, untold: [{ id: 'n1' }] });
    expect(await two.applications.listUntold(9)).toEqual([worked]);
    expect(await two.applications.countStates(0)).toHaveLength(3);
    expect((await two.operators.find('o1'))?.totp).toEqual({ secret: 'JBSWY3DPEHPK3PXP', lastStep: 7 });
    await two.counts.add([{ day: '2026-11-10', name: 'filed:akta', count: 1 }]);
    const counts = await two.counts.list('2026-11-10', '2026-11-10');
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(7);
    expect(await two.settings.read('notices')).toMatchObject({ version: 2 });
    expect(await two.settings.write('notices', 2, [])).toBe('conflict');
    expect(await two.settings.write('notices', 3, [])).toBe('written');
    const file = (filedBy: string) => two.applications.create(seedDraft({ filedBy }));
    expect((await file('siti:2')).number).toBe('KL-2611-2');
    expect((await file('siti:12')).number).toBe('KL-2611-12');
    const reserve = (application: string) =>
      two.bookings.reserve(seedReservation({ application, slot: { startAt: 2000 }, capacity: 3 }));
    expect(await reserve('KL-2611-3')).toMatchObject({ ok: true });
    expect(await reserve('KL-2611-4')).toEqual({ ok: false, reason: 'full' });
    expect(await two.bookings.findByApplication('KL-2611-1', 0)).toMatchObject([{ startAt: 2000 }]);
    // One that a copy brought counts in a quota, and a move within the day keeps it.
    const quota = { perDay: 7, from: 0, to: 10_000 };
    const asked = { slot: { startAt: 3000 }, capacity: 3, quota };
    const answers = [];
    for (const n of ['1', '4', '6'])
      answers.push(await two.bookings.reserve(seedReservation({ application: `KL-2611-${n}`, ...asked })));
    expect(answers.map((answer) => answer.ok || answer.reason)).toEqual([true, true, 'quota']);
    const next = await two.queue.callNext('kantor', 'submit', '2026-11-23', 20);
    expect(next).toMatchObject({ number: 3, holder: 'agus' });
    await two.close();
  });

  it('are refused by a store that holds data, and leave an empty one empty when they are not whole', async () => {
    const store = await mongo.open();
    await seedTalk(store, 'siti');
    const records = await collect(store);
    await expect(store.fill(stream(records))).rejects.toMatchObject({ code: 'TAKEN' });
    await store.close();
    const empty = await mongo.open();
    const headless = records.filter((record) => record.kind !== 'meta');
    await expect(empty.fill(stream(headless))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await collect(empty)).map(({ kind }) => kind)).toEqual(['meta', 'meta']);
    await empty.fill(stream(records));
    await empty.close();
  });

  it('of an erased person are the skeleton of their case only', async () => {
    const store = await mongo.open();
    await seed(store);
    await store.eraseOwner('siti');
    const kinds = (await collect(store)).filter((record) => JSON.stringify(record).includes('siti'));
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['application', 'audit']));
    await store.conversations.commit(seedCommit({ id: 'siti', version: 1 }));
    const anew = (await collect(store)).filter((record) => record.kind === 'conversation');
    expect(anew.find(({ id }) => id === 'siti')).toMatchObject({ version: 1 });
    await store.close();
  });
});
