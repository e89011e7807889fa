/** Signs with the office's own certificate, out of a PKCS#12 file on this machine. */
import { Signer as CmsSource, SignPdf } from '@signpdf/signpdf';
import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import { createRateLimit } from '../pages/rate-limit.ts';
import { isOwnPaper } from '../papers/own-paper.ts';
import { roomFor, signCms } from './cms.ts';
import { addSignatureField } from './field.ts';
import { type Identity, type OpenedP12, openP12 } from './p12.ts';
import type { Signed, Signer, SigningAct } from './signer.ts';

export interface LocalSignerDeps {
  /** The PKCS#12 file. */
  file: Uint8Array;
  /** Opened with the passphrase of the environment; absent: somebody types it for each act. */
  identity?: Identity | undefined;
  timeZone: string;
  clock: Clock;
}

/** The file is on our side, so nobody but us counts wrong passphrases. */
const GUESSES_PER_MINUTE = 5;

/** Creates the signer. A passphrase that is typed counts for that act alone, and opens the file anew. */
export function createLocalSigner(deps: LocalSignerDeps): Signer {
  const guesses = createRateLimit(deps.clock, GUESSES_PER_MINUTE);
  return {
    kind: 'local',
    isUnattended: deps.identity !== undefined,
    async sign(paper, act) {
      if (!isOwnPaper(paper))
        throw new AppError('INVALID_REQUEST', { detail: 'only our own papers are signed' });
      if (guesses.isReached('')) {
        throw new AppError('TOO_MANY_REQUESTS', {
          detail: 'too many wrong passphrases; wait a minute',
          retryAfterMs: 60_000,
        });
      }
      const opened = await identityFor(deps, act.passphrase);
      if (!opened.ok) {
        if (opened.reason === 'passphrase' && act.passphrase !== undefined) guesses.count('');
        return { ok: false, reason: opened.reason === 'broken' ? 'certificate' : 'passphrase' };
      }
      return signWith(opened.identity, Buffer.from(paper), act, deps.timeZone);
    },
  };
}

async function identityFor(deps: LocalSignerDeps, passphrase: string | undefined): Promise<OpenedP12> {
  if (passphrase !== undefined) return openP12(deps.file, passphrase);
  return deps.identity ? { ok: true, identity: deps.identity } : { ok: false, reason: 'passphrase' };
}

async function signWith(
  identity: Identity,
  pdf: Buffer,
  { reason, at, visible: place }: SigningAct,
  timeZone: string,
): Promise<Signed> {
  if (at < identity.validFrom || at > identity.validTo) return { ok: false, reason: 'certificate' };
  const text = { name: identity.name, reason, at, timeZone };
  const prepared = addSignatureField(pdf, { text, place, room: roomFor(identity) });
  return { ok: true, bytes: await new SignPdf().sign(prepared, new CmsSigner(identity)) };
}

/** @signpdf asks it for the signature of all bytes but the place that was kept free. */
class CmsSigner extends CmsSource {
  readonly #identity: Identity;

  constructor(identity: Identity) {
    super();
    this.#identity = identity;
  }

  override sign(content: Buffer): Promise<Buffer> {
    return signCms(content, this.#identity);
  }
}
