/** What stands on a receipt. */
import type { PaperOffice } from './paper.ts';
import type { Words } from './words.ts';

/** What a receipt says about a case. Times are milliseconds since the epoch. Texts may hold any character. */
export interface ReceiptFacts {
  application: string;
  pin: string;
  service: Words;
  /** `nik` in full; only its last four digits are printed. */
  applicant: { name?: string; nik?: string };
  submittedAt: number;
  dueAt: number;
  /** Documents that were sent, with their number of pages. */
  received: { label: Words; pages: number }[];
  /** Documents and things that the citizen still has to bring. */
  bring: Words[];
  /** `activity` as in ACTIVITY_WORDS; `place` is the name and address of the service point. */
  visit?: { activity: string; startAt: number; endAt: number; place: Words };
  office: PaperOffice;
}
