/** Certificates made for a test, by openssl as an office would make them: an authority, and who signs below it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSPHRASE = 'rahasia-dinas-42';
export const SIGNER = 'Kepala Dinas Contoh';

const KEYS = {
  rsa: ['-newkey', 'rsa:2048'],
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
} as const;

type Key = keyof typeof KEYS;

/** The PKCS#12 file and the authority's certificate (PEM), both as paths inside a folder that `remove` takes away. */
export function makeCertificates(key: Key = 'rsa', authority: Key = 'ec') {
  const folder = mkdtempSync(join(tmpdir(), 'loket-signing-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const days = ['-days', '365'];
  const subject = `/CN=${SIGNER}/O=Disdukcapil Contoh/C=ID`;
  openssl(
    'req',
    '-x509',
    '-nodes',
    ...KEYS[authority],
    ...days,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Otoritas',
  );
  openssl('req', '-nodes', ...KEYS[key], '-keyout', 'own.key', '-out', 'own.csr', '-subj', subject);
  openssl(
    'x509',
    '-req',
    '-in',
    'own.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    ...days,
    '-out',
    'own.pem',
  );
  const pack = (name: string, ...more: string[]) =>
    openssl('pkcs12', '-export', '-out', name, '-passout', `pass:${PASSPHRASE}`, ...more);
  pack('sign.p12', '-inkey', 'own.key', '-in', 'own.pem', '-certfile', 'ca.pem');
  pack('keyless.p12', '-nokeys', '-in', 'ca.pem');
  return {
    folder,
    path: at('sign.p12'),
    keylessPath: at('keyless.p12'),
    authorityPath: at('ca.pem'),
    file: readFileSync(at('sign.p12')),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
