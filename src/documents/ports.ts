/** Durable state of the documents room. Times are milliseconds since the epoch. */

/** Sealed bytes by id; knows nothing of what is inside. */
export interface FileStore {
  /** The same id again replaces what was there. */
  put(file: {
    id: string;
    owner: string;
    contentType: string;
    name?: string;
    sizeBytes: number;
    sealed: Uint8Array;
  }): Promise<void>;
  get(
    id: string,
  ): Promise<
    { owner: string; contentType: string; name?: string; sizeBytes: number; sealed: Uint8Array } | undefined
  >;
  delete(id: string): Promise<void>;
}

/** Envelope encryption: a data key an owner (conversation), wrapped by the master key. */
export interface Sealer {
  seal(owner: string, clear: Uint8Array): Promise<Uint8Array>;
  /** Throws AppError KEY_MISSING when the owner's key was destroyed, KEY_WRONG when the bytes do not open. */
  open(owner: string, sealed: Uint8Array): Promise<Uint8Array>;
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
