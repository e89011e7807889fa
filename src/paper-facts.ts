/** What stands on our papers about a case or a service, gathered from the application, flows.yaml, bookings and the office. */
import type { Application, ApplicationStore } from './applications/ports.ts';
import { createChecklistFacts, itemsOf } from './checklist-facts.ts';
import type { CaseFacts } from './documents/papers/case-papers.ts';
import type { LetterFacts } from './documents/papers/letter-facts.ts';
import type { SlipFacts } from './documents/papers/slip-facts.ts';
import { SLIP_WORDS, type Words } from './documents/papers/words.ts';
import { AppError } from './errors.ts';
import type { Flows, Service } from './flows/schema.ts';
import type { FormFactsOf } from './form-facts.ts';
import type { Office } from './office.ts';
import type { OfferedSlot } from './pickup/ports.ts';
import { applicantOf, createReceiptFacts, paperOffice } from './receipt-facts.ts';

interface Deps {
  flows: Flows;
  office: Office;
  applications: Pick<ApplicationStore, 'find'>;
  findSlot(application: string): Promise<OfferedSlot | undefined>;
  forms: Pick<FormFactsOf, 'ofApplication'>;
}

type LetterBase = Pick<LetterFacts, 'application' | 'service' | 'opening' | 'closing' | 'place' | 'office'>;

export interface PaperFacts extends CaseFacts {
  /** What office and request put on a letter by themselves. */
  letter(application: string): Promise<LetterBase>;
  /** Whom a letter goes to, as far as the request says. */
  addressee(application: string): Promise<string | undefined>;
}

/** Builds it; each throws AppError NOT_FOUND for a number that was never given. */
export function createPaperFacts(deps: Deps): PaperFacts {
  const { flows, office, forms } = deps;
  const receipt = createReceiptFacts(deps);
  const checklist = createChecklistFacts({ flows, office });
  const serviceOf = ({ service }: Application) => flows.services[service];
  const titleOf = (one: Application) => serviceOf(one)?.title ?? { id: one.service, en: one.service };

  async function get(number: string): Promise<Application> {
    const application = await deps.applications.find(number);
    if (application) return application;
    throw new AppError('NOT_FOUND', { detail: 'a paper was asked for an application that does not exist' });
  }

  return {
    receipt,
    checklist,
    form: forms.ofApplication,

    async keeperOf(number) {
      const { conversation: owner, filedBy } = await get(number);
      const draft = Number(filedBy.slice(filedBy.lastIndexOf(':') + 1));
      return { owner, ...(Number.isSafeInteger(draft) ? { draft } : {}) };
    },

    async slip(number) {
      const application = await get(number);
      const visit = await deps.findSlot(number);
      if (application.state !== 'ready' || visit?.activity !== 'pickup') return undefined;
      const service = serviceOf(application);
      const { name } = applicantOf(service, application.answers);
      const { startAt, endAt, place } = visit;
      return {
        application: number,
        service: titleOf(application),
        document: service?.result?.document ?? titleOf(application),
        ...(name === undefined ? {} : { name }),
        visit: { startAt, endAt, place },
        bring: toCollect(service),
        office: paperOffice(office),
      };
    },

    async letter(number) {
      const { place, opening, closing } = office.letters;
      return {
        application: number,
        service: titleOf(await get(number)).id,
        ...(place === undefined ? {} : { place }),
        ...(opening === undefined ? {} : { opening }),
        ...(closing === undefined ? {} : { closing }),
        office: paperOffice(office),
      };
    },

    async addressee(number) {
      const application = await get(number);
      return applicantOf(serviceOf(application), application.answers).name;
    },
  };
}

/** A card takes the place of an old one, which is handed in. */
function toCollect(service: Service | undefined): SlipFacts['bring'] {
  const { this: slip, identity, oldCard } = SLIP_WORDS;
  const own: Words[] =
    service?.visit?.activity === 'pickup' && service.bring ? itemsOf(service.bring) : [identity];
  const isCard = service?.needs.includes('blangko') === true;
  return [slip, ...own, ...(isCard ? [oldCard] : [])];
}
