/** Our papers put together: what is printed on them, who makes and keeps them, and who signs. */
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Vault } from './conversation/ports.ts';
import { type CasePapers, createCasePapers } from './documents/papers/case-papers.ts';
import { createLetters, type Letters } from './documents/papers/letter.ts';
import { createPaperMaker, type PaperMaker } from './documents/papers/make.ts';
import type { Signer } from './documents/signing/signer.ts';
import { FORM_DEFINITIONS } from './flows/forms.ts';
import type { Flows } from './flows/schema.ts';
import { createFormFacts, type FormFactsOf } from './form-facts.ts';
import type { OfficePapers } from './handoff/requests/paper-ports.ts';
import type { Office } from './office.ts';
import { createPaperFacts, type PaperFacts } from './paper-facts.ts';
import { createFindSlot } from './pickup/offering/booked-slot.ts';
import type { Store } from './store/open.ts';

export interface Papers {
  maker: PaperMaker;
  cases: CasePapers;
  /** For operators. */
  office: OfficePapers;
  forms: FormFactsOf;
}

/** Wires them; nothing heavy is loaded before the first paper. `signer`: undefined where signing is off. */
export function createPapers(deps: {
  store: Pick<Store, 'applications' | 'bookings' | 'issued' | 'sealer'>;
  flows: Flows;
  office: Office;
  /** As it is now. */
  officeNow: () => Office;
  vault: Vault;
  clock: Clock;
  publicUrl: string;
  log: Logger;
  signer?: Signer | undefined;
}): Papers {
  const { store, flows, office, clock, signer, log } = deps;
  const { applications, bookings, issued, sealer } = store;
  const forms = createFormFacts({ flows, office, applications, clock });
  const findSlot = createFindSlot({ office: deps.officeNow, bookings, clock });
  const facts = createPaperFacts({ flows, office, applications, findSlot, forms });
  const maker = createPaperMaker({ ...deps, issued, sealer });
  const cases = createCasePapers({ papers: maker, facts, signer, log });
  const letters = createLetters({ papers: maker, facts, signer });
  return { maker, forms, cases, office: officePapers({ cases, letters, facts, forms, office }) };
}

/** What operators print and write. */
function officePapers(deps: {
  cases: CasePapers;
  letters: Letters;
  facts: PaperFacts;
  forms: FormFactsOf;
  office: Office;
}): OfficePapers {
  const { cases, letters, facts, forms, office } = deps;
  return {
    formsOf: (service) =>
      forms.formsOf(service).map((code) => ({ code, title: FORM_DEFINITIONS[code].title })),
    hasSlip: async (number) => (await facts.slip(number)) !== undefined,
    receipt: (number) => cases.receipt(number),
    slip: (number) => cases.slip(number),
    form: cases.form,
    checklist: cases.checklist,
    letterhead: async (number) => ({
      to: (await facts.addressee(number)) ?? '',
      opening: office.letters.opening ?? '',
      closing: office.letters.closing ?? '',
      signers: office.letters.signers,
      signing: letters.signing ?? null,
    }),
    write: letters.write,
  };
}
