/** Operators, their sessions and the audit log as stored. Times are milliseconds since the epoch. */
import type { Conversation } from '../conversation/types.ts';
import type { Json } from '../json.ts';

export type Role = 'operator' | 'verifier' | 'supervisor' | 'admin' | 'auditor';

export interface Operator {
  id: string;
  username: string;
  /** Shown to citizens and colleagues. */
  name: string;
  role: Role;
  /** argon2id, PHC string. */
  passwordHash: string;
  mustChangePassword: boolean;
  disabled: boolean;
  createdAt: number;
  failures: number;
  lockedUntil: number;
  /** Second factor (RFC 6238); `lastStep` is the time step of the code taken last, which is not taken again. */
  totp?: { secret: string; lastStep: number };
}

export interface Session {
  /** Keyed hash of the cookie's token. */
  tokenHash: string;
  operator: string;
  csrf: string;
  createdAt: number;
  expiresAt: number;
}

export interface OperatorStore {
  /** `taken` when the username exists (case-insensitive). */
  add(operator: Operator): Promise<'added' | 'taken'>;
  update(operator: Operator): Promise<void>;
  findByUsername(username: string): Promise<Operator | undefined>;
  find(id: string): Promise<Operator | undefined>;
  list(): Promise<Operator[]>;
  openSession(session: Session): Promise<void>;
  findSession(tokenHash: string): Promise<Session | undefined>;
  closeSession(tokenHash: string): Promise<void>;
  /** Ends all sessions of an operator. */
  closeSessions(operator: string): Promise<void>;
}

/** One line of the audit log: who did what to what. No personal data: ids only. */
export interface AuditEntry {
  seq: number;
  at: number;
  /** An operator's id, `bot`, `system` or `cli`. */
  actor: string;
  action: string;
  subject: string;
  details: { [key: string]: Json };
  /** SHA-256, hex, over the previous hash and this entry. */
  hash: string;
}

/** Which lines; all conditions must hold. Oldest first, or `newest`. */
export interface AuditQuery {
  /** Behind this `seq`. */
  after?: number;
  /** Before this `seq`. */
  before?: number;
  actions?: readonly string[];
  actor?: string;
  subject?: string;
  /** Times, ms: at or after, and before. */
  from?: number;
  until?: number;
  newest?: boolean;
  limit: number;
}

/** Append-only and hash-chained. */
export interface AuditLog {
  append(entry: Omit<AuditEntry, 'seq' | 'hash'>): Promise<void>;
  list(options: AuditQuery): Promise<AuditEntry[]>;
  /** Recomputes the chain; `brokenAt` is the first entry that does not fit. */
  verify(): Promise<{ ok: true; entries: number } | { ok: false; brokenAt: number }>;
}

/** What an operator is shown of a case beside its transcript. Holds personal data. */
export interface CaseDescription {
  status: 'bot' | 'handoff' | 'idle';
  /** The id of the service the citizen is in. */
  service: string | null;
  /** Its title in Indonesian. */
  title: string | null;
  step: string | null;
  /** Its label in Indonesian. */
  stepLabel: string | null;
  /** The kind of answer that the flow waits for. */
  expects: string | null;
  /** The question proposes what was read off a photo. */
  isProposed: boolean;
  /** Answers so far, in the order of the questions; all words in Indonesian. `warnings`: what to look at twice. */
  answers: { id: string; label: string; text: string; warnings: string[] }[];
  /** All questions of the service that count with these answers. `ask`: the kind of answer. */
  steps: { id: string; label: string; ask: string; isAnswered: boolean }[];
}

/** Reads a conversation's snapshot by its flow; main passes it from the engine. `isOpen`: answers in full. */
export type DescribeCase = (conversation: Conversation, isOpen?: boolean) => CaseDescription;
