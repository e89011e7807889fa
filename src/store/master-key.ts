/** The master key where the environment gives none: made once, kept beside the data (development and small offices). */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

const KEY_BYTES = 32;

/** The key's file in a data directory: base64, readable by its owner only. */
export function masterKeyFile(dataDir: string): string {
  return join(dataDir, 'master.key');
}

/**
 * `masterKey` itself when there is one; else the key of the data directory, which is made at the first call.
 * Throws AppError KEY_WRONG when the file holds no key, STORE_UNAVAILABLE when it cannot be read or made.
 */
export function resolveMasterKey(config: { dataDir: string; masterKey: Uint8Array | undefined }): Uint8Array {
  if (config.masterKey) return config.masterKey;
  const file = masterKeyFile(config.dataDir);
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    makeKey(file);
  } catch (cause) {
    throw new AppError('STORE_UNAVAILABLE', { detail: `cannot make ${file}: ${codeOf(cause)}`, cause });
  }
  return readKey(file);
}

/** Two processes may start at once: the one that comes second takes the first one's key. */
function makeKey(file: string): void {
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function readKey(file: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new AppError('STORE_UNAVAILABLE', { detail: `cannot read ${file}: ${codeOf(cause)}`, cause });
  }
  const key = Buffer.from(text, 'base64');
  if (key.length === KEY_BYTES) return new Uint8Array(key);
  throw new AppError('KEY_WRONG', {
    detail: `${file} holds no key of ${KEY_BYTES} bytes; bring back the file of your backup`,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
