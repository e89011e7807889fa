/** The key that everything at rest hangs on. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';

/**
 * MASTER_KEY, or in development the one made in DATA_DIR at the first start (readable by its owner only).
 * Throws AppError KEY_WRONG when that file is damaged: without the right key nothing opens, so none is made anew;
 * CONFIG_INVALID when DATA_DIR cannot be made or written.
 */
export function loadMasterKey({ masterKey, dataDir }: Pick<Config, 'masterKey' | 'dataDir'>): Uint8Array {
  makeDataDir(dataDir);
  if (masterKey) return masterKey;
  const file = join(dataDir, 'master.key');
  if (!existsSync(file)) makeKey(file, dataDir);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === 32) return new Uint8Array(key);
  throw new AppError('KEY_WRONG', {
    detail: `${file} is damaged: put back the copy of it, or set MASTER_KEY`,
  });
}

/** Whole or not at all, and once: several processes may start on one DATA_DIR (on MongoDB they need the same key). */
function makeKey(file: string, dataDir: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(dataDir, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The first that needs DATA_DIR: here its faults are told. */
function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

function unusable(dataDir: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'no reason given';
  return new AppError('CONFIG_INVALID', {
    detail: `DATA_DIR: ${dataDir} cannot be made or written (${code}); for example DATA_DIR=./data`,
    cause,
  });
}
