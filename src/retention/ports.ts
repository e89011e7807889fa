/** What retention must know and do in other rooms; `app.ts` passes the store. Times are milliseconds since the epoch. */
import type { StoredFile } from '../conversation/types.ts';
import type { STATES } from '../flows/vocabulary.ts';
import type { Json } from '../json.ts';

/** What was said in chats. */
export interface TalkArchive {
  /**
   * Conversations of which something was written before that time (by the machine's clock) and is not forgotten, or
   * nothing was written since; by id, `after` is the last of the page before.
   */
  listOld(query: { before: number; after?: string; limit: number }): Promise<string[]>;
  /**
   * Removes for good what was said, asked and answered in the steps below that version, but for those with work left to
   * do; tells how many steps that were. The conversation itself stays as it stands.
   */
  forget(conversation: string, belowVersion: number): Promise<number>;
}

/** An application, as far as it matters here (applications/ports.ts). */
export interface Case {
  number: string;
  version: number;
  filedBy: string;
  conversation: string;
  state: (typeof STATES)[number];
  submittedAt: number;
  dueAt: number;
  answers: { [step: string]: Json };
  history: { at: number }[];
  result: StoredFile[];
}

export interface CaseStore {
  /** `isKept`: without those of which but the skeleton is left. */
  list(query: {
    states: readonly Case['state'][];
    isKept: true;
    after?: { dueAt: number; number: string };
    limit: number;
  }): Promise<Case[]>;
  find(number: string): Promise<Case | undefined>;
  findByConversation(conversation: string): Promise<Case[]>;
}

/** What is known of a file without opening it (documents/ports.ts). */
export interface OldFile {
  id: string;
  /** `caseOwner`: a conversation, or a draft of it. */
  owner: string;
  at: number;
}

export interface OldFiles {
  /** Those put before that time, by owner and then by id. */
  listOld(query: {
    before: number;
    after?: Pick<OldFile, 'owner' | 'id'>;
    limit: number;
  }): Promise<OldFile[]>;
  delete(id: string): Promise<void>;
}

export interface ExpiredLinks {
  countExpired(before: number): Promise<number>;
  removeExpired(before: number): Promise<number>;
}

export interface Erasers {
  eraseOwner(owner: string): Promise<void>;
  eraseCase(erased: { number: string; version: number; files: string[] }): Promise<'erased' | 'conflict'>;
}

/** The audit log (handoff/ports.ts). */
export interface AuditTrail {
  append(entry: {
    at: number;
    actor: string;
    action: string;
    subject: string;
    details: { [key: string]: Json };
  }): Promise<void>;
}
