/** Everything an office has, moved from SQLite to MongoDB and back: nothing differs, and talks go on where they stood. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { createVault } from '../../src/documents/vault.ts';
import { createIds } from '../../src/ids.ts';
import { type Service, startService } from '../../src/service.ts';
import { backupStore, restoreStore } from '../../src/store/backup.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/open.ts';
import { seedCommit, seedDraft, seedEntry, seedRoom, seedVisits } from '../contract/seeds.ts';
import { createPhone } from '../e2e/phone.ts';
import { loket } from '../e2e/service-process.ts';
import { describeEachMongo } from '../each-mongo.ts';
import { MASTER_KEY as masterKey, tempDir } from './temp-store.ts';

const LIMIT = { timeout: 120_000 };
const [SITI, BUDI] = ['+6281200000501', '+6281200000502'];

const embedded = (dataDir: string): StoreOptions => ({ where: { kind: 'embedded' }, dataDir, masterKey });
const cluster = (mongodbUrl: string): StoreOptions => ({
  where: { kind: 'cluster', mongodbUrl, redisUrl: undefined },
  dataDir: '/nonexistent',
  masterKey,
});
const env = (more: Record<string, string>) => ({
  MASTER_KEY: masterKey.toString('base64'),
  PORT: '0',
  LOG_LEVEL: 'silent',
  ...more,
});

function serve(more: Record<string, string>): Promise<Service> {
  return startService(readConfig(env(more)), { log: pino({ level: 'silent' }) });
}

async function withStore<T>(options: StoreOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A real service that was stopped: one citizen in the middle of a form, one filing, one who waits for a person. */
async function makeOffice(dataDir: string): Promise<void> {
  const service = await serve({ DATA_DIR: dataDir });
  await createPhone(service.url, 'whatsapp', SITI).dialogue([
    ...['halo', 'ktp hilang', 'setuju', 'hilang', 'Siti Rahmawati'],
  ]);
  const budi = createPhone(service.url, 'sms', BUDI);
  await budi.dialogue(['halo']);
  await budi.say('petugas');
  await budi.until(({ state }) => state.status === 'handoff', 'the hand-off');
  await service.stop();
  await withStore(embedded(dataDir), seedWork);
}

/** What the talks above have not: work that is left and given up, cases, places, papers, files, links. */
async function seedWork(store: Store): Promise<void> {
  const { conversations, jobs, applications, links, issued, operators } = store;
  const [id, far] = ['agus', Date.UTC(2100, 0)];
  await conversations.commit(
    seedCommit(
      { id },
      {
        entries: [seedEntry({ id: 'agus.1.0' })],
        effects: [
          { id: 'agus.1.e', type: 'say', params: { entry: 'agus.1.0' } },
          { id: 'agus.1.x', type: 'submit', params: { nik: '1' } },
        ],
        timers: { set: [{ id: 'nudge', dueAt: far }], cancel: [] },
      },
    ),
  );
  await jobs.effectRetry('agus.1.x', 3, far);
  await jobs.bury('agus.1.e', { reason: 'REMOTE_REFUSED: 63016', tries: 8, at: 99 });
  const filed = await applications.create({
    ...seedDraft({ filedBy: 'agus.1.x', conversation: id }),
    ...{ series: 'KL', numberFor: (serial) => `KL-${serial}` },
  });
  await seedRoom(store, filed);
  const { number } = filed;
  await seedVisits(store, number);
  await createVault({ ...store, ids: createIds(), clock: createClock() }).put(id, {
    ...{ bytes: Buffer.alloc(700_000, 5), contentType: 'image/jpeg', name: 'kk.jpg', id: 'foto-1' },
  });
  const link = { conversation: id, file: 'foto-1', expiresAt: far, failures: 0 };
  await links.create({ tokenHash: 'h1', kind: 'download', ...link });
  await issued.issue({ code: 'AAAA', kind: 'receipt', application: number, issuedAt: 5, sha256: 'x' });
  await issued.issue({ code: 'BBBB', kind: 'receipt', application: number, issuedAt: 6, sha256: 'y' });
  const [operator] = (await operators.list()).map((each) => each.id);
  await operators.openSession({
    ...{ tokenHash: 't', operator: String(operator), csrf: 'c', createdAt: 1, expiresAt: 9 },
  });
}

const copyPath = () => join(tempDir(), 'copy.backup');

await describeEachMongo('Copies', ({ freshUrl }) => {
  it('go from SQLite to MongoDB and back, and nothing differs', LIMIT, async () => {
    const [from, back, url] = [tempDir(), tempDir(), freshUrl()];
    await makeOffice(from);
    const [one, two, three] = [copyPath(), copyPath(), copyPath()];
    const made = await backupStore(embedded(from), one);
    expect(made).toMatchObject({ conversations: 3, applications: 1, files: 1 });
    expect(await restoreStore({ ...cluster(url), source: one, force: false })).toEqual(made);
    expect(await backupStore(cluster(url), two)).toEqual(made);
    expect(await restoreStore({ ...embedded(back), source: two, force: false })).toEqual(made);
    expect(await backupStore(embedded(back), three)).toEqual(made);
    for (const options of [cluster(url), embedded(back)])
      await withStore(
        options,
        async ({ audit, jobs, bookings, queue, stock, files, applications, operators, settings }) => {
          expect(await audit.verify()).toMatchObject({ ok: true });
          expect(await jobs.buried(9)).toMatchObject([
            { effect: 'agus.1.e', tries: 8, reason: 'REMOTE_REFUSED: 63016' },
          ]);
          const pending = await jobs.pendingEffects();
          expect(pending).toMatchObject([{ effect: { id: 'agus.1.x', params: { nik: '1' } }, tries: 3 }]);
          expect(await bookings.findByApplication('KL-1', 0)).toHaveLength(2);
          expect(await queue.list('kantor', '2026-11-23')).toMatchObject([
            { number: 1, calledAt: 11, outcome: 'served', endedAt: 13 },
            { number: 2, calledAt: 12 },
            { number: 3, holder: 'agus' },
          ]);
          expect(await stock.counts()).toEqual(new Map([['kantor', 499]]));
          expect(await applications.findByMark('m3')).toMatchObject([
            { number: 'KL-1', assignee: { id: 'o1' } },
          ]);
          expect((await operators.list())[0]?.totp).toMatchObject({ lastStep: 7 });
          expect(await settings.read('notices')).toMatchObject({ version: 2 });
          expect((await files.get('foto-1'))?.sizeBytes).toBe(700_000);
        },
      );
  });

  it('let talks go on where they stood', LIMIT, async () => {
    const [from, url, copy] = [tempDir(), freshUrl(), copyPath()];
    await makeOffice(from);
    await backupStore(embedded(from), copy);
    await restoreStore({ ...cluster(url), source: copy, force: false });
    const service = await serve({ MONGODB_URL: url, DATA_DIR: tempDir() });
    onTestFinished(() => service.stop());
    const siti = createPhone(service.url, 'whatsapp', SITI);
    expect((await siti.screen()).state).toMatchObject({ service: 'ktp-hilang-rusak', expects: 'nik' });
    expect((await siti.dialogue(['6408044502900042'])).state.step).toBe('pemohon_kk');
    expect((await createPhone(service.url, 'sms', BUDI).screen()).state.status).toBe('handoff');
  });

  it(
    'replace what is in a database only when asked to, and work as commands beside a service',
    LIMIT,
    async () => {
      const [from, url, file] = [tempDir(), freshUrl(), copyPath()];
      await makeOffice(from);
      const settings = (more: Record<string, string>) => env({ DATA_DIR: from, ...more });
      const service = await serve(settings({ MONGODB_URL: url }));
      const rina = createPhone(service.url, 'whatsapp', '+6281200000503');
      await rina.dialogue(['halo']);
      const own = copyPath();
      expect(await loket(['backup', own], settings({ MONGODB_URL: url }))).toMatchObject({ code: 0 });
      await service.stop();

      const made = await loket(['backup', file], settings({}));
      expect(made).toMatchObject({ code: 0, err: expect.stringContaining('Everything is in') });
      expect(JSON.parse(made.out)).toMatchObject({
        conversations: 3,
        digest: expect.stringMatching(/^\w{64}$/),
      });
      const refused = await loket(['restore', file], settings({ MONGODB_URL: url }));
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
      const forced = await loket(['restore', '--force', file], settings({ MONGODB_URL: url }));
      expect(forced).toMatchObject({ code: 0, out: made.out });
      const verified = await loket(['audit', 'verify'], settings({ MONGODB_URL: url }));
      expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('"ok":true') });
      expect(await loket(['operator', 'list'], settings({ MONGODB_URL: url }))).toMatchObject({
        ...{ code: 0, out: expect.stringContaining('admin') },
      });
      // And what the service had before is in the copy of its own.
      await restoreStore({ ...cluster(url), source: own, force: true });
      const again = await serve(settings({ MONGODB_URL: url }));
      onTestFinished(() => again.stop());
      const screen = await createPhone(again.url, 'whatsapp', '+6281200000503').screen();
      expect(screen.messages.map(({ text }) => text)).toContain('halo');
    },
  );

  it('are whole while citizens write', LIMIT, async () => {
    const [url, copy] = [freshUrl(), copyPath()];
    const service = await serve({ MONGODB_URL: url, DATA_DIR: tempDir() });
    onTestFinished(() => service.stop());
    let isCopying = true;
    const talks = Array.from({ length: 6 }, async (_, n) => {
      const phone = createPhone(service.url, 'whatsapp', `+62812000007${n}0`);
      do await phone.say('halo');
      while (isCopying);
      await phone.dialogue(['menu']);
    });
    await backupStore(cluster(url), copy).finally(() => {
      isCopying = false;
    });
    await Promise.all(talks);
    const to = tempDir();
    await restoreStore({ ...embedded(to), source: copy, force: false });
    await withStore(embedded(to), async ({ conversations, jobs, audit }) => {
      expect(await audit.verify()).toMatchObject({ ok: true });
      for (const { conversation, entry } of await jobs.pendingEffects()) {
        expect(await conversations.load(conversation)).toBeDefined();
        if (entry) expect(await conversations.findEntry(entry.id)).toBeDefined();
      }
    });
  });

  it(
    'of which one byte or one record is another are refused, and the database stays empty',
    LIMIT,
    async () => {
      const [from, url, copy] = [tempDir(), freshUrl(), copyPath()];
      await makeOffice(from);
      await backupStore(embedded(from), copy);
      const doctorings = [
        "UPDATE steps SET lines = CAST(lines || x'00' AS BLOB) WHERE k = 2",
        'UPDATE backup_files SET sealed = zeroblob(700000)',
        'DELETE FROM steps WHERE k = 2',
        'DELETE FROM applications',
        'DELETE FROM backup_files',
        "UPDATE operators SET role = 'auditor'",
        'UPDATE operators SET totp = NULL',
        "UPDATE applications SET marks = '[]'",
        'UPDATE counts SET count = 1',
        'DELETE FROM settings',
        "UPDATE backup SET value = iif(value LIKE 'f%', '0', 'f') || substr(value, 2) WHERE name = 'digest'",
      ];
      for (const doctoring of doctorings) {
        const doctored = copyPath();
        copyFileSync(copy, doctored);
        const db = new DatabaseSync(doctored);
        db.exec(doctoring);
        db.close();
        for (const options of [cluster(url), embedded(join(tempDir(), 'data'))])
          await expect(restoreStore({ ...options, source: doctored, force: true })).rejects.toMatchObject({
            ...{ code: 'INVALID_REQUEST', message: expect.stringContaining('changed it') },
          });
      }
      expect(await withStore(cluster(url), ({ operators }) => operators.list())).toEqual([]);
      const wrong = { ...cluster(url), masterKey: new Uint8Array(32), source: copy, force: false };
      await expect(restoreStore(wrong)).rejects.toMatchObject({ code: 'KEY_WRONG' });
      expect(existsSync(`${copy}.half`)).toBe(false);
    },
  );
});
