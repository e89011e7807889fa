/** Requests (permohonan) as stored. ApplicationBody is sealed at rest. Times are milliseconds since the epoch. */
import type { ApplicationNews, OperatorRef, StoredFile } from '../conversation/types.ts';
import { STATES } from '../flows/vocabulary.ts';
import type { Json } from '../json.ts';

/** Every state, as flows.yaml names them. */
export const APPLICATION_STATES = STATES;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What may happen to an application (lifecycle.ts: when, and by whom). */
export type ApplicationEvent =
  /** All answers are in and confirmed. */
  | 'submit'
  /** Somebody of the office begins to check it. */
  | 'take'
  /** Something is missing or unreadable; the citizen is asked. */
  | 'ask-correction'
  /** The citizen has sent what was asked for. */
  | 'correct'
  | 'approve'
  | 'reject'
  /** A rejection was wrong. */
  | 'reopen'
  /** Entered in SIAK. */
  | 'produce'
  /** A mistake was found while it was made. */
  | 'return'
  /** Made and signed. */
  | 'finish'
  /** The citizen has it, on paper or as a file. */
  | 'hand-over'
  | 'cancel'
  /** Nothing was heard for too long. */
  | 'expire';

export interface Application extends ApplicationBody {
  /** `KL-2611-0001-7`: service code, year and month, serial, check digit (number.ts). */
  number: string;
  /** Conversation and draft that it was filed from: filing twice gives the same application. */
  filedBy: string;
  version: number;
  conversation: string;
  service: string;
  state: ApplicationState;
  submittedAt: number;
  /** When the office promised to be done. */
  dueAt: number;
  /** Wrong PINs in a row; from `MAX_PIN_FAILURES` on the case is shut to look-ups until `pinLockedUntil`. */
  pinFailures: number;
  pinLockedUntil: number;
  /** Who checks it. */
  assignee?: OperatorRef;
  /** Keyed hashes of what it is found by (marks.ts): NIK, KK number, words of names. */
  marks: string[];
}

/** The sealed part. */
export interface ApplicationBody {
  answers: { [step: string]: Json };
  /** Six digits that, with the number, open the case. */
  pin: string;
  /** What was decided of each document and answer, by step. */
  verdicts: { [step: string]: Verdict };
  /** What happened, oldest first. */
  history: HistoryEntry[];
  /** The finished document, as SIAK made it. */
  result: StoredFile[];
  /** What the applicant has not been told yet, oldest first; `id` makes a repeat harmless. */
  untold: { id: string; news: ApplicationNews }[];
}

export interface Verdict {
  verdict: 'accepted' | 'refused';
  /** The citizen reads it (`refused`). */
  reason?: string;
  by: OperatorRef;
  at: number;
}

export interface HistoryEntry {
  at: number;
  event: ApplicationEvent | 'assign' | 'attach' | 'pin-sent' | 'note';
  /** An operator, or `citizen` or `system`. */
  by: OperatorRef | 'citizen' | 'system';
  state: ApplicationState;
  reason?: string;
  /** At the handing over of a card: whether the old one came back. */
  oldCard?: boolean;
  /** The id of the news that this line was written for (tell-visit.ts). */
  news?: string;
}

/** Which applications; all conditions must hold. */
export interface ApplicationQuery {
  states?: readonly ApplicationState[];
  service?: string;
  /** An operator's id; null: nobody's. */
  assignee?: string | null;
  /** Submitted at or after, and before. */
  submittedFrom?: number;
  submittedUntil?: number;
  /** Without those of which but the skeleton is left (retention). */
  isKept?: true;
  /** Those due soonest come first; `after` is the last of the page before. */
  after?: { dueAt: number; number: string };
  limit: number;
}

/** What is known of an application when it is filed; the rest begins empty. */
export interface NewApplication
  extends Omit<
    Application,
    'number' | 'version' | 'marks' | 'verdicts' | 'history' | 'result' | 'untold' | 'assignee'
  > {
  marks?: string[];
  history?: HistoryEntry[];
}

/**
 * `create` allots the number: the next serial of code and month, never given twice. A second call with the same
 * `filedBy` returns the first one's application unchanged. `update` is a compare and set on `version`.
 */
export interface ApplicationStore {
  create(
    draft: NewApplication & {
      numberFor: (serial: number) => string;
      series: string;
    },
  ): Promise<Application>;
  find(number: string): Promise<Application | undefined>;
  findByConversation(conversation: string): Promise<Application[]>;
  /** Those that carry the mark, latest filed first, at most 50. */
  findByMark(mark: string): Promise<Application[]>;
  /** Due soonest first, then by number. */
  list(query: ApplicationQuery): Promise<Application[]>;
  /** How many there are in each state, and how many of those are due before `now`. */
  countStates(now: number): Promise<{ state: ApplicationState; count: number; late: number }[]>;
  /** Those with `untold` news, at most `limit`. */
  listUntold(limit: number): Promise<Application[]>;
  /** `conflict` when the stored version is not `application.version - 1`. */
  update(application: Application): Promise<'updated' | 'conflict'>;
}
