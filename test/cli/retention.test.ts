import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplicationState } from '../../src/applications/ports.ts';
import { createVault } from '../../src/documents/vault.ts';
import { createIds } from '../../src/ids.ts';
import { openStore } from '../../src/store/open.ts';
import { seedCommit } from '../contract/seeds.ts';
import { type Env, loket, startService } from '../e2e/service-process.ts';

const NUMBER = 'KL-2611-0001-7';
const LONG_AGO = Date.UTC(2025, 0);
let dir: string;
let env: Env;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'loket-retention-'));
  env = { DATA_DIR: dir, MASTER_KEY: Buffer.alloc(32, 7).toString('base64') };
});
afterEach(() => rmSync(dir, { recursive: true }));

async function withStore<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: dir, masterKey: Buffer.alloc(32, 7) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A case of long ago with a photo, and the chat it came from. */
const seed = (state: ApplicationState) =>
  withStore(async (store) => {
    const vault = createVault({ ...store, ids: createIds(), clock: { now: () => LONG_AGO } });
    const { file } = await vault.put('siti', { bytes: Buffer.from('x'), contentType: 'image/png', draft: 4 });
    await store.conversations.commit(seedCommit());
    await store.applications.create({
      ...{
        series: 'KL-2611',
        numberFor: () => NUMBER,
        filedBy: 'siti:4',
        conversation: 'siti',
        service: 'akta',
      },
      ...{ state, pin: '123456', answers: { kk: { v: { files: [{ file }] } } } },
      history: [{ at: LONG_AGO, event: 'submit', by: 'citizen', state }],
      ...{ submittedAt: LONG_AGO, dueAt: LONG_AGO, pinFailures: 0, pinLockedUntil: 0 },
    });
    return file;
  });

describe('loket retention', () => {
  it('tells what would be erased beside the service, and erases only when that is stopped', async () => {
    const file = await seed('completed');
    const service = await startService(env);
    const dry = await loket(['retention', 'run', '--dry-run'], env);
    expect(dry).toMatchObject({ code: 0, err: expect.stringContaining('Nothing was erased') });
    expect(JSON.parse(dry.out)).toMatchObject({ cases: 1, caseFiles: 1, failed: 0 });
    const refused = await loket(['retention', 'run'], env);
    expect(refused).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('every night by itself'),
    });
    await service.stop();

    const done = await loket(['retention', 'run'], env);
    expect(done).toMatchObject({ code: 0, out: dry.out });
    await withStore(async ({ files, audit }) => {
      expect(await files.get(file)).toBeUndefined();
      const [line] = await audit.list({ actions: ['retention.run'], limit: 9 });
      expect(line).toMatchObject({ actor: 'cli', details: { cases: 1 } });
    });
  });

  it('lists the rules in force', async () => {
    await seed('completed');
    const { code, out } = await loket(['retention', 'list', '--json'], env);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ files: 'P30D', drafts: 'P30D', chat: 'P30D', lastRun: null });
    expect((await loket(['retention', 'list'], env)).out).toContain('files and answers of a case');
  });

  it('erases one closed case when that is confirmed, and no open one', async () => {
    const file = await seed('completed');
    expect(await loket(['retention', 'erase', NUMBER], env)).toMatchObject({
      ...{ code: 1, out: '', err: expect.stringContaining('--yes') },
    });
    expect(await loket(['retention', 'erase', 'KL-2611-0002-5', '--yes'], env)).toMatchObject({ code: 1 });
    expect(await loket(['retention', 'erase', NUMBER, '--yes'], env)).toMatchObject({
      ...{ code: 0, out: `{"erased":"${NUMBER}","person":false,"files":1}\n` },
    });
    await withStore(async ({ files, conversations }) => {
      expect(await files.get(file)).toBeUndefined();
      expect(await conversations.load('siti')).toBeDefined();
    });
    await loket(['retention', 'erase', NUMBER, '--yes', '--person'], env);
    expect(await withStore(({ conversations }) => conversations.load('siti'))).toBeUndefined();
  });

  it('refuses to erase what is open', async () => {
    await seed('verification');
    const refused = await loket(['retention', 'erase', NUMBER, '--yes'], env);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('still open') });
  });
});
