/** What a store is, whichever implementation stands behind it. */
import type { Logger } from 'pino';
import type { ApplicationStore } from '../applications/ports.ts';
import type { StoreConfig } from '../config.ts';
import type {
  ConversationStore,
  CountStore,
  Hub,
  Jobs,
  SettingStore,
  Shared,
} from '../conversation/ports.ts';
import type { FileStore, IssuedStore, LinkStore, Sealer } from '../documents/ports.ts';
import type { AuditLog, OperatorStore } from '../handoff/ports.ts';
import type { BookingStore, QueueStore, StockStore, VisitStore } from '../pickup/ports.ts';
import type { TalkArchive } from '../retention/ports.ts';
import type { StoreRecord } from './records.ts';

/** Every port to durable state, and the end of it. */
export interface Store {
  conversations: ConversationStore;
  jobs: Jobs;
  hub: Hub;
  applications: ApplicationStore;
  bookings: BookingStore;
  visits: VisitStore;
  queue: QueueStore;
  stock: StockStore;
  files: FileStore;
  sealer: Sealer;
  links: LinkStore;
  issued: IssuedStore;
  operators: OperatorStore;
  audit: AuditLog;
  counts: CountStore;
  settings: SettingStore;
  /** Where several processes work together (cluster with Redis); absent: this process has it all. */
  shared?: Shared;
  /** Everything that is stored, piece by piece; what is sealed stays sealed. For copies (backup). */
  records(): AsyncIterable<StoreRecord>;
  /** Puts the records of a copy into this store, which must hold no data. Throws AppError TAKEN otherwise. */
  fill(records: AsyncIterable<StoreRecord>): Promise<void>;
  /**
   * Erases a conversation's person: keys, conversation, transcript, files. Their cases keep only a skeleton. Of a case
   * (`caseOwner`), from which no application came: its key and its files.
   */
  eraseOwner(owner: string): Promise<void>;
  /**
   * Erases one case: its key, its files, the keys of other drafts that one of `files` is under (corrections have their
   * own), and its links. The skeleton stays, and nothing finds it. `files` are those that its answers and result name.
   * `conflict`: it is not of that version any more, and nothing is done.
   */
  eraseCase(erased: { number: string; version: number; files: string[] }): Promise<'erased' | 'conflict'>;
  /** What was said, for retention. */
  talks: TalkArchive;
  /**
   * Wraps by `masterKey` whatever `masterKeyAlso` wrapped, and tells how many keys that were. Broken off, it is begun
   * again; processes that have both keys notice nothing. Throws AppError KEY_WRONG when a third key wrapped something.
   */
  rewrapKeys(): Promise<number>;
  /** Resolves when a write has become durable; throws AppError STORE_UNAVAILABLE otherwise. */
  ping(): Promise<void>;
  /** Finishes what was begun, and lets go of the data. Later calls throw AppError STORE_UNAVAILABLE. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Which implementation; embedded when left out. */
  where?: StoreConfig;
  /** Made, readable by its owner only, when it does not exist. */
  dataDir: string;
  /** 32 bytes. */
  masterKey: Uint8Array;
  /** A second key that opens what it wrapped, and wraps nothing. */
  masterKeyAlso?: Uint8Array | undefined;
  /**
   * `true` for a short command beside a running service (an operator's new password, a look at the audit log):
   * does not ask for the directory for itself, and must not be used to erase. Default `false`.
   */
  isBeside?: boolean;
  /** Told once a while of what can be lost without harm. */
  log?: Logger;
}
