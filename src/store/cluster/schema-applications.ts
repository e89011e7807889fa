/** The collections `applications` and `filings`; applications.ts says how they are used. */
import { Schema } from 'mongoose';
import type { Application, ApplicationBody } from '../../applications/ports.ts';
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
export interface VersionDocument extends Omit<Application, keyof ApplicationBody | 'marks'> {
  /** `<number>.<version>`. */
  _id: string;
  /** Absent when there are none, so that their index is as small as what is found by it. */
  marks?: string[];
  /** Whether the body holds news that the applicant has not been told; absent otherwise. */
  untold?: true;
  /** Sorts those of a conversation: when it was filed, by the machine's clock; or its place in a copy. */
  seq: number;
  /** But the skeleton is left of it; in databases of older programs `body` alone tells. */
  erased?: true;
  /** ApplicationBody, sealed; empty when erased. */
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
      assignee: new Schema({ id: String, name: String }, { _id: false, strict: 'throw' }),
      marks: { type: [String], default: undefined },
      untold: Boolean,
      erased: Boolean,
      seq: Number,
      body: Buffer,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ number: 1, version: -1 }, { name: 'version', unique: true })
    .index({ conversation: 1 }, { name: 'conversation', sparse: true })
    .index({ state: 1, dueAt: 1, number: 1 }, { name: 'due', sparse: true })
    .index({ marks: 1 }, { name: 'marks', sparse: true })
    .index({ untold: 1 }, { name: 'untold', sparse: true })
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
  assignee: '',
  marks: '',
  untold: '',
  erased: '',
  seq: '',
  body: '',
} as const;
