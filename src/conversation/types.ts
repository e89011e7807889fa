/**
 * The shapes that travel through the engine (ARCHITECTURE.md, "The path of a message"). They are plain data:
 * each survives JSON. Times are milliseconds since the epoch unless the name says otherwise.
 */
import type { Answer, Answers, OfferedSlot } from '../flows/talk.ts';
import type { Json } from '../json.ts';
import type { NewsKind } from '../office/news-kinds.ts';

/**
 * How a citizen is reached: two kinds of phone (several providers may serve one kind), or not at all: `counter` is a
 * person who stands at the counter, for whom an operator answers.
 */
export type ChannelKind = 'whatsapp' | 'sms' | 'counter';

/** Where a citizen is reached. `id` is the provider's id, for phones E.164 (`+62812...`). */
export interface Address {
  channel: ChannelKind;
  id: string;
}

/**
 * One file of a message, before intake has looked at it. `stored` lies in the vault already;
 * `remote` must still be fetched from the provider. `inspected`: it was looked at and accepted where it came in (upload page). `declaredType` is what the sender claims, never trusted.
 */
export interface IncomingFile {
  source: { kind: 'stored'; file: string; inspected?: true } | { kind: 'remote'; url: string };
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
  /** The operator who answers for the citizen; absent: the citizen did. */
  by?: OperatorRef;
}

/** Everything that can happen to one conversation. */
export type Event =
  | { type: 'citizen.message'; id: string; at: number; content: Content; by?: OperatorRef }
  /** Also takes a chat that the bot has: reopens it. `renew`: only what the operator has already. */
  | { type: 'operator.claim'; operator: OperatorRef; renew?: true }
  | { type: 'operator.release'; operator: OperatorRef }
  /** The claim goes to a colleague. `over`: whoever has it (of supervisors, which is asked before). */
  | { type: 'operator.transfer'; operator: OperatorRef; to: OperatorRef; over?: true }
  | ({ type: 'operator.reply'; operator: OperatorRef; id: string } & Reply)
  /** Words for colleagues: the citizen never sees them. */
  | { type: 'operator.note'; operator: OperatorRef; id: string; text: string }
  /** Sets an answer of the draft on the citizen's behalf; the claim stays. `answer` was checked before. */
  | { type: 'operator.answer'; operator: OperatorRef; id: string; step: string; answer: Answer }
  /** Gives the chat back to the bot, which asks this question of the draft again. */
  | { type: 'operator.ask'; operator: OperatorRef; step: string }
  | { type: 'operator.resolve'; operator: OperatorRef }
  /** Somebody of the office answered from the phone itself: noted, and the bot is silent as under a claim. */
  | { type: 'phone.reply'; id: string; at: number; text: string }
  | { type: 'application.news'; id: string; news: ApplicationNews }
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

/** What an operator sends. */
export interface Reply {
  text: string;
  files?: StoredFile[];
  /** Goes by this kind of phone instead of the chat's own: the way out when WhatsApp takes nothing any more. */
  as?: 'sms';
  /** A message that WhatsApp has approved (Twilio ContentSid); `text` is what it reads like. */
  template?: { id: string; values: { [name: string]: string } };
}

/** What happened to an application that its applicant must hear of; `kind` chooses the words of flows.yaml. */
export interface ApplicationNews {
  number: string;
  service: string;
  kind: NewsKind;
  /** Why, in the operator's words (rejected, returned, corrected). */
  reason?: string;
  /** Documents and answers that were refused, and why (`correction`). */
  refused?: { step: string; reason: string }[];
  /** The answers as filed, so that what was refused can be asked for again (`correction`). */
  answers?: Answers;
  /** The finished document (`result`). */
  files?: StoredFile[];
  /** Where the file lies for phones that take none. */
  url?: string;
  /** SIAK's PIN of the file (`pin`): never in one message with the file. */
  pin?: string;
  dueAt?: number;
  /** The visit that it is about (`visit-...`), and the one before it (`visit-moved`). */
  slot?: OfferedSlot;
  was?: OfferedSlot;
  /** `slot` and others to choose from (`visit-moved`). */
  slots?: OfferedSlot[];
  /** Another time is offered (`visit-missed`). */
  again?: true;
  /** Why, in the office's own words for citizens (`visit-moved`, `visit-waiting`). */
  why?: { id: string; en: string };
}

export type { NewsKind };

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

/** How the bot took a message: what it was, and of which service, question or topic. */
export interface Understood {
  /** The machine's event: `ANSWER`, `START`, `QUESTION`, `INVALID`, ... */
  event: string;
  service?: string;
  step?: string;
  topic?: string;
  reason?: string;
}

/**
 * One line of the transcript. `author` is `citizen`, `bot`, or an operator's name. A `note` is for the office only: it is
 * never sent, and no view of a citizen shows it.
 */
export interface Entry {
  id: string;
  direction: 'in' | 'out' | 'note';
  author: string;
  at: number;
  text: string;
  files: StoredFile[];
  /** How a message that is neither text nor file was understood (`sticker`, `location 1.2,3.4`). */
  note?: string;
  understood?: Understood;
  status: DeliveryStatus;
  /** The provider's id of a message that was sent. */
  providerId?: string;
}

/** Who has the chat: the bot, the queue (since when, why), or an operator. Clear text: no personal data here. */
export type Attention =
  | { status: 'bot' }
  | ({ status: 'waiting' } & Handoff)
  | ({ status: 'claimed'; operator: OperatorRef; until: number } & Handoff);

export interface Handoff {
  since: number;
  reason: HandoffReason;
  /** Messages of the citizen that no person has answered; absent: none. */
  unanswered?: number;
  /** When the first of them came; the inbox is ordered by it, so that writing again moves nobody back. */
  unansweredSince?: number;
}

export type HandoffReason =
  | 'not-understood'
  | 'asked'
  | 'upset'
  /** A report of illegal fees or of an official: supervisors only. */
  | 'complaint'
  | 'remote-trouble'
  | 'document-refused'
  | 'delivery-failed'
  /** An operator opened the chat of their own accord. */
  | 'opened'
  /** Somebody answered from the office's phone. */
  | 'phone'
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
  /** News for which a template went, to be told in full when the citizen writes, oldest first (news-template.ts). */
  putOff?: ApplicationNews[];
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
  /** What the statistics count of this step (counts.ts); not stored with it. */
  counts?: string[];
}

/** What an adapter can do for a kind of phone; flows and engine ask this, never the channel's name. */
export interface Capabilities {
  /** Files from the citizen arrive as messages. */
  mediaIn: boolean;
  /** Files to the citizen go as messages. */
  mediaOut: boolean;
  /** The largest that do, in bytes by content type; a type that is not named does not go. Absent: all. */
  mediaLimits?: Readonly<Record<string, number>>;
  locationIn: boolean;
  /** `sms`: texts use their short form and are paid by the segment. */
  textForm: 'long' | 'sms';
  /** Longest text of one message, in characters; longer ones are split. */
  textLimit: number;
  /** So long after the citizen's last message free words may still go, ms; then templates only. Absent: always. */
  windowMs?: number;
  /** Sends messages that the provider has approved (`Reply.template`); elsewhere they go as their text. */
  templates?: boolean;
}

/** When and with what channel a step happens. `isFlood`: the citizen writes faster than anybody reads. */
export interface StepWorld {
  now: number;
  can: Capabilities;
  /** What the office has declared to be out of order. */
  notices?: Notice[];
  flood?: 'told' | 'quiet';
}

/** Something that the office cannot do for now: SIAK is down, or there are no blank cards. Intake goes on. */
export interface Notice {
  kind: NoticeKind;
  since: number;
  /** When it is expected to end; absent: nobody knows. */
  until?: number;
  /** In the office's own words, shown to citizens; absent: the words of flows.yaml alone. */
  reason?: string;
}

export const NOTICE_KINDS = ['siak', 'blangko'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
