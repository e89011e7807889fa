import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../src/store/open.ts';
import {
  seedCommit,
  seedConversation,
  seedDraft,
  seedEntry,
  seedOperator,
  seedRoom,
} from '../../contract/seeds.ts';
import { MASTER_KEY, tempDir } from '../temp-store.ts';
import { sealWhole } from '../whole.ts';

const NIK = '3273014107900001';
/** What is left of one that a later change of the application took away. */
const MARK = 'kunci-pencarian-pertama';
const secrets = [
  NIK,
  'Siti Nurhaliza',
  '+6281200000001',
  '482913',
  'ktp-siti.jpg',
  'jalan-mawar',
  'ketikan-tertahan',
  'Foto buram',
  'Gangguan pusat',
  'JBSWY3DPEHPK3PXP',
];

describe('what lies on the disk', () => {
  it('shows no message, number, name, address, answer or PIN in clear', async () => {
    const dataDir = tempDir();
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    await fill(store);
    expect(findIn(dataDir, secrets)).toEqual([]);
    await store.close();
    expect(findIn(dataDir, secrets)).toEqual([]);
    expect(findIn(dataDir, ['KL-2611-1'])).not.toEqual([]);
  });

  it('opens nothing of a person who was erased, and keeps only the skeleton of their case', async () => {
    const dataDir = tempDir();
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    await fill(store);
    await store.conversations.commit(seedCommit({ id: 'budi' }, { inbound: 'simulator:1' }));
    const db = new DatabaseSync(join(dataDir, 'loket.db'), { readOnly: true });
    const wrapped = db.prepare("SELECT wrapped FROM keys WHERE owner = 'siti'").get()?.wrapped as Uint8Array;
    db.close();
    expect(findIn(dataDir, [wrapped])).not.toEqual([]);

    await store.eraseOwner('siti');

    expect(await store.conversations.load('siti')).toBeUndefined();
    expect(await store.conversations.transcript('siti')).toEqual([]);
    expect(await store.conversations.findSent('SM1')).toBeUndefined();
    expect(await store.jobs.pendingEffects()).toEqual([]);
    expect(await store.jobs.dueTimers(99, 99)).toEqual([]);
    expect(await store.files.get('abcd')).toBeUndefined();
    expect(await store.links.find('h1')).toBeUndefined();
    expect(await store.conversations.isInboundDone('siti', 'simulator:1')).toBe(false);
    expect(await store.conversations.isInboundDone('budi', 'simulator:1')).toBe(true);
    const skeleton = await store.applications.find('KL-2611-1');
    expect(skeleton).toMatchObject({ state: 'correction', answers: {}, dueAt: 200 });
    expect(skeleton?.pin).not.toMatch(/^\d{6}$/);
    expect(findIn(dataDir, [wrapped, MARK])).toEqual([]);
    expect(readdirSync(join(dataDir, 'files', 'ab'))).toEqual([]);
    expect(await store.conversations.load('budi')).toBeDefined();
    await store.close();
  });

  it('lets an erased person begin again', async () => {
    const store = await openStore({ dataDir: tempDir(), masterKey: MASTER_KEY });
    await fill(store);
    await store.eraseOwner('siti');
    expect(await store.conversations.commit(seedCommit({}, { inbound: 'simulator:1' }))).toBe('committed');
    expect(await store.conversations.load('siti')).toEqual(seedConversation());
    await store.close();
  });

  it('does not open a row that was put in the place of another', async () => {
    const dataDir = tempDir();
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    await store.conversations.commit(seedCommit({}, { entries: [seedEntry()] }));
    const second = seedEntry({ id: 'siti.2.0', text: 'other' });
    await store.conversations.commit(seedCommit({ version: 2 }, { entries: [second] }));
    tamper(dataDir, 'UPDATE steps SET lines = (SELECT lines FROM steps WHERE version = 2)');
    await expect(store.conversations.transcript('siti')).rejects.toMatchObject({ code: 'KEY_WRONG' });
    await store.close();
  });
});

describe('the audit log against tampering', () => {
  it.each([
    ['a changed line', "UPDATE audit SET actor = 'o2' WHERE seq = 3", 3],
    ['changed details', `UPDATE audit SET details = '{"n":9}' WHERE seq = 2`, 2],
    ['a missing line', 'DELETE FROM audit WHERE seq = 2', 2],
    ['a missing first line', 'DELETE FROM audit WHERE seq = 1', 1],
    ['a log cut short', 'DELETE FROM audit WHERE seq > 3', 4],
    ['an emptied log', 'DELETE FROM audit', 1],
    [
      'an emptied log without its end mark',
      "DELETE FROM audit; DELETE FROM meta WHERE name = 'audit-end'",
      1,
    ],
    ['a log without its end mark', "DELETE FROM meta WHERE name = 'audit-end'", 6],
    [
      'swapped lines',
      'UPDATE audit SET seq = 9 WHERE seq = 1; UPDATE audit SET seq = 1 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 9',
      1,
    ],
  ])('tells %s', async (_, sql, brokenAt) => {
    const dataDir = tempDir();
    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    for (let n = 1; n <= 5; n++) {
      await store.audit.append({ at: n, actor: 'o1', action: 'case.view', subject: 'siti', details: { n } });
    }
    tamper(dataDir, sql);
    expect(await store.audit.verify()).toEqual({ ok: false, brokenAt });
    await store.close();
  });
});

async function fill(store: Store): Promise<void> {
  const answers = { nik: { v: NIK }, nama: { v: 'Siti Nurhaliza' }, alamat: { v: 'jalan-mawar' } };
  await store.conversations.commit(
    seedCommit(
      { snapshot: { context: { answers } }, held: ['ketikan-tertahan'], citizen: 'c-9' },
      {
        entries: [seedEntry({ text: `NIK saya ${NIK}, Siti Nurhaliza`, providerId: 'SM1' })],
        effects: [{ id: 'siti.1.1', type: 'submit', params: { answers } }],
        timers: { set: [{ id: 'nudge', dueAt: 1 }], cancel: [] },
        inbound: 'simulator:1',
      },
    ),
  );
  const { applications, files, links, sealer } = store;
  const filed = await applications.create(seedDraft({ filedBy: 'siti.1.1', answers, marks: [MARK] }));
  await store.operators.add(seedOperator());
  await seedRoom(store, filed);
  const sealed = await sealWhole(sealer, 'siti', Buffer.from(`scan of ${NIK}`));
  await files.put({
    id: 'abcd',
    owner: 'siti',
    contentType: 'image/jpeg',
    name: 'ktp-siti.jpg',
    sizeBytes: 9,
    at: 5,
    sealed: [sealed],
  });
  await links.create({
    tokenHash: 'h1',
    kind: 'upload',
    conversation: 'siti',
    step: 'ktp',
    expiresAt: 9,
    failures: 0,
  });
}

function tamper(dataDir: string, sql: string): void {
  const db = new DatabaseSync(join(dataDir, 'loket.db'), { timeout: 1000 });
  db.exec(sql);
  db.close();
}

/** Which of the needles are found, and in which files. */
function findIn(dataDir: string, needles: (string | Uint8Array)[]): string[] {
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  return files.flatMap((name) => {
    const path = join(dataDir, name);
    if (!statSync(path).isFile()) return [];
    const bytes = readFileSync(path);
    return needles
      .filter((needle) => bytes.includes(needle) || name.includes(String(needle)))
      .map((needle) => `${String(needle)} in ${name}`);
  });
}
