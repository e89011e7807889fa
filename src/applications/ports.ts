/** Requests (permohonan) as stored. `answers` and `pin` are sealed at rest. Times are milliseconds since the epoch. */
import type { Json } from '../json.ts';

export type ApplicationState =
  | 'draft'
  | 'submitted'
  | 'verification'
  | 'correction'
  | 'approved'
  | 'production'
  | 'ready'
  | 'completed'
  | 'rejected'
  | 'cancelled'
  | 'expired';

export interface Application {
  /** `KL-2611-0001-7`: service code, year and month, serial, check digit (number.ts). */
  number: string;
  /** Conversation and draft that it was filed from: filing twice gives the same application. */
  filedBy: string;
  version: number;
  conversation: string;
  service: string;
  state: ApplicationState;
  answers: { [step: string]: Json };
  /** Six digits that, with the number, open the case. */
  pin: string;
  submittedAt: number;
  /** When the office promised to be done. */
  dueAt: number;
  /** Wrong PINs in a row; from `MAX_PIN_FAILURES` on the case is shut to look-ups until `pinLockedUntil`. */
  pinFailures: number;
  pinLockedUntil: number;
}

/**
 * `create` allots the number: the next serial of code and month, never given twice. A second call with the same
 * `filedBy` returns the first one's application unchanged. `update` is a compare and set on `version`.
 */
export interface ApplicationStore {
  create(
    draft: Omit<Application, 'number' | 'version'> & {
      numberFor: (serial: number) => string;
      series: string;
    },
  ): Promise<Application>;
  find(number: string): Promise<Application | undefined>;
  findByConversation(conversation: string): Promise<Application[]>;
  /** `conflict` when the stored version is not `application.version - 1`. */
  update(application: Application): Promise<'updated' | 'conflict'>;
}
