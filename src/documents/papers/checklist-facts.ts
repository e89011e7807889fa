/** What stands on the checklist of a service. No personal data: it is about the service, not about anybody. */
import type { PaperOffice } from './paper.ts';
import type { Words } from './words.ts';

export interface ChecklistFacts {
  service: Words;
  /** What to have ready, a thing each. */
  ready: Words[];
  /** Documents that are photographed or brought, with when they are needed, in words; absent: always. */
  documents: { label: Words; when?: Words; isOptional: boolean }[];
  /** `F-2.01` and its title: filled in by us, to be signed. */
  forms: { code: string; title: string }[];
  bring: Words[];
  /** Remarks that are no things to tick (for services of information, all that there is to know). */
  remarks: Words[];
  places: { name: Words; address: string; hours: Words }[];
  /** How long it takes, in words; absent where nothing was promised. */
  promise?: Words;
  office: PaperOffice;
}
