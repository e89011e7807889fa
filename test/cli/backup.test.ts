import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runBackup } from '../../src/cli/backup.ts';
import { openStore } from '../../src/store/open.ts';
import { memoryIo } from './memory-io.ts';

test.each([
  { isTTY: true, seen: /^\r\d+ records copied\n\r\d+ records checked\nEverything is in / },
  { isTTY: false, seen: /^Everything is in / },
])('loket backup counts up on a terminal only (isTTY: $isTTY)', async ({ isTTY, seen }) => {
  const dir = mkdtempSync(join(tmpdir(), 'loket-backup-'));
  const before = process.env;
  onTestFinished(() => {
    process.env = before;
    rmSync(dir, { recursive: true, force: true });
  });
  const masterKey = Buffer.alloc(32, 7);
  process.env = { ...before, DATA_DIR: dir, MASTER_KEY: masterKey.toString('base64'), MONGODB_URL: '' };
  await (await openStore({ dataDir: dir, masterKey })).close();
  const io = memoryIo();
  Object.assign(io.errors, { isTTY });
  await runBackup(join(dir, 'copy.backup'), io);
  expect(io.err()).toMatch(seen);
  expect(JSON.parse(io.out())).toMatchObject({ conversations: 0, records: 2 });
});
