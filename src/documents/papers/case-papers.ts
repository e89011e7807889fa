/** The papers that we make about a case or a service. pdfkit and the fonts are loaded for the first of them. */
import type { Logger } from 'pino';
import type { FormCode } from '../../flows/vocabulary.ts';
import type { Signer } from '../signing/signer.ts';
import type { ChecklistFacts } from './checklist-facts.ts';
import type { FormFacts } from './forms/form-facts.ts';
import type { MadePaper, PaperMaker, PaperOrder } from './make.ts';
import type { OwnPaper } from './own-paper.ts';
import type { ReceiptFacts } from './receipt-facts.ts';
import type { SlipFacts } from './slip-facts.ts';

/** What is printed on them. Numbers must have been given (AppError NOT_FOUND). */
export interface CaseFacts {
  /** Under whose key a paper of this application is kept: the conversation, and its draft. */
  keeperOf(application: string): Promise<{ owner: string; draft?: number }>;
  receipt(application: string): Promise<ReceiptFacts>;
  /** Undefined unless it is ready and a time to collect it is booked. */
  slip(application: string): Promise<SlipFacts | undefined>;
  form(application: string, code: FormCode): Promise<FormFacts>;
  /** Undefined for a service that is not in flows.yaml. */
  checklist(service: string): ChecklistFacts | undefined;
}

export interface CasePapersDeps {
  papers: PaperMaker;
  facts: CaseFacts;
  /** Signs receipts, where it can without a person. */
  signer?: Signer | undefined;
  log: Pick<Logger, 'error'>;
}

/**
 * `act` names who asked (an effect's id): the same act gives the same paper, whatever has changed since. Without one, the
 * paper of the facts as they are: only other facts make another, and replace what was issued before.
 */
export interface CasePapers {
  /** Without `act`: the one that the citizen has, while it is kept. */
  receipt(application: string, act?: string): Promise<MadePaper>;
  slip(application: string, act?: string): Promise<MadePaper | undefined>;
  form(application: string, code: FormCode): Promise<MadePaper>;
  /** Kept under the key of `owner`, a conversation. */
  checklist(service: string, owner: string): Promise<MadePaper | undefined>;
}

/** Builds them. */
export function createCasePapers({ papers, facts, signer, log }: CasePapersDeps): CasePapers {
  const orderOf = async (application: string) => ({
    subject: application,
    ...(await facts.keeperOf(application)),
  });

  return {
    async receipt(application, act) {
      const order = { kind: 'receipt', ...(await orderOf(application)) } as const;
      const current = act === undefined ? await papers.findCurrent(order) : undefined;
      if (current) return current;
      const given = await facts.receipt(application);
      return papers.make({
        ...order,
        ...named(act, given),
        name: `tanda-terima-${application}.pdf`,
        render: async (issue) => {
          const { renderReceipt } = await import('./receipt-pdf.ts');
          const paper = await renderReceipt(given, issue);
          return signUnattended({ signer, log }, paper, issue.issuedAt);
        },
      });
    },

    async slip(application, act) {
      const given = await facts.slip(application);
      if (given === undefined) return undefined;
      return papers.make({
        kind: 'slip',
        ...(await orderOf(application)),
        ...named(act, given),
        name: `slip-pengambilan-${application}.pdf`,
        render: async (issue) => (await import('./slip-pdf.ts')).renderSlip(given, issue),
      });
    },

    async form(application, code) {
      const given = await facts.form(application, code);
      const { owner, draft } = await facts.keeperOf(application);
      return papers.make({
        kind: 'form',
        ...{ subject: `${application}/${code}`, owner, draft },
        ...named(undefined, given),
        name: `${code}-${application}.pdf`,
        render: async (issue) => (await import('./forms/form-pdf.ts')).renderForm(given, issue),
      });
    },

    async checklist(service, owner) {
      const given = facts.checklist(service);
      return (
        given &&
        papers.make({
          kind: 'checklist',
          ...{ subject: `service/${service}`, owner },
          ...named(undefined, given),
          name: `persyaratan-${service}.pdf`,
          render: async (issue) => (await import('./checklist-pdf.ts')).renderChecklist(given, issue),
        })
      );
    },
  };
}

/** What a paper is known by: the act that asked for it, or all that is printed on it. */
function named(act: string | undefined, facts: object): Pick<PaperOrder, 'key' | 'mustBeCurrent'> {
  if (act !== undefined) return { key: act };
  return { key: `facts:${JSON.stringify(facts)}`, mustBeCurrent: true };
}

/** A receipt is owed at once: one that could not be signed goes out as it is, and the log says so. */
async function signUnattended(
  { signer, log }: Pick<CasePapersDeps, 'signer' | 'log'>,
  paper: OwnPaper,
  at: number,
): Promise<Uint8Array> {
  if (!signer?.isUnattended) return paper;
  try {
    const signed = await signer.sign(paper, { reason: 'Tanda terima permohonan', at });
    if (signed.ok) return signed.bytes;
    log.error({ reason: signed.reason }, 'a receipt could not be signed and goes out without');
  } catch (err) {
    log.error({ err }, 'a receipt could not be signed and goes out without');
  }
  return paper;
}
