import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { seedCommit, seedConversation, seedEntry, seedReservation } from '../../contract/seeds.ts';
import { MASTER_KEY, tempDir } from '../temp-store.ts';
import { openWhole, sealWhole, whole } from '../whole.ts';

const open = (dataDir: string, masterKey = MASTER_KEY) => openStore({ dataDir, masterKey });

describe('opening the embedded store', () => {
  it('makes the data directory for its owner alone', async () => {
    const dataDir = join(tempDir(), 'new', 'data');
    const store = await open(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'loket.db')).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('finds everything again after it was closed', async () => {
    const dataDir = tempDir();
    const first = await open(dataDir);
    const sealed = await sealWhole(first.sealer, 'siti', Buffer.from('scan'));
    const hash = first.sealer.hash('nik', '1');
    await first.conversations.commit(
      seedCommit(
        {},
        {
          entries: [seedEntry()],
          effects: [{ id: 'siti.1.1', type: 'say', params: { entry: 'siti.1.0' } }],
          timers: { set: [{ id: 'nudge', dueAt: 3 }], cancel: [] },
          inbound: 'simulator:1',
        },
      ),
    );
    await first.files.put({
      id: 'abcd',
      owner: 'siti',
      contentType: 'image/png',
      sizeBytes: 4,
      at: 5,
      sealed: [sealed],
    });
    await first.audit.append({ at: 1, actor: 'cli', action: 'a', subject: 's', details: {} });
    await first.bookings.reserve(seedReservation());
    await first.close();

    const again = await open(dataDir);
    expect(await again.conversations.load('siti')).toEqual(seedConversation());
    expect(await again.conversations.transcript('siti')).toEqual([seedEntry()]);
    expect(await again.conversations.isInboundDone('siti', 'simulator:1')).toBe(true);
    expect(await again.jobs.pendingEffects()).toMatchObject([{ effect: { params: { entry: 'siti.1.0' } } }]);
    expect(await again.jobs.dueTimers(9, 9)).toHaveLength(1);
    const file = await again.files.get('abcd');
    expect(Buffer.from(await openWhole(again.sealer, 'siti', await whole(file?.sealed))).toString()).toBe(
      'scan',
    );
    expect(again.sealer.hash('nik', '1')).toBe(hash);
    expect(await again.audit.verify()).toEqual({ ok: true, entries: 1 });
    expect(await again.bookings.findByApplication('KL-1', 0)).toHaveLength(1);
    await again.close();
  });

  it('refuses a second opening of the same directory, and says what to do', async () => {
    const dataDir = tempDir();
    const store = await open(dataDir);
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'TAKEN',
      message: expect.stringContaining(dataDir),
    });
    await store.close();
    await (await open(dataDir)).close();
  });

  it('refuses a second process, and lets a short command look in beside the first', async () => {
    const dataDir = tempDir();
    const store = await open(dataDir);
    await store.audit.append({ at: 1, actor: 'cli', action: 'a', subject: 's', details: {} });
    expect(await runOpener(dataDir, false)).toBe('TAKEN');
    expect(await runOpener(dataDir, true)).toBe('opened, 1 line');
    await store.audit.append({ at: 2, actor: 'cli', action: 'b', subject: 's', details: {} });
    expect(await store.audit.verify()).toEqual({ ok: true, entries: 2 });
    await store.close();
  });

  it('refuses to erase beside a running service, whose memory still holds the key', async () => {
    const dataDir = tempDir();
    const store = await open(dataDir);
    const beside = await openStore({ dataDir, masterKey: MASTER_KEY, isBeside: true });
    await expect(beside.eraseOwner('siti')).rejects.toMatchObject({ code: 'TAKEN' });
    await beside.close();
    await store.close();
  });

  it('refuses another master key, and lets go of the directory', async () => {
    const dataDir = tempDir();
    await (await open(dataDir)).close();
    await expect(open(dataDir, randomBytes(32))).rejects.toMatchObject({ code: 'KEY_WRONG' });
    await expect(open(dataDir, Buffer.alloc(16))).rejects.toMatchObject({ code: 'KEY_WRONG' });
    await (await open(dataDir)).close();
  });

  it('refuses a database of a newer program', async () => {
    const dataDir = tempDir();
    await (await open(dataDir)).close();
    const db = new DatabaseSync(join(dataDir, 'loket.db'));
    db.exec('PRAGMA user_version = 999');
    db.close();
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'STORE_SCHEMA_NEWER' });
  });

  it('refuses a file that is no database', async () => {
    const dataDir = tempDir();
    writeFileSync(join(dataDir, 'loket.db'), 'not a database, but long enough to be looked at '.repeat(50));
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('answers a ping while it is open, and refuses everything after it is closed', async () => {
    const store = await open(tempDir());
    await store.ping();
    await store.close();
    await store.close();
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.conversations.commit(seedCommit())).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });
});

/** Another process that opens the store and says how it went. */
async function runOpener(dataDir: string, isBeside: boolean): Promise<string> {
  const program = `
    import { openStore } from ${JSON.stringify(new URL('../../../src/store/open.ts', import.meta.url).href)};
    const masterKey = Buffer.alloc(32, 7);
    try {
      const store = await openStore({ dataDir: ${JSON.stringify(dataDir)}, masterKey, isBeside: ${isBeside} });
      const lines = await store.audit.list({ limit: 9 });
      await store.close();
      process.stdout.write('opened, ' + lines.length + ' line');
    } catch (error) {
      process.stdout.write(error.code);
    }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return stdout;
}
