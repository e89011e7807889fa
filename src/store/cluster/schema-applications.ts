/** The collections `applications` and `filings`; applications.ts says how they are used. */
import { Schema } from 'mongoose';
import type { Application } from '../../applications/ports.ts';
import type { CollectionSpec } from './collections.ts';

/** What ties a filing to a number. */
export interface FilingDocument {
  /** `filedBy` of the application. */
  _id: string;
  series: string;
  serial: number;
  number: string;
}

export const FILINGS: CollectionSpec<FilingDocument> = {
  name: 'filings',
  schema: new Schema<FilingDocument>(
    { _id: String, series: String, serial: Number, number: String },
    { strict: 'throw', versionKey: false },
  ).index({ series: 1, serial: -1 }, { name: 'serial', unique: true }),
  // Not to be sharded: two unique keys decide together. A filing is some hundred bytes.
  shardKey: {},
};

/** One version of an application. Those before the newest keep nothing but these: `_id`, `number` and `version`. */
export interface VersionDocument extends Omit<Application, 'answers' | 'pin'> {
  /** `<number>.<version>`. */
  _id: string;
  /** Sorts those of a conversation: when it was filed, by the machine's clock; or its place in a copy. */
  seq: number;
  /** Answers and PIN, sealed; empty when erased. */
  body: Uint8Array;
}

export const APPLICATIONS: CollectionSpec<VersionDocument> = {
  name: 'applications',
  schema: new Schema<VersionDocument>(
    {
      _id: String,
      number: String,
      version: Number,
      filedBy: String,
      conversation: String,
      service: String,
      state: String,
      submittedAt: Number,
      dueAt: Number,
      pinFailures: Number,
      pinLockedUntil: Number,
      seq: Number,
      body: Buffer,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ number: 1, version: -1 }, { name: 'version', unique: true })
    .index({ conversation: 1 }, { name: 'conversation', sparse: true })
    // For copies: in the order of their filing.
    .index({ seq: 1, number: 1, version: 1 }, { name: 'filed', sparse: true }),
  shardKey: { number: 1 },
};

/** What is taken out of a version that is not the newest any more. */
export const EMPTIED = {
  filedBy: '',
  conversation: '',
  service: '',
  state: '',
  submittedAt: '',
  dueAt: '',
  pinFailures: '',
  pinLockedUntil: '',
  seq: '',
  body: '',
} as const;
