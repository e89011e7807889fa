import { hash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openKeyring } from '../../../src/store/embedded/keyring.ts';
import { MIGRATIONS } from '../../../src/store/embedded/schema.ts';
import { openStore } from '../../../src/store/open.ts';
import {
  seedCommit,
  seedConversation,
  seedDraft,
  seedOperator,
  seedReservation,
  seedRoom,
} from '../../contract/seeds.ts';
import { MASTER_KEY, tempDir } from '../temp-store.ts';

describe('a database of schema 1', () => {
  it('goes on in the new schema with its talks, transcripts, due work and marks', async () => {
    const dataDir = tempDir();
    writeOld(dataDir);
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    const { conversations, jobs } = store;
    expect(await conversations.load('siti')).toEqual(seedConversation({ version: 11 }));
    const transcript = await conversations.transcript('siti');
    expect(transcript.map(({ id, text, status }) => [id, text, status])).toEqual([
      ['siti.2.in', 'Halo', 'received'],
      ['siti.2.0', 'Selamat pagi', 'delivered'],
      ['siti.11.0', 'Siapa nama Anda?', 'queued'],
    ]);
    expect((await conversations.findSent('SM1'))?.entry).toEqual(transcript[1]);
    expect(await jobs.pendingEffects()).toEqual([
      {
        conversation: 'siti',
        effect: { id: 'siti.11.0', type: 'say', params: { entry: 'siti.11.0' } },
        ...{ tries: 2, dueAt: 77, committedAt: 11, entry: transcript[2] },
      },
    ]);
    expect(await jobs.dueTimers(9, 9)).toEqual([{ conversation: 'siti', timer: 'nudge', dueAt: 9 }]);
    for (const inbound of ['simulator:1', 'simulator:2'])
      expect(await conversations.isInboundDone('siti', inbound)).toBe(true);
    expect(await conversations.isInboundDone('siti', 'simulator:3')).toBe(false);
    expect(await conversations.isInboundDone('budi', 'simulator:1')).toBe(false);
    const timerDone = { id: 'nudge', dueAt: 9 };
    expect(await conversations.commit(seedCommit({ version: 12 }, { timerDone }))).toBe('committed');
    await store.close();
    expect(tables(dataDir)).not.toContain('entries');
  });

  it('stays as it was when it was sealed under another key', async () => {
    const dataDir = tempDir();
    writeOld(dataDir);
    const open = openStore({ dataDir, masterKey: Buffer.alloc(32, 8) });
    await expect(open).rejects.toMatchObject({ code: 'KEY_WRONG' });
    expect(tables(dataDir)).toContain('entries');
    expect(tables(dataDir)).not.toContain('steps');
  });
});

describe('a database of schema 2', () => {
  it('goes on with its requests and operators, which can be listed, found and worked on', async () => {
    const dataDir = tempDir();
    writeSecond(dataDir);
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    const { series, numberFor, ...draft } = seedDraft();
    const filed = {
      ...{ ...draft, number: `${series}-1`, version: 3 },
      ...{ marks: [], verdicts: {}, history: [], result: [], untold: [] },
    };
    expect(await store.applications.find('KL-2611-1')).toEqual(filed);
    expect(await store.applications.list({ limit: 9 })).toEqual([filed]);
    expect(await store.operators.find('o1')).toEqual(seedOperator());
    await seedRoom(store, filed);
    expect(await store.applications.findByMark('m3')).toMatchObject([{ version: 4 }]);
    expect((await store.applications.create({ ...seedDraft(), filedBy: 'x' })).number).toBe(numberFor(2));
    await store.close();
  });
});

describe('a database of schema 4', () => {
  it('goes on with its bookings, each with an id and its service, until the applicant chooses anew', async () => {
    const dataDir = tempDir();
    writeSecond(dataDir);
    const db = new DatabaseSync(join(dataDir, 'loket.db'));
    db.exec(`${MIGRATIONS[2]}; ${MIGRATIONS[3]}; PRAGMA user_version = 4`);
    const book = db.prepare('INSERT INTO bookings VALUES (?, ?, ?, ?, ?)');
    book.run('KL-2611-1', 'pickup', 'kantor', 2000, 2900);
    book.run('KL-2611-1', 'submit', 'mpp', 1000, 1900);
    db.close();
    const { bookings, close } = await openStore({ dataDir, masterKey: MASTER_KEY });
    const found = await bookings.findByApplication('KL-2611-1', 0);
    expect(found.map(({ id: _, ...booking }) => booking)).toEqual([
      { ...slotOf('mpp', 'submit', 1000), service: 'akta-kelahiran', bookedAt: 100 },
      { ...slotOf('kantor', 'pickup', 2000), service: 'akta-kelahiran', bookedAt: 100 },
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    expect(found[0]?.id).toMatch(/^[0-9a-f]{24}$/);
    await bookings.reserve(seedReservation({ application: 'KL-2611-1', slot: { startAt: 3000 } }));
    expect(await bookings.findByApplication('KL-2611-1', 0)).toMatchObject([{ startAt: 3000 }]);
    await close();
  });
});

const slotOf = (point: string, activity: string, startAt: number) => ({
  ...{ application: 'KL-2611-1', point, activity, startAt, endAt: startAt + 900 },
});

describe('a case that was sealed under the key of its conversation', () => {
  it('opens, and is under a key of its own from its next change on', async () => {
    const dataDir = tempDir();
    const filedBy = 'siti:4';
    let store = await openStore({ dataDir, masterKey: MASTER_KEY });
    const filed = await store.applications.create(seedDraft({ filedBy }));
    await store.conversations.commit(seedCommit());
    await store.close();
    const db = new DatabaseSync(join(dataDir, 'loket.db'));
    const keyring = openKeyring(db, { masterKey: MASTER_KEY });
    const { answers, pin } = filed;
    const body = keyring.seal('siti', 'application', filed.number, JSON.stringify({ answers, pin }));
    db.prepare('UPDATE applications SET body = ?').run(body);
    for (const hasCaseKey of [true, false]) {
      if (!hasCaseKey) db.exec("DELETE FROM keys WHERE owner = 'siti:4'");
      store = await openStore({ dataDir, masterKey: MASTER_KEY });
      expect(await store.applications.find(filed.number)).toEqual(filed);
      await store.close();
    }
    db.close();
    store = await openStore({ dataDir, masterKey: MASTER_KEY });
    expect(await store.applications.update({ ...filed, version: 2 })).toBe('updated');
    await store.eraseOwner(filedBy);
    await expect(store.applications.find(filed.number)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    await store.close();
  });
});

/** A request and an operator as the second schema kept them. */
function writeSecond(dataDir: string): void {
  const db = new DatabaseSync(join(dataDir, 'loket.db'));
  db.exec(`${MIGRATIONS[0]}; ${MIGRATIONS[1]}; PRAGMA user_version = 2`);
  const keyring = openKeyring(db, { masterKey: MASTER_KEY });
  const { series, filedBy, conversation, service, state, answers, pin } = seedDraft();
  const body = keyring.seal(conversation, 'application', 'KL-2611-1', JSON.stringify({ answers, pin }));
  db.prepare('INSERT INTO series VALUES (?, 1)').run(series);
  db.prepare('INSERT INTO applications VALUES (1, ?, ?, 3, ?, ?, ?, 100, 200, 0, 0, ?)').run(
    ...['KL-2611-1', filedBy, conversation, service, state, body],
  );
  const { id, username, name, role, passwordHash } = seedOperator();
  db.prepare('INSERT INTO operators VALUES (?, ?, ?, ?, ?, ?, 1, 0, 5, 0, 0)').run(
    ...[id, username, username.toLowerCase(), name, role, passwordHash],
  );
  db.close();
}

/** One conversation with three lines, an effect, a timer and two marks, as the first schema kept them. */
function writeOld(dataDir: string): void {
  const db = new DatabaseSync(join(dataDir, 'loket.db'));
  db.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1`);
  const keyring = openKeyring(db, { masterKey: MASTER_KEY });
  const seal = (kind: string, id: string, value: unknown) =>
    keyring.seal('siti', kind, id, JSON.stringify(value));

  const { id, version: _, channel, flow, attention: __, ...body } = seedConversation();
  db.prepare('INSERT INTO conversations (id, version, channel, flow, body) VALUES (?, 11, ?, ?, ?)').run(
    ...[id, channel, flow, seal('conversation', id, body)],
  );
  const entry = db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)');
  const line = (text: string) => ({ author: 'bot', text, files: [] });
  const at = (version: number, index: number) => version * 4096 + index;
  entry.run('siti.2.in', at(2, 0), 'in', 'received', 2, null, seal('entry', 'siti.2.in', line('Halo')));
  entry.run(
    'siti.2.0',
    at(2, 1),
    'out',
    'delivered',
    2,
    'SM1',
    seal('entry', 'siti.2.0', line('Selamat pagi')),
  );
  const question = seal('entry', 'siti.11.0', line('Siapa nama Anda?'));
  entry.run('siti.11.0', at(11, 0), 'out', 'queued', 11, null, question);
  const params = seal('effect', 'siti.11.0', { entry: 'siti.11.0' });
  db.prepare('INSERT INTO effects VALUES (?, ?, ?, ?, ?, ?)').run(
    'siti.11.0',
    at(11, 0),
    'say',
    2,
    77,
    params,
  );
  db.prepare('INSERT INTO timers VALUES (?, ?, ?)').run('siti', 'nudge', 9);
  const mark = db.prepare('INSERT INTO inbound VALUES (?)');
  for (const inbound of ['simulator:1', 'simulator:2'])
    mark.run(
      Buffer.concat([
        hash('sha256', 'siti', 'buffer').subarray(0, 6),
        hash('sha256', inbound, 'buffer').subarray(0, 10),
      ]),
    );
  db.close();
}

function tables(dataDir: string): string[] {
  const db = new DatabaseSync(join(dataDir, 'loket.db'), { readOnly: true });
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  db.close();
  return names.map(({ name }) => String(name));
}
