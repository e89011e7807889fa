/** Letters of the office about a request: written by an operator, signed (if so) by the one who types the passphrase. */
import { AppError } from '../../errors.ts';
import type { Signer, SigningAct } from '../signing/signer.ts';
import type { CaseFacts } from './case-papers.ts';
import type { LetterFacts } from './letter-facts.ts';
import type { MadePaper, PaperMaker } from './make.ts';
import type { Issue } from './paper.ts';

/** What the operator wrote. `sign` is used for this act and kept nowhere; absent: a letter to be signed by pen. */
export interface LetterOrder extends Pick<LetterFacts, 'number' | 'subject' | 'to' | 'body' | 'signer'> {
  /** Names the act: the same again is the same letter, and signs nothing twice. */
  act: string;
  sign?: { passphrase?: string | undefined; nik?: string | undefined; visible: boolean };
}

/** `off`: nothing is set up to sign. `unavailable`: surely not signed. `unknown`: nobody knows. The others as `Signed` says. */
export type LetterOutcome =
  | ({ ok: true } & MadePaper)
  | { ok: false; reason: 'off' | 'passphrase' | 'certificate' | 'refused' | 'unavailable' | 'unknown' };

export interface Letters {
  /** Undefined: nothing is set up to sign. */
  signing: Signer['kind'] | undefined;
  /** Makes the letter, signs it, keeps it. Refused: nothing is kept, and no code is given out. */
  write(application: string, order: LetterOrder): Promise<LetterOutcome>;
}

interface LetterDeps {
  papers: PaperMaker;
  facts: Pick<CaseFacts, 'keeperOf'> & {
    /** What the office and the request put on a letter by themselves. Throws AppError NOT_FOUND. */
    letter(
      application: string,
    ): Promise<Pick<LetterFacts, 'application' | 'service' | 'opening' | 'closing' | 'place' | 'office'>>;
  };
  signer?: Signer | undefined;
}

/** Builds it. */
export function createLetters({ papers, facts, signer }: LetterDeps): Letters {
  return {
    signing: signer?.kind,
    async write(application, { act, sign, ...written }) {
      if (sign && !signer) return { ok: false, reason: 'off' };
      const given = { ...(await facts.letter(application)), ...written, signature: signatureOf(sign) };
      const render = async (issue: Issue) => {
        const { renderLetter } = await import('./letter-pdf.ts');
        const { paper, box } = await renderLetter(given, issue);
        if (!sign || !signer) return paper;
        const { passphrase, nik } = sign;
        const signed = await signer.sign(paper, {
          ...(passphrase === undefined ? {} : { passphrase }),
          ...(nik === undefined ? {} : { nik }),
          ...(sign.visible ? { visible: box } : {}),
          reason: reasonOf(given),
          at: issue.issuedAt,
        });
        if (!signed.ok) throw new Refused(signed.reason);
        return signed.bytes;
      };
      try {
        const made = await papers.make({
          ...{ kind: 'letter', subject: `${application}/${act}`, key: `${application}/${act}` },
          ...(await facts.keeperOf(application)),
          ...{ name: `surat-${application}.pdf`, render },
        });
        return { ok: true, ...made };
      } catch (error) {
        return { ok: false, reason: refusalOf(error) };
      }
    },
  };
}

class Refused extends Error {
  readonly reason: 'passphrase' | 'certificate' | 'refused';

  constructor(reason: 'passphrase' | 'certificate' | 'refused') {
    super(reason);
    this.reason = reason;
  }
}

/** Throws on what is no refusal. */
function refusalOf(error: unknown): (LetterOutcome & { ok: false })['reason'] {
  if (error instanceof Refused) return error.reason;
  if (error instanceof AppError && error.code === 'OUTCOME_UNKNOWN') return 'unknown';
  if (error instanceof AppError && error.code === 'REMOTE_UNAVAILABLE') return 'unavailable';
  throw error;
}

function signatureOf(sign: LetterOrder['sign']): LetterFacts['signature'] {
  if (!sign) return 'pen';
  return sign.visible ? 'seen' : 'unseen';
}

/** In the signature's own field, which anybody can read: the letter's number or the request's, no words of the letter. */
function reasonOf({ number, application }: LetterFacts): SigningAct['reason'] {
  return `Surat ${number ?? application}`;
}
