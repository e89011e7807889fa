/** One run of retention under way. */
import type { Rules } from './rules.ts';

/** How much was erased, or (dry) would be. Counts only. */
export interface RetentionReport {
  /** Closed cases of which the skeleton is left, and their files. */
  cases: number;
  caseFiles: number;
  /** Files of drafts that were never filed. */
  draftFiles: number;
  /** Files of chats, and such as belong to nothing. */
  chatFiles: number;
  /** Chats erased as a whole. */
  chats: number;
  /** Chats that go on, of which old words were erased. */
  talks: number;
  /** Links that expired long ago. */
  links: number;
  /** What could not be erased (the log says why); the next run tries again. */
  failed: number;
}

/** One run under way. */
export interface Round {
  now: number;
  rules: Rules;
  isDryRun: boolean;
  report: RetentionReport;
  /** Does one piece of work: its failure is counted, and stops nothing else. */
  each(work: () => Promise<void>): Promise<void>;
  isStopped(): boolean;
}
