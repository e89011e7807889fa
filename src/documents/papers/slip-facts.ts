/** What stands on a pick-up slip. */
import type { PaperOffice } from './paper.ts';
import type { Words } from './words.ts';

/** A visit to collect what is ready. No PIN and no NIK: a slip is shown to whoever stands at the counter. */
export interface SlipFacts {
  application: string;
  service: Words;
  /** What is collected (`KTP-el`). */
  document: Words;
  /** Of the applicant, as was answered. */
  name?: string;
  /** `place` is the name and address of the service point. */
  visit: { startAt: number; endAt: number; place: Words };
  bring: Words[];
  office: PaperOffice;
}
