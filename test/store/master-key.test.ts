import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { masterKeyFile, resolveMasterKey } from '../../src/store/master-key.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'loket-key-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('resolveMasterKey', () => {
  it('makes a key of 32 bytes once, which only its owner can read', () => {
    const dataDir = join(dir, 'data');
    const key = resolveMasterKey({ dataDir, masterKey: undefined });
    expect(key).toHaveLength(32);
    expect(new Set(key).size).toBeGreaterThan(8);
    expect(resolveMasterKey({ dataDir, masterKey: undefined })).toEqual(key);
    expect(statSync(masterKeyFile(dataDir)).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('makes nothing when the environment gives a key', () => {
    const masterKey = new Uint8Array(32).fill(1);
    expect(resolveMasterKey({ dataDir: dir, masterKey })).toBe(masterKey);
    expect(() => readFileSync(masterKeyFile(dir))).toThrow('ENOENT');
  });

  it('never replaces a file that holds no key: what was sealed would be lost', () => {
    writeFileSync(masterKeyFile(dir), 'oops');
    expect(() => resolveMasterKey({ dataDir: dir, masterKey: undefined })).toThrow(
      /KEY_WRONG: .* bring back the file/,
    );
    expect(readFileSync(masterKeyFile(dir), 'utf8')).toBe('oops');
  });

  it('tells when the directory cannot be made', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => resolveMasterKey({ dataDir: join(dir, 'file'), masterKey: undefined })).toThrow(
      /STORE_UNAVAILABLE: cannot make/,
    );
  });
});
