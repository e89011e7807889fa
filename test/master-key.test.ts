import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadMasterKey } from '../src/master-key.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'loket-key-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('loadMasterKey', () => {
  it('makes a key of 32 bytes once, which only its owner can read', () => {
    const dataDir = join(dir, 'data');
    const key = loadMasterKey({ dataDir, masterKey: undefined });
    expect(key).toHaveLength(32);
    expect(new Set(key).size).toBeGreaterThan(8);
    expect(loadMasterKey({ dataDir, masterKey: undefined })).toEqual(key);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('makes nothing when the environment gives a key', () => {
    const masterKey = new Uint8Array(32).fill(1);
    expect(loadMasterKey({ dataDir: dir, masterKey })).toBe(masterKey);
    expect(() => readFileSync(join(dir, 'master.key'))).toThrow('ENOENT');
  });

  it('never replaces a file that holds no key: what was sealed would be lost', () => {
    writeFileSync(join(dir, 'master.key'), 'oops');
    expect(() => loadMasterKey({ dataDir: dir, masterKey: undefined })).toThrow(
      /KEY_WRONG: .* put back the copy/,
    );
    expect(readFileSync(join(dir, 'master.key'), 'utf8')).toBe('oops');
  });

  it('names DATA_DIR when it cannot be used', () => {
    writeFileSync(join(dir, 'file'), '');
    for (const dataDir of [join(dir, 'file'), join(dir, 'file', 'data')]) {
      expect(() => loadMasterKey({ dataDir, masterKey: undefined })).toThrow(
        /CONFIG_INVALID: DATA_DIR: .* cannot/,
      );
    }
  });
});
