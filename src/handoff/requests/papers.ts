/** Our own papers about a request: what can be printed, printing it, and writing letters. Each act is in the audit log. */
import type { FormCode } from '../../flows/vocabulary.ts';
import type { LetterSigner } from '../../office/letters.ts';
import { ApiError, type ApiErrorCode } from '../api/api-error.ts';
import type { Journal } from '../inbox/journal.ts';
import type { Operator } from '../ports.ts';
import type { LetterBody, PapersView, PrintBody, Printed, Written } from '../schemas/papers.ts';
import { actorOf } from './actor.ts';
import type { LetterText, OfficePapers, Paper } from './paper-ports.ts';
import type { RequestActs, RequestReader, RequestRecord } from './ports.ts';

export interface PaperActDeps {
  requests: Pick<RequestReader, 'find'>;
  acts: Pick<RequestActs, 'letter'>;
  papers: OfficePapers;
  journal: Pick<Journal, 'note'>;
}

/** Each throws ApiError NOT_FOUND. */
export interface PaperActs {
  list(number: string): Promise<PapersView>;
  /** REVEAL_NEEDED for a personal paper while the request is masked; NOT_POSSIBLE for one that there is not (now). */
  print(number: string, what: PrintBody, operator: Operator, isShown: boolean): Promise<Printed>;
  /** SIGNING_OFF, WRONG_PASSPHRASE, CERTIFICATE_INVALID, SIGNING_FAILED, SIGNING_UNKNOWN; INVALID_REQUEST for a signer unknown. */
  write(number: string, letter: LetterBody, operator: Operator): Promise<Written>;
}

const SIGNING_CODES = {
  off: 'SIGNING_OFF',
  passphrase: 'WRONG_PASSPHRASE',
  certificate: 'CERTIFICATE_INVALID',
  refused: 'SIGNING_FAILED',
  unavailable: 'SIGNING_FAILED',
  unknown: 'SIGNING_UNKNOWN',
} as const satisfies Record<string, ApiErrorCode>;

/** Builds the acts over the ports. */
export function createPaperActs({ requests, acts, papers, journal }: PaperActDeps): PaperActs {
  async function find(number: string): Promise<RequestRecord> {
    const request = await requests.find(number);
    if (!request) throw new ApiError('NOT_FOUND');
    return request;
  }

  return {
    async list(number) {
      const { service } = await find(number);
      const personal = { form: null, title: null, isPersonal: true };
      const hasSlip = await papers.hasSlip(number);
      const { signers, ...head } = await papers.letterhead(number);
      return {
        papers: [
          { kind: 'receipt', ...personal },
          ...papers
            .formsOf(service)
            .map(({ code, title }) => ({ kind: 'form' as const, form: code, title, isPersonal: true })),
          ...(hasSlip ? [{ kind: 'slip' as const, ...personal }] : []),
          { kind: 'checklist', ...personal, isPersonal: false },
        ],
        letter: { ...head, signers: signers.map(({ id, title, name }) => ({ id, title, name })) },
      };
    },

    async print(number, what, operator, isShown) {
      const request = await find(number);
      if (what.kind !== 'checklist' && !isShown) throw new ApiError('REVEAL_NEEDED');
      const paper = await printed(papers, request, what);
      if (!paper) throw new ApiError('NOT_POSSIBLE');
      const { file, code } = paper;
      const form = what.form === undefined ? {} : { form: what.form };
      await journal.note(operator, 'request.print', number, {
        kind: what.kind,
        ...form,
        file: file.file,
        code,
      });
      return { file, code };
    },

    async write(number, letter, operator) {
      await find(number);
      const { signers } = await papers.letterhead(number);
      const made = await papers.write(number, textOf(letter, signers));
      if (!made.ok) throw new ApiError(SIGNING_CODES[made.reason]);
      const { file, code } = made;
      const signed = letter.sign !== undefined;
      const note = `Surat ${code} ${letter.send ? 'dikirim kepada pemohon' : 'dibuat'}`;
      const noted = await acts.letter(number, { file, note, isSent: letter.send }, actorOf(operator));
      if (!noted.ok) throw new ApiError('NOT_FOUND');
      const details = { file: file.file, code, signed, sent: letter.send };
      await journal.note(operator, 'request.letter', number, details);
      return { file, code, signed };
    },
  };
}

async function printed(
  papers: OfficePapers,
  { number, service, conversation }: RequestRecord,
  { kind, form }: PrintBody,
): Promise<Paper | undefined> {
  if ((kind === 'form') !== (form !== undefined)) throw new ApiError('INVALID_REQUEST');
  switch (kind) {
    case 'receipt':
      return papers.receipt(number);
    case 'slip':
      return papers.slip(number);
    case 'checklist':
      return papers.checklist(service, conversation);
    case 'form':
      return hasForm(papers, service, form) ? papers.form(number, form) : undefined;
  }
}

function hasForm(papers: OfficePapers, service: string, form: FormCode | undefined): form is FormCode {
  return papers.formsOf(service).some(({ code }) => code === form);
}

/** What was written, under a name that may stand below it. */
function textOf(
  { id, subject, number, to, body, signer, sign }: LetterBody,
  signers: readonly LetterSigner[],
): LetterText {
  const paragraphs = body.replaceAll('\r\n', '\n').split(/\n\s*\n/);
  return {
    act: id,
    ...{ subject, to },
    body: paragraphs.map((text) => text.trim()).filter((text) => text !== ''),
    signer: 'id' in signer ? named(signers, signer.id) : typed(signers, signer),
    ...(number === undefined ? {} : { number }),
    ...(sign === undefined ? {} : { sign }),
  };
}

function named(signers: readonly LetterSigner[], id: string): LetterText['signer'] {
  const found = signers.find((signer) => signer.id === id);
  if (!found) throw new ApiError('INVALID_REQUEST');
  const { title, name, rank, nip } = found;
  return { title, name, ...(rank === undefined ? {} : { rank }), ...(nip === undefined ? {} : { nip }) };
}

/** Where the office says who signs, nobody else is named. */
function typed(signers: readonly object[], signer: LetterText['signer']): LetterText['signer'] {
  if (signers.length > 0) throw new ApiError('INVALID_REQUEST');
  return signer;
}
