/** Durable state of the documents room. Times are milliseconds since the epoch. */

/** Bytes in pieces of any size, so that a large file is never held as a whole. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What is known of a file without opening it. */
export interface FileFacts {
  id: string;
  /** Whose key seals it: a conversation, or a case of it (`caseOwner`). */
  owner: string;
  contentType: string;
  /** Of the file before it was sealed. */
  sizeBytes: number;
  /** When it was put, by the service's clock. */
  at: number;
}

/** Sealed bytes by id; knows nothing of what is inside. */
export interface FileStore {
  /** The same id again replaces what was there, wholly or not at all. */
  put(file: FileFacts & { name?: string; sealed: Pieces }): Promise<void>;
  /**
   * `sealed` reads as it is asked; it throws AppError NOT_FOUND when the file is deleted before, and STORE_CONFLICT when it
   * is replaced meanwhile: get it again.
   */
  get(id: string): Promise<(FileFacts & { name?: string; sealed: AsyncIterable<Uint8Array> }) | undefined>;
  /** Idempotent. */
  delete(id: string): Promise<void>;
  /** Those put before that time, by owner and then by id; `after` is the last of the page before. `of`: one owner's only. */
  listOld(query: {
    before: number;
    of?: string;
    after?: Pick<FileFacts, 'owner' | 'id'>;
    limit: number;
  }): Promise<FileFacts[]>;
}

/** Envelope encryption: a data key an owner (a conversation, or a case of it), wrapped by the master key. */
export interface Sealer {
  /** Sealed for this id only. The owner's key is made and durable before the first piece comes. */
  seal(owner: string, id: string, clear: Pieces): AsyncIterable<Uint8Array>;
  /**
   * The reverse. Throws AppError KEY_MISSING when the owner's key was destroyed, KEY_WRONG when the bytes do not open or
   * were sealed for another id; what came before is genuine, but not whole.
   */
  open(owner: string, id: string, sealed: Pieces): AsyncIterable<Uint8Array>;
  /** A keyed hash for look-ups (hex, 64 characters): the same input gives the same hash, and nothing else is told. */
  hash(kind: string, text: string): string;
}

/** A one-time link `/f/:token`. The token itself is never stored, only its keyed hash. */
export interface Link {
  tokenHash: string;
  /** `upload`: files for `step`; `download`: the file, after the PIN of `application`. */
  kind: 'upload' | 'download';
  conversation: string;
  step?: string;
  file?: string;
  application?: string;
  expiresAt: number;
  usedAt?: number;
  failures: number;
}

export interface LinkStore {
  /** Same `tokenHash` again: unchanged. */
  create(link: Link): Promise<void>;
  find(tokenHash: string): Promise<Link | undefined>;
  /** `true` for exactly one caller: whoever used it first. */
  use(tokenHash: string, at: number): Promise<boolean>;
  /** Counts a wrong PIN and returns how many there were. */
  fail(tokenHash: string): Promise<number>;
  /** How many could be opened until before that time. */
  countExpired(before: number): Promise<number>;
  /** Removes those, and tells how many they were. */
  removeExpired(before: number): Promise<number>;
}

/** What kinds of papers we make. `form`: a form of Permendagri 109/2019, filled in. */
export const PAPER_KINDS = ['receipt', 'form', 'checklist', 'slip', 'letter'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** A paper of ours that anyone may verify by the code on it (`/v/:code`). No personal data. */
export interface IssuedDocument {
  code: string;
  kind: PaperKind;
  /**
   * What it is about: papers of the same kind and subject supersede each other. The application's number; for forms
   * `<number or draft>/<form code>`, for letters `<number>/<act>` (none replaces another), for checklists `service/<id>`.
   */
  application: string;
  issuedAt: number;
  /** SHA-256 of the bytes, hex. */
  sha256: string;
  /** The code of the paper that replaced it. */
  supersededBy?: string;
}

export interface IssuedStore {
  /** Idempotent by `code`. Marks earlier papers of the same kind and application as superseded. */
  issue(document: IssuedDocument): Promise<void>;
  find(code: string): Promise<IssuedDocument | undefined>;
  /** The one that nothing has replaced. */
  findCurrent(kind: PaperKind, application: string): Promise<IssuedDocument | undefined>;
}
