/** Embedded stores in directories that are gone after the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';

export const MASTER_KEY = Buffer.alloc(32, 7);

/** A directory of its own, removed when the test ends. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'loket-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A store in a directory of its own, which goes when the store is closed. */
export async function openTempStore(): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'loket-store-'));
  const store = await openStore({ dataDir: dir, masterKey: MASTER_KEY });
  const close = async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { ...store, close };
}
