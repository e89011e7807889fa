/** What the requests room needs of the others: applications as operators work with them (applications/cases.ts). */
import type { OperatorRef, StoredFile } from '../../conversation/types.ts';
import type { Json } from '../../json.ts';
import type { Decision, RequestState } from '../schemas/requests.ts';

/** An application, as far as operators see it. Holds personal data. */
export interface RequestRecord {
  number: string;
  /** Names its draft, and so the key of its files (conversation/case-owner.ts). */
  filedBy: string;
  conversation: string;
  service: string;
  state: RequestState;
  submittedAt: number;
  dueAt: number;
  assignee?: OperatorRef;
  answers: { [step: string]: Json };
  verdicts: {
    [step: string]: { verdict: 'accepted' | 'refused'; reason?: string; by: OperatorRef; at: number };
  };
  history: RequestEvent[];
  result: StoredFile[];
}

export interface RequestEvent {
  at: number;
  event: string;
  by: OperatorRef | 'citizen' | 'system';
  state: RequestState;
  reason?: string;
  oldCard?: boolean;
  /** It was written for news of the visit, or of a late promise: no decision is out of date by it. */
  news?: string;
}

/** Who acts, and as what. */
export interface RequestActor {
  by: OperatorRef;
  actor: 'operator' | 'verifier' | 'supervisor';
}

/** Which request, and which revision of it was looked at. */
export interface LookedAt {
  number: string;
  revision: number;
}

/** `reason` is a code of applications/cases.ts. `application` carries a version beside what is shown. */
export type RequestOutcome =
  | { ok: true; application: RequestRecord & { version: number } }
  | {
      ok: false;
      reason:
        | 'unknown'
        | 'stale'
        | 'forbidden'
        | 'not-possible'
        | 'reason-needed'
        | 'nothing-refused'
        | 'unknown-step';
    };

/** The acts; each is one write, told to the citizen where they must hear of it. */
export interface RequestActs {
  decide(
    looked: LookedAt,
    decided: {
      decision: Decision;
      reason?: string | undefined;
      refused?: { step: string; reason: string }[] | undefined;
      oldCard?: boolean | undefined;
    },
    actor: RequestActor,
  ): Promise<RequestOutcome>;
  judge(
    looked: LookedAt,
    judged: { step: string; verdict: 'accepted' | 'refused' | null; reason?: string | undefined },
    actor: RequestActor,
  ): Promise<RequestOutcome>;
  assign(looked: LookedAt, to: OperatorRef | null, actor: RequestActor): Promise<RequestOutcome>;
  attach(looked: LookedAt, file: StoredFile, actor: RequestActor): Promise<RequestOutcome>;
  /** Notes a letter (whatever the revision), and sends it; the same `note` again has no second effect. */
  letter(
    number: string,
    letter: { file: StoredFile; note: string; isSent: boolean },
    actor: RequestActor,
  ): Promise<RequestOutcome>;
  sendPin(looked: LookedAt, pin: string, actor: RequestActor): Promise<RequestOutcome>;
}

/** Which requests; all conditions must hold. */
export interface RequestQuery {
  states: readonly RequestState[];
  service?: string;
  /** An operator's id; null: nobody's. */
  assignee?: string | null;
  /** The last of the page before. */
  after?: { dueAt: number; number: string };
  limit: number;
}

/** Looking at requests. */
export interface RequestReader {
  find(number: string): Promise<RequestRecord | undefined>;
  /** Due soonest first, then by number. */
  list(query: RequestQuery): Promise<RequestRecord[]>;
  countStates(now: number): Promise<{ state: RequestState; count: number; late: number }[]>;
  /** Others of the same applicant or conversation, latest filed first. */
  findRelated(number: string): Promise<RequestRecord[]>;
  /** The largest file of this type that reaches the citizen as it is, in bytes (0: none; null: any); else as a link. */
  maxFileBytes(record: RequestRecord, contentType: string): Promise<number | null>;
  /** The decisions that this person may take now. */
  possible(record: RequestRecord, actor: RequestActor['actor']): Decision[];
  revisionOf(record: RequestRecord): number;
  /** The visit that is booked, in words (`Rabu 25 November 2026 pukul 09.00-09.30 WITA, Kantor`). */
  findVisit(number: string): Promise<string | undefined>;
  /** The number that somebody typed, or that a receipt's code or the address in its QR code belongs to. */
  findNumber(text: string): Promise<string | undefined>;
}
