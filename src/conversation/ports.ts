/** The ports the engine needs; `store/` implements the durable ones, `channels/` the senders. */
import type { Json } from '../json.ts';
import type {
  Address,
  Capabilities,
  ChannelKind,
  Commit,
  Conversation,
  DeliveryStatus,
  Effect,
  Entry,
  Event,
  InboundMessage,
  StoredFile,
} from './types.ts';

/**
 * Conversations, transcripts, and the marks of what is done.
 *
 * `commit` is atomic: everything of the commit becomes durable (fsync) before the promise resolves, or nothing.
 * Many commits that arrive together may share one fsync. It answers
 * `conflict` when the stored version is not `commit.conversation.version - 1`, and
 * `duplicate` when `commit.inbound` or `commit.effectDone` was done before, or the timer `commit.timerDone` is not set
 * to that time any more (another process took it, or it was set anew); in both cases nothing is written.
 * Implementable with single-document writes only: all parts of a commit belong to one conversation.
 *
 * Ids of entries and effects are `<conversation>.<version of the commit>.<name>`, and neither part has a dot.
 */
export interface ConversationStore {
  load(id: string): Promise<Conversation | undefined>;
  isInboundDone(conversation: string, inbound: string): Promise<boolean>;
  commit(commit: Commit): Promise<'committed' | 'conflict' | 'duplicate'>;
  /** Entries oldest first; with `after`, only those behind that entry id; unknown id: all. `last` keeps the newest n. */
  transcript(id: string, options?: { after?: string; last?: number }): Promise<Entry[]>;
  findEntry(entry: string): Promise<{ conversation: string; entry: Entry } | undefined>;
  /** The entry that a provider knows by this id. */
  findSent(providerId: string): Promise<{ conversation: string; entry: Entry } | undefined>;
  /** Raises the delivery status; a status never goes back (`read` stays when `delivered` comes late), `failed` wins over `queued` and `sent` only. */
  setStatus(entry: string, status: DeliveryStatus, providerId?: string): Promise<void>;
  /** Conversations that wait for or are with an operator, longest waiting first. */
  listAttention(): Promise<Conversation[]>;
}

/**
 * Due work. Effects and timers are put there by `ConversationStore.commit` only.
 */
export interface Jobs {
  /** Effects not done yet, in order within each conversation; called at start and never on the hot path. */
  pendingEffects(): Promise<PendingEffect[]>;
  /** Marks an effect done when it has no result for the machine. Idempotent. `sent` sets the status of its entry in the same write. */
  effectDone(
    effect: string,
    sent?: { entry: string; status: DeliveryStatus; providerId?: string },
  ): Promise<void>;
  /** Notes a failed try and when to try again. */
  effectRetry(effect: string, tries: number, dueAt: number): Promise<void>;
  /** The effects of one conversation that are not done, in order, and the conversation as it stands now. */
  effectsOf(id: string): Promise<{ conversation: Conversation | undefined; effects: PendingEffect[] }>;
  /**
   * Conversations with an effect that is not done and whose commit was written after `after` and before `before` (by
   * the machine's clock), those of longest ago first, each once with the time of its oldest such commit in that span:
   * what a worker looks for that heard of nothing. Some of them wait for a later try.
   */
  conversationsLeft(
    span: { after: number; before: number },
    limit: number,
  ): Promise<{ conversation: string; committedAt: number }[]>;
  /**
   * Keeps what is known of an effect that was given up, pending or done by now (the machine was told first); an effect
   * that is buried is not pending. Idempotent.
   */
  bury(effect: string, cause: { reason: string; tries: number; at: number }): Promise<void>;
  /** What was given up, newest first. */
  buried(limit: number): Promise<BuriedEffect[]>;
  /**
   * Makes a buried effect pending again, tries at 1, so that the next one looks first whether the last was in vain; its
   * entry, if it failed, is `queued` again. `false` when it is not buried (any more).
   */
  revive(effect: string): Promise<boolean>;
  /** Timers due at `now`, soonest first, at most `limit`. They stay until a commit carries `timerDone`. */
  dueTimers(now: number, limit: number): Promise<{ conversation: string; timer: string; dueAt: number }[]>;
}

export interface PendingEffect {
  conversation: string;
  effect: Effect;
  tries: number;
  dueAt: number;
  /** When its commit was written, by the machine's clock (not the service's, which the simulator may set). */
  committedAt: number;
  /** The entry that `effect.params.entry` names, when it is of the same commit. */
  entry?: Entry;
}

/** An effect that was given up after its last try. Without params: they may hold personal data. */
export interface BuriedEffect {
  effect: string;
  conversation: string;
  type: string;
  reason: string;
  tries: number;
  at: number;
}

/** Live news inside and between processes: lost messages cost a refresh, never correctness. */
export interface Hub {
  publish(topic: string, message: Json): void;
  /** Returns the undo. */
  subscribe(topic: string, listener: (message: Json) => void): () => void;
}

/**
 * How many processes share the work on effects. It holds news only: what it loses is found again in the store
 * (`Jobs.conversationsLeft`). No call ever waits for it on the way of a message.
 */
export interface WorkQueue {
  /** Tells the workers that a commit has left effects. Returns at once and never throws. */
  wake(conversation: string, version: number): void;
  /** The same for many that were left, by the one who looks. A conversation that is known to wait stays as it is. */
  wakeLeft(conversations: string[]): Promise<void>;
  /**
   * Begins to take conversations that were woken, `concurrency` at once. `look` does what is left and answers after how
   * many milliseconds to look again; undefined: when it is woken. The returned function takes no more and resolves
   * when those under way have ended.
   */
  work(look: (conversation: string) => Promise<number | undefined>, concurrency: number): () => Promise<void>;
  /** How many wait, now or for a later time. */
  size(): Promise<number>;
  /** How many wakes could not be told since the start. */
  lostWakes(): number;
}

/**
 * Exclusive work of one process on one thing, by a lease that is renewed until it is let go. The lease is for order and
 * speed; what must not happen twice is guarded in the store as well (commits by version, `effectDone` once).
 */
export interface Locks {
  /** Undefined when another has it; the holder learns that somebody knocked. Throws AppError when none can be had. */
  take(key: string): Promise<Lock | undefined>;
}

export interface Lock {
  /** False from the moment at which another process may have it: begin nothing new then. Costs nothing. */
  isHeld(): boolean;
  /**
   * How certain it is that nobody has begun work that was committed at this time (by the machine's clock). `isRepeat`:
   * somebody may have, look first. `waitMs` above 0: somebody may still be at it; let go, and come again after that.
   */
  trust(committedAt: number): { isRepeat: boolean; waitMs: number };
  /** Lets go, unless somebody has knocked since the taking (or the last `leave`): `false`, and it is still ours. */
  leave(): Promise<boolean>;
  /** Lets go. */
  release(): Promise<void>;
  /** Lets go of work that may have been done and could not be noted: the next one looks first. */
  abandon(): Promise<void>;
}

/** Duties of one process at a time: looking for due timers, for what was left, one provider's session. */
export interface Leases {
  /** Tries to have it from now on, and keeps it; `onChange` tells each gain (with its number) and loss. */
  keep(name: string, onChange?: (fence: number | undefined) => void): Lease;
}

export interface Lease {
  /** `unknown`: nobody can say now. What is harmless twice may be done then, what is not may not. */
  state(): 'ours' | 'others' | 'unknown';
  /** Rises with each new holder; undefined while it is not ours. */
  fence(): number | undefined;
  /** Gives it up. */
  stop(): Promise<void>;
}

/** Limits that count for all processes together. */
export interface Limits {
  /**
   * Takes one from a bucket of `burst` that fills again by `perSecond`. `first`: it is empty, for the first time since
   * it was half full; `over`: still. Undefined when nobody can say now; it never takes long and never throws.
   */
  take(
    key: string,
    bucket: { burst: number; perSecond: number },
  ): Promise<'fine' | 'first' | 'over' | undefined>;
}

/** What processes share beside the store; may be lost or emptied at any time: slower then, never wrong. */
export interface Shared {
  queue: WorkQueue;
  locks: Locks;
  leases: Leases;
  limits: Limits;
  /** Resolves when it answers; throws AppError REMOTE_UNAVAILABLE otherwise. */
  ping(): Promise<void>;
}

/** What a handler is told beside the effect. */
export interface EffectContext {
  /**
   * Throws AppError STORE_CONFLICT when another process may have taken the effect over meanwhile (this one was held up).
   * To be called right before what cannot be undone; absent where one process has it all.
   */
  assertOurs?(): void;
  conversation: Conversation;
  /** True when an earlier try may have reached the outside (crash or lost answer): look before doing it again. */
  isRepeat: boolean;
  tries: number;
  /** The entry that `effect.params.entry` names, when it is at hand; else the handler loads it. */
  entry?: Entry;
}

/** `result` comes back to the machine as `effect.done`; `sent` sets the delivery status of an entry; both may be absent. */
export interface EffectOutcome {
  result?: Json;
  sent?: { entry: string; status: DeliveryStatus; providerId?: string };
}

/**
 * Does one type of effect. Called at least once per effect, in order within a conversation, so it must be
 * idempotent by `effect.id`.
 * Throws AppError: `retry` true is tried again with growing pauses, otherwise (or after `maxTries`) the machine
 * gets `effect.failed`.
 */
export interface EffectHandler {
  type: string;
  /** Tries before it is given up; default 8 (about ten minutes). */
  maxTries?: number;
  run(effect: Effect, context: EffectContext): Promise<EffectOutcome>;
}

/** The engine as capabilities see it. */
export interface Engine {
  /** Durable when resolved. `duplicate`: this id was accepted before, nothing changed. */
  accept(message: InboundMessage): Promise<'accepted' | 'duplicate'>;
  /** Feeds any other event; `undefined` when the conversation does not exist. */
  handle(conversation: string, event: Event): Promise<Conversation | undefined>;
  /** The conversation id of an address: stable, and not reversible without the office's key. */
  conversationId(address: Address): string;
}

/** Sends to one provider. */
export interface Channel {
  /** The adapter's name, as in `InboundMessage.via`. */
  name: string;
  capabilities(kind: ChannelKind): Capabilities | undefined;
  /**
   * Hands one message to the provider. Resolves with its id when the provider has accepted it.
   * Throws AppError (`retry` says whether trying again can help).
   * `mayBeSent`: an earlier try may have arrived; the adapter looks first and answers with that message's id.
   */
  send(message: OutboundMessage): Promise<{ providerId: string; status: DeliveryStatus }>;
}

export interface OutboundMessage {
  entry: string;
  to: Address;
  text: string;
  files: StoredFile[];
  /** When the entry was committed. */
  at: number;
  mayBeSent: boolean;
  /** When the citizen last wrote: a provider may take free words for a while after it only (`Capabilities.windowMs`). */
  lastInboundAt: number;
  /** Which of the entry's messages this is (`index` from 1); absent when the entry is one message. */
  part?: { index: number; of: number };
  /** An approved message, by the provider's id of it; `text` is what it reads like, `values` are those of its fields. */
  template?: { providerId: string; values: string[] };
}

/**
 * The encrypted keeping of files (documents/vault.ts). `owner` is the conversation. A file of a case (a draft or the
 * application that came of it) is sealed with a data key of that case alone, every other file with the conversation's:
 * without that key the file is gone.
 */
export interface Vault {
  /** `id` makes a repeat harmless: the same id again replaces the file. Without it each call keeps another file. */
  put(
    owner: string,
    file: {
      bytes: Uint8Array;
      contentType: string;
      name?: string;
      id?: string;
      /** `Talk.draft` of the case it belongs to; absent: of none. */
      draft?: number;
    },
  ): Promise<StoredFile>;
  /** Undefined when there is no such file (or it was erased). Throws AppError KEY_WRONG when its content was changed. */
  get(file: string): Promise<VaultFile | undefined>;
  /** As `get`, for what is handed on and never held as a whole: `pieces` throw at their end what `get` throws. */
  open(file: string): Promise<OpenedFile | undefined>;
  /** Idempotent. */
  delete(file: string): Promise<void>;
}

/** A file as it was put. */
export interface VaultFile {
  owner: string;
  draft?: number;
  bytes: Uint8Array;
  contentType: string;
  name?: string;
  /** SHA-256 of the bytes, hex; kept sealed. */
  sha256: string;
}

/** A file as it was put, piece by piece. Who does not read it to its end must still begin, or let go (`return`). */
export interface OpenedFile extends Omit<VaultFile, 'bytes' | 'sha256'> {
  sizeBytes: number;
  pieces: AsyncIterable<Uint8Array>;
}

/**
 * Numbers for statistics, by day of the office and name (`asked:akta-kelahiran:nama_anak`); no personal data. They are
 * gathered in memory and written now and then: a crash loses some seconds of them, and nothing else.
 */
export interface CountStore {
  add(counts: { day: string; name: string; count: number }[]): Promise<void>;
  /** Days `YYYY-MM-DD`, both included; several entries of one day and name may come and are to be added up. */
  list(from: string, until: string): Promise<{ day: string; name: string; count: number }[]>;
}

/** What the office sets while it runs (notices, village officers), as JSON by name, sealed at rest. */
export interface SettingStore {
  read(name: string): Promise<{ version: number; value: Json } | undefined>;
  /** `version` is the one read (0: there was none) plus 1; `conflict` when somebody was faster. */
  write(name: string, version: number, value: Json): Promise<'written' | 'conflict'>;
}
