/** The collections `operators`, `sessions` and `audit`. */
import { Schema } from 'mongoose';
import type { AuditEntry, Session } from '../../handoff/ports.ts';
import type { SealedOperator } from '../records.ts';
import type { CollectionSpec } from './collections.ts';

export interface OperatorDocument extends Omit<SealedOperator, 'id'> {
  _id: string;
  /** The username as it is compared. */
  usernameKey: string;
}

export const OPERATORS: CollectionSpec<OperatorDocument> = {
  name: 'operators',
  schema: new Schema<OperatorDocument>(
    {
      _id: String,
      username: String,
      usernameKey: String,
      name: String,
      role: String,
      passwordHash: String,
      mustChangePassword: Boolean,
      disabled: Boolean,
      createdAt: Number,
      failures: Number,
      lockedUntil: Number,
      totp: Buffer,
    },
    { strict: 'throw', versionKey: false },
  ).index({ usernameKey: 1 }, { name: 'username', unique: true }),
  // Not to be sharded: two unique keys, and an office has few.
  shardKey: {},
};

export interface SessionDocument extends Omit<Session, 'tokenHash'> {
  /** Keyed hash of the cookie's token. */
  _id: string;
}

export const SESSIONS: CollectionSpec<SessionDocument> = {
  name: 'sessions',
  schema: new Schema<SessionDocument>(
    { _id: String, operator: String, csrf: String, createdAt: Number, expiresAt: Number },
    { strict: 'throw', versionKey: false },
  )
    .index({ operator: 1 }, { name: 'operator' })
    .index({ expiresAt: 1 }, { name: 'expiry' }),
  shardKey: { _id: 'hashed' },
};

/** One line of the audit log. */
export interface LineDocument extends Omit<AuditEntry, 'seq' | 'details'> {
  /** `seq`. */
  _id: number;
  /** JSON: what was hashed is what is kept, to the letter. */
  details: string;
  /** Keyed mark of the end of the log: the newest line has it. */
  end?: Uint8Array;
}

export const AUDIT: CollectionSpec<LineDocument> = {
  name: 'audit',
  schema: new Schema<LineDocument>(
    {
      _id: Number,
      at: Number,
      actor: String,
      action: String,
      subject: String,
      details: String,
      hash: String,
      end: Buffer,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ end: 1 }, { name: 'end', sparse: true })
    .index({ subject: 1, _id: 1 }, { name: 'subject' })
    .index({ actor: 1, _id: 1 }, { name: 'actor' })
    .index({ action: 1, _id: 1 }, { name: 'action' }),
  shardKey: { _id: 1 },
};
