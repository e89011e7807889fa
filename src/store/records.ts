/**
 * What every store keeps, in one form, so that a copy of one store can be put into another piece by piece
 * (backup.ts). What is sealed stays sealed, under keys that go along wrapped: `seal.ts` binds each sealed part to its
 * owner, kind and id, and these are the same in every store:
 *
 *   ('conversation', <conversation>)      ConversationBody as JSON
 *   ('step', <conversation>.<version>)    StepLines as JSON
 *   ('application', <number>)             ApplicationBody as JSON (older ones: answers and pin only); empty when erased
 *   ('file', <id>)                        the file's name
 *   ('bytes', <id>)                       what the port Sealer seals for that id (version 1: '')
 *   ('setting', <name>)                   a setting as JSON; the owner is OFFICE
 *   ('totp', <operator>)                  an operator's second factor as JSON; the owner is OFFICE
 */

import type { Application, ApplicationBody } from '../applications/ports.ts';
import type { Conversation, DeliveryStatus, Entry, StoredFile, Timer } from '../conversation/types.ts';
import type { IssuedDocument, Link } from '../documents/ports.ts';
import type { AuditEntry, Operator, Session } from '../handoff/ports.ts';
import type { Json } from '../json.ts';
import type { Booking, StockEntry, Ticket, VisitMark } from '../pickup/ports.ts';

/** Whose key seals what belongs to no citizen. No conversation has this id: theirs are hashes. */
export const OFFICE = 'office';

/** The part of a conversation that is sealed. */
export type ConversationBody = Omit<Conversation, 'id' | 'version' | 'channel' | 'flow' | 'attention'>;

/** The part of a step that is sealed, as one piece. Names are the third part of an id. */
export interface StepLines {
  /** By the name of the entry. */
  entries: { [name: string]: Pick<Entry, 'author' | 'text' | 'files' | 'note' | 'understood'> };
  /** Params by the name of the effect. */
  effects: { [name: string]: { [key: string]: Json } };
  /** Files that this step found for entries (by id) of earlier steps. */
  amended: { entry: string; files: StoredFile[] }[];
}

/** The part of an entry that is not sealed. */
export interface EntryMark {
  name: string;
  direction: Entry['direction'];
  at: number;
  status: DeliveryStatus;
  providerId?: string;
}

/** An effect that is not done, without its params. */
export interface EffectMark {
  name: string;
  type: string;
  tries: number;
  dueAt: number;
}

/** An effect that was given up. */
export interface BuriedMark {
  name: string;
  type: string;
  tries: number;
  reason: string;
  at: number;
}

/** One commit: what it said and asked for. Never changed but for delivery statuses and effects that get done. */
export interface StepRecord {
  kind: 'step';
  conversation: string;
  version: number;
  /** Milliseconds since the epoch, by the machine's clock. */
  committedAt: number;
  /** Mark of the inbound message that it took, hex (`inboundMark`). */
  inbound?: string;
  /** Id of the effect whose result it took. */
  effectDone?: string;
  entries: EntryMark[];
  pending: EffectMark[];
  buried: BuriedMark[];
  /** Ids of entries of earlier steps that it found files for (the files are in `lines`). */
  amends: string[];
  /** Absent when the step said, asked and amended nothing. */
  lines?: Uint8Array;
}

/** One conversation as it stands after its newest step. */
export interface ConversationRecord {
  kind: 'conversation';
  id: string;
  version: number;
  channel: Conversation['channel'];
  flow: string;
  attention: Conversation['attention'];
  timers: Timer[];
  body: Uint8Array;
}

/** `hasUntold`: the body holds news that the applicant has not been told. */
export interface ApplicationRecord extends Omit<Application, keyof ApplicationBody> {
  kind: 'application';
  /** The place in the order of filing. */
  seq: number;
  hasUntold: boolean;
  body: Uint8Array;
}

/** The second factor is sealed as one. */
export type SealedOperator = Omit<Operator, 'totp'> & { totp?: Uint8Array };

/** Everything that is stored, one piece each. Booleans and times as in the ports. */
export type StoreRecord =
  | { kind: 'meta'; name: string; value: Uint8Array }
  | { kind: 'key'; owner: string; masterId: Uint8Array; wrapped: Uint8Array }
  | ConversationRecord
  | StepRecord
  | { kind: 'series'; name: string; last: number }
  | ApplicationRecord
  | ({ kind: 'booking' } & Booking)
  | { kind: 'visit-mark'; mark: VisitMark }
  | { kind: 'ticket'; ticket: Ticket }
  | { kind: 'stock'; entry: StockEntry }
  | {
      kind: 'file';
      id: string;
      owner: string;
      contentType: string;
      sizeBytes: number;
      /** When it was put. */
      at: number;
      name?: Uint8Array;
      sealed: Uint8Array;
    }
  | { kind: 'link'; link: Link }
  | { kind: 'issued'; document: IssuedDocument }
  | { kind: 'operator'; operator: SealedOperator }
  | { kind: 'session'; session: Session }
  | { kind: 'audit'; entry: AuditEntry }
  /** One a day and name. */
  | { kind: 'count'; day: string; name: string; count: number }
  | { kind: 'setting'; name: string; version: number; body: Uint8Array };
