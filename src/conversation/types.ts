/**
 * The shapes that travel through the engine (ARCHITECTURE.md, "The path of a message"). They are plain data:
 * each survives JSON. Times are milliseconds since the epoch unless the name says otherwise.
 */
import type { Json } from '../json.ts';

/** The two kinds of phone that a citizen holds. Several providers may serve one kind. */
export type ChannelKind = 'whatsapp' | 'sms';

/** Where a citizen is reached. `id` is the provider's id, for phones E.164 (`+62812...`). */
export interface Address {
  channel: ChannelKind;
  id: string;
}

/**
 * One file of a message, before intake has looked at it. `stored` lies in the vault already;
 * `remote` must still be fetched from the provider. `declaredType` is what the sender claims, never trusted.
 */
export interface IncomingFile {
  source: { kind: 'stored'; file: string } | { kind: 'remote'; url: string };
  declaredType: string;
  name?: string;
}

/** What a citizen sent, as the channel saw it. `unknown.kind` is e.g. `sticker`, `voice`, `contact`. */
export type Content =
  | { type: 'text'; text: string }
  | { type: 'media'; files: IncomingFile[]; caption?: string }
  | { type: 'location'; latitude: number; longitude: number }
  | { type: 'unknown'; kind: string };

/** One message of a provider, normalised. `id` is the provider's own and unique with `via`. */
export interface InboundMessage {
  id: string;
  /** The adapter that brought it (`simulator`, `twilio`, ...): replies go the same way. */
  via: string;
  from: Address;
  at: number;
  content: Content;
}

/** Everything that can happen to one conversation. */
export type Event =
  | { type: 'citizen.message'; id: string; at: number; content: Content }
  | { type: 'operator.claim'; operator: OperatorRef }
  | { type: 'operator.release'; operator: OperatorRef }
  | { type: 'operator.reply'; operator: OperatorRef; id: string; text: string }
  | { type: 'operator.resolve'; operator: OperatorRef }
  | { type: 'timer.due'; timer: string; dueAt: number }
  | { type: 'effect.done'; effect: string; effectType: string; params: { [key: string]: Json }; result: Json }
  | {
      type: 'effect.failed';
      effect: string;
      effectType: string;
      params: { [key: string]: Json };
      reason: string;
    }
  | { type: 'delivery.failed'; entry: string; reason: string };

export interface OperatorRef {
  id: string;
  name: string;
}

/**
 * Work to be done after a commit, at least once and idempotent by `id`
 * (`<conversation>.<version>.<position>`). Effects of one conversation run in order.
 */
export interface Effect {
  id: string;
  type: string;
  params: { [key: string]: Json };
}

/** A durable timer: replaces one of the same `id` in the same conversation. */
export interface Timer {
  id: string;
  dueAt: number;
}

/** `queued` -> `sent` -> `delivered` -> `read`, or `failed`; inbound entries are `received`. */
export type DeliveryStatus = 'received' | 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** A file that the vault holds. */
export interface StoredFile {
  file: string;
  contentType: string;
  sizeBytes: number;
  name?: string;
}

/** One line of the transcript. `author` is `citizen`, `bot`, or an operator's name. */
export interface Entry {
  id: string;
  direction: 'in' | 'out';
  author: string;
  at: number;
  text: string;
  files: StoredFile[];
  /** How a message that is neither text nor file was understood (`sticker`, `location 1.2,3.4`). */
  note?: string;
  status: DeliveryStatus;
  /** The provider's id of a message that was sent. */
  providerId?: string;
}

/** Who has the chat: the bot, the queue (since when, why), or an operator. Clear text: no personal data here. */
export type Attention =
  | { status: 'bot' }
  | { status: 'waiting'; since: number; reason: HandoffReason }
  | { status: 'claimed'; since: number; reason: HandoffReason; operator: OperatorRef; until: number };

export type HandoffReason =
  | 'not-understood'
  | 'asked'
  | 'upset'
  | 'remote-trouble'
  | 'document-refused'
  | 'delivery-failed'
  | 'bug';

/** One conversation as stored between steps. `snapshot` is XState's persisted snapshot. */
export interface Conversation {
  id: string;
  /** 0 = never stored. Each commit raises it by one. */
  version: number;
  citizen: string;
  channel: ChannelKind;
  via: string;
  address: string;
  /** Hash of the structure of the service whose form the citizen is in; '' elsewhere (flows/hash.ts). */
  flow: string;
  snapshot: Json;
  attention: Attention;
  /** When the citizen last wrote. */
  lastInboundAt: number;
  /** Short texts not understood yet, waiting for the rest of the burst. */
  held: string[];
  /** Numbers of the applications filed here, oldest first. */
  applications: string[];
}

/**
 * One step's outcome, written atomically and guarded by `conversation.version` (the new one, stored = new - 1).
 * `inbound` marks a provider message as done for good; `effectDone` an effect whose result this step took.
 */
export interface Commit {
  conversation: Conversation;
  entries: Entry[];
  effects: Effect[];
  timers: { set: Timer[]; cancel: string[] };
  /** Files that intake has found for entries that are stored already. */
  amended: { entry: string; files: StoredFile[] }[];
  inbound?: string;
  effectDone?: string;
  /** The timer that this step took, with the time it was set to: one that was set anew meanwhile is another. */
  timerDone?: Timer;
}

/** What an adapter can do for a kind of phone; flows and engine ask this, never the channel's name. */
export interface Capabilities {
  /** Files from the citizen arrive as messages. */
  mediaIn: boolean;
  /** Files to the citizen go as messages. */
  mediaOut: boolean;
  locationIn: boolean;
  /** `sms`: texts use their short form and are paid by the segment. */
  textForm: 'long' | 'sms';
  /** Longest text of one message, in characters; longer ones are split. */
  textLimit: number;
}

/** When and with what channel a step happens. `isFlood`: the citizen writes faster than anybody reads. */
export interface StepWorld {
  now: number;
  can: Capabilities;
  flood?: 'told' | 'quiet';
}
