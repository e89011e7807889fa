/** The signer that the settings ask for. */
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { SigningConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { type Identity, openP12 } from './p12.ts';
import type { Signer } from './signer.ts';

export interface OpenSignerDeps {
  timeZone: string;
  clock: Clock;
  log: Logger;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A new certificate takes an office weeks. */
const WARN_DAYS = 30;

/**
 * Undefined when signing is off. The libraries come in with the first signature. Throws AppError CONFIG_INVALID for a
 * certificate that could not sign: missing, broken, expired, or another passphrase.
 */
export async function openSigner(
  config: SigningConfig | undefined,
  deps: OpenSignerDeps,
): Promise<Signer | undefined> {
  if (config === undefined) return undefined;
  if (config.kind === 'bsre') {
    warnOfPlainHttp(config.url, deps.log);
    const { createBsreSigner } = await import('./bsre/bsre-signer.ts');
    return createBsreSigner({ ...config, timeZone: deps.timeZone });
  }
  const file = await readFile(config.file).catch((cause: NodeJS.ErrnoException) => {
    throw fault('SIGN_P12', `names a file that cannot be read (${cause.code ?? 'unknown'})`);
  });
  const identity = config.passphrase === undefined ? undefined : await openWith(file, config.passphrase);
  if (identity) judgeDates(identity, deps);
  return lazily({ file, identity, timeZone: deps.timeZone, clock: deps.clock });
}

async function openWith(file: Uint8Array, passphrase: string): Promise<Identity> {
  const opened = await openP12(file, passphrase);
  if (opened.ok) return opened.identity;
  if (opened.reason === 'passphrase')
    throw fault('SIGN_P12_PASSPHRASE', 'does not open the file of SIGN_P12');
  throw fault('SIGN_P12', 'must be a PKCS#12 file with an RSA or EC key and its certificate');
}

function judgeDates({ validFrom, validTo }: Identity, { clock, log }: OpenSignerDeps): void {
  const now = clock.now();
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  if (now > validTo) throw fault('SIGN_P12', `holds a certificate that ended on ${dayOf(validTo)}`);
  if (now < validFrom) throw fault('SIGN_P12', `holds a certificate that begins on ${dayOf(validFrom)}`);
  const days = Math.floor((validTo - now) / DAY_MS);
  if (days <= WARN_DAYS) log.warn({ days }, 'the certificate of SIGN_P12 ends soon: ask for a new one');
}

function lazily(deps: Parameters<typeof import('./local-signer.ts').createLocalSigner>[0]): Signer {
  let signer: Promise<Signer> | undefined;
  return {
    kind: 'local',
    isUnattended: deps.identity !== undefined,
    async sign(paper, act) {
      signer ??= import('./local-signer.ts').then(({ createLocalSigner }) => createLocalSigner(deps));
      return (await signer).sign(paper, act);
    },
  };
}

function warnOfPlainHttp(url: string, log: Logger): void {
  const { protocol, hostname } = new URL(url);
  const isHere = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
  if (protocol === 'http:' && !isHere)
    log.warn('BSRE_URL is not https: passphrases cross the net in the clear');
}

function fault(name: string, what: string): AppError {
  return new AppError('CONFIG_INVALID', { detail: `one setting is wrong:\n  ${name} ${what}` });
}
