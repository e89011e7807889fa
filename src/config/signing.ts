/** The settings of signing: a certificate on this machine, BSrE's client service, or neither (the default). */
import type { Reader, Variable } from './reader.ts';

export type SigningConfig =
  | { kind: 'local'; file: string; passphrase: string | undefined }
  | { kind: 'bsre'; url: string; user: string; password: string; version: 1 | 2 };

const LOCAL = ['SIGN_P12', 'SIGN_P12_PASSPHRASE'] as const satisfies Variable[];
const BSRE = ['BSRE_URL', 'BSRE_USER', 'BSRE_PASSWORD', 'BSRE_VERSION'] as const satisfies Variable[];

/** Undefined when nobody signs. `file` is absolute; whether it can be opened is seen when the service starts. */
export function readSigning(reader: Reader): SigningConfig | undefined {
  const isLocal = LOCAL.some((name) => reader.isSet(name));
  const isBsre = BSRE.some((name) => reader.isSet(name));
  if (isLocal && isBsre) {
    reader.fault('SIGN_P12', 'and BSRE_URL are both set: papers are signed in one way only', 'sign.p12');
  }
  if (isLocal) return readLocal(reader);
  return isBsre ? readBsre(reader) : undefined;
}

function readLocal(reader: Reader): SigningConfig {
  reader.required('SIGN_P12', 'SIGN_P12_PASSPHRASE opens no other file', '/etc/loket/sign.p12');
  return { kind: 'local', file: reader.path('SIGN_P12', ''), passphrase: reader.text('SIGN_P12_PASSPHRASE') };
}

function readBsre(reader: Reader): SigningConfig {
  const why = 'the client service of BSrE needs it';
  const example = 'https://esign.contohkab.go.id';
  reader.required('BSRE_URL', why, example);
  return {
    kind: 'bsre',
    url: reader.url('BSRE_URL', example) ?? '',
    user: reader.required('BSRE_USER', why, 'loket'),
    password: reader.required('BSRE_PASSWORD', why, 'the password of that account'),
    version: reader.choice('BSRE_VERSION', ['1', '2'], '2') === '1' ? 1 : 2,
  };
}
