/** What stands on a receipt. */
import type { Language } from '../flows/schema.ts';
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
  office: ReceiptOffice;
}

export interface ReceiptOffice {
  /** The government it belongs to (`Pemerintah Kabupaten Contoh`), printed above its name. */
  authority?: string;
  name: string;
  address: string;
  website?: string;
  timeZone: string;
}

/** What makes this paper one that can be verified. */
export interface Issue {
  code: string;
  issuedAt: number;
  /** Address of the verification page of this code. */
  verifyUrl: string;
}

/** A time in both languages. */
export function bothTimes(format: (language: Language) => string): Words {
  return { id: format('id'), en: format('en') };
}
