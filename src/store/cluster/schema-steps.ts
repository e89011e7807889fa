/**
 * The collection `steps`: one document a commit, and nothing else that belongs to a conversation.
 *
 * `_id` is `<conversation>.<v>`. Its unique insert is the compare-and-set of the version, the commit, and the outbox
 * (the effects lie in the document) in one. Afterwards only marks change: delivery statuses, effects that are done.
 * The newest step carries the conversation as it stands. Whatever an older step still carries of that (a process
 * died before taking it away) must be ignored.
 *
 * Where the database is sharded, all steps of a conversation lie on one shard: `sh.shardCollection('<db>.steps', { c: 1 })`.
 *
 * FerretDB knows neither partial nor sparse unique indexes, so `inbound` and `took` hold the step's own `v` where there
 * is nothing to say: no other step of the conversation has that number.
 */
import { Schema } from 'mongoose';
import type { Conversation, DeliveryStatus, Entry, Timer } from '../../conversation/types.ts';
import type { CollectionSpec } from './collections.ts';

export interface StepDocument {
  _id: string;
  /** The conversation. */
  c: string;
  /** Rises by one with each step and never restarts, so that whoever holds an erased conversation cannot go on with it. */
  v: number;
  /** `v` is `base` + the version that the engine knows, which starts anew after an erasure. */
  base: number;
  /** Milliseconds since the epoch, by the machine's clock. Absent: an erased step, of which only its number is left. */
  at?: number;
  inbound: string | number;
  /** The effect whose result it took. */
  took: string | number;
  /** The newest step, and whichever has effects that are not done. */
  open?: true;

  channel?: Conversation['channel'];
  flow?: string;
  attention?: Conversation['attention'];
  /** Since when it waits for or is with an operator; absent while the bot has it. */
  since?: number;
  timers?: Timer[];
  /** When the soonest timer is due. */
  due?: number;
  /** Sealed ConversationBody. */
  state?: Uint8Array;

  /** Sealed StepLines; absent when the step said, asked and amended nothing. */
  lines?: Uint8Array;
  /** In the order of the transcript. */
  entries?: { name: string; direction: Entry['direction']; at: number; providerId?: string }[];
  /** Delivery status (`RANKS`) by the entry's name. */
  st?: { [entry: string]: number };
  /** The providers' ids by the entry's name, and all of them, to be found by. */
  sent?: { [entry: string]: string };
  sentIds?: string[];
  /** Entries of earlier steps that this one found files for. */
  amends?: string[];

  /** What it asked to be done, in order. */
  asked?: { name: string; type: string }[];
  /** What of that is not done yet, by name. */
  effects?: { [name: string]: { tries: number; dueAt: number } };
  /** `at`, while `effects` is not empty. */
  pendingSince?: number;
  /** What of `asked` was given up. */
  buried?: { [name: string]: { reason: string; tries: number; at: number } };
  /** When the latest was given up, while `buried` is not empty. */
  buriedAt?: number;
}

/**
 * One line along which a status only goes forward (`$max`), whatever order the news arrives in: a failure overrides
 * that it was sent, and proof that it arrived overrides the failure. What was received stays so.
 */
export const RANKS = {
  queued: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
  received: 9,
} as const satisfies Record<DeliveryStatus, number>;

const mixed = { type: Schema.Types.Mixed };

const schema = new Schema<StepDocument>(
  {
    ...{
      _id: String,
      c: String,
      v: Number,
      base: Number,
      at: Number,
      inbound: mixed,
      took: mixed,
      open: Boolean,
    },
    ...{
      channel: String,
      flow: String,
      attention: mixed,
      since: Number,
      timers: mixed,
      due: Number,
      state: Buffer,
    },
    ...{ lines: Buffer, entries: mixed, st: mixed, sent: mixed, sentIds: [String], amends: [String] },
    ...{ asked: mixed, effects: mixed, pendingSince: Number, buried: mixed, buriedAt: Number },
  },
  { strict: 'throw', versionKey: false, minimize: false },
);
schema.index({ c: 1, open: 1 }, { name: 'open' });
schema.index({ c: 1, inbound: 1 }, { name: 'inbound', unique: true });
schema.index({ c: 1, took: 1 }, { name: 'took', unique: true });
// Each as small as what waits: the field is absent elsewhere.
schema.index({ since: 1 }, { name: 'since', sparse: true });
schema.index({ due: 1 }, { name: 'due', sparse: true });
schema.index({ pendingSince: 1 }, { name: 'pendingSince', sparse: true });
schema.index({ buriedAt: 1 }, { name: 'buriedAt', sparse: true });
schema.index({ sentIds: 1 }, { name: 'sentIds', sparse: true });

export const STEPS: CollectionSpec<StepDocument> = { name: 'steps', schema, shardKey: { c: 1 } };
