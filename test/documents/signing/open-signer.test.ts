import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SigningConfig } from '../../../src/config.ts';
import { openSigner } from '../../../src/documents/signing/open-signer.ts';
import { describeWith } from '../../services.ts';
import { makeCertificates, PASSPHRASE } from './certificates.ts';
import { paper } from './papers.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const BSRE = {
  kind: 'bsre',
  url: 'http://10.1.1.1',
  user: 'loket',
  password: 'sandi-akun',
  version: 2,
} as const;

let certificates: ReturnType<typeof makeCertificates>;
let lines: string[];

describeWith('openssl', 'the signer that the settings ask for', () => {
  beforeAll(() => {
    certificates = makeCertificates();
  });
  afterAll(() => certificates.remove());

  it('is nobody by default', async () => {
    expect(await open(undefined)).toBeUndefined();
  });

  it('signs by itself when the passphrase is set, and waits for a person when it is not', async () => {
    const alone = await open(local());
    expect(alone).toMatchObject({ kind: 'local', isUnattended: true });
    expect(await alone?.sign(await paper(), { reason: 'Uji', at: Date.now() + 1000 })).toMatchObject({
      ok: true,
    });
    expect(await open(local({ passphrase: undefined }))).toMatchObject({ isUnattended: false });
  });

  it.each([
    [
      'is not there',
      () => local({ file: '/nowhere/sign.p12' }),
      /SIGN_P12 names a file that cannot be read \(ENOENT\)/,
    ],
    [
      'is opened by another passphrase',
      () => local({ passphrase: 'salah' }),
      /SIGN_P12_PASSPHRASE does not open/,
    ],
    ['is broken', () => local({ file: broken() }), /SIGN_P12 must be a PKCS#12 file/],
    ['holds no key', () => local({ file: certificates.keylessPath }), /SIGN_P12 must be a PKCS#12 file/],
  ])('stops the start when the file %s', async (_what, config, expected) => {
    await expect(open(config())).rejects.toThrow(expected);
    await expect(open(config())).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('stops the start when the certificate has ended or has not begun', async () => {
    await expect(open(local(), Date.now() + 400 * DAY_MS)).rejects.toThrow(
      /certificate that ended on \d{4}-/,
    );
    await expect(open(local(), Date.now() - 400 * DAY_MS)).rejects.toThrow(
      /certificate that begins on \d{4}-/,
    );
  });

  it('warns in the last month of the certificate', async () => {
    await open(local(), Date.now() + 340 * DAY_MS);
    expect(lines.join()).toContain('ends soon');
    await open(local());
    expect(lines.join()).not.toContain('ends soon');
  });

  it('never tells the passphrase', async () => {
    const told: string[] = [];
    for (const passphrase of ['salah-tapi-rahasia', PASSPHRASE]) {
      await open(local({ passphrase, file: passphrase === PASSPHRASE ? broken() : certificates.path })).catch(
        (error: Error) => told.push(`${error.stack} ${JSON.stringify(error)}`),
      );
    }
    expect(told).toHaveLength(2);
    expect(told.join()).not.toMatch(/salah-tapi-rahasia|rahasia-dinas/);
  });

  it('is BSrE when its client service is set, and warns of passphrases in the clear', async () => {
    expect(await open(BSRE)).toMatchObject({ kind: 'bsre', isUnattended: false });
    expect(lines.join()).toContain('not https');
    await open({ ...BSRE, url: 'https://esign.contohkab.go.id' });
    expect(lines.join()).not.toContain('not https');
  });
});

function local(more: Partial<Extract<SigningConfig, { kind: 'local' }>> = {}): SigningConfig {
  return { kind: 'local', file: certificates.path, passphrase: PASSPHRASE, ...more };
}

function broken(): string {
  const path = join(certificates.folder, 'broken.p12');
  writeFileSync(path, certificates.file.subarray(0, 500));
  return path;
}

function open(config: SigningConfig | undefined, now = Date.now() + 1000) {
  lines = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  return openSigner(config, { timeZone: 'Asia/Makassar', clock: { now: () => now }, log });
}
