/** What supervision needs of the other rooms; app.ts passes it. Times are milliseconds since the epoch. */
import type { NoticeKind } from '../../conversation/types.ts';
import type { Json } from '../../json.ts';
import type { RequestState } from '../schemas/requests.ts';
import type { Notices } from '../schemas/supervision.ts';

/** As much of an application as is counted. */
export interface FiledApplication {
  number: string;
  conversation: string;
  service: string;
  state: RequestState;
  submittedAt: number;
  dueAt: number;
  /** By step, as `{ v: answer }`. */
  answers: { [step: string]: Json };
  /** Oldest first. */
  history: { at: number; event: string; state: RequestState }[];
}

/** Applications, due soonest first, then by number; a page begins behind `after`. */
export interface FiledApplications {
  list(query: {
    states?: readonly RequestState[];
    submittedFrom?: number;
    submittedUntil?: number;
    after?: { dueAt: number; number: string };
    limit: number;
  }): Promise<FiledApplication[]>;
  /** How many there are in each state, and how many of those are due before `now`. */
  countStates(now: number): Promise<{ state: RequestState; count: number; late: number }[]>;
}

/** What the office has declared to be out of order. */
export interface NoticeBoard {
  /** Each kind as it stands now. */
  list(): Notices['notices'];
  /** Durable when resolved; tells every process, and through the hub every operator. `by` is the operator's name. */
  set(
    kind: NoticeKind,
    isOn: boolean,
    about: { until?: number | undefined; reason?: string | undefined },
    by: string,
  ): Promise<void>;
}
