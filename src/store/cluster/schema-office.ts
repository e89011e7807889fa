/** The collections `counts` and `settings`. */
import { Schema } from 'mongoose';
import type { CollectionSpec } from './collections.ts';

/** What one process has counted of one name on one day. */
export interface CountDocument {
  /** `<day>|<name>|<process>`. */
  _id: string;
  day: string;
  name: string;
  count: number;
}

export const COUNTS: CollectionSpec<CountDocument> = {
  name: 'counts',
  schema: new Schema<CountDocument>(
    { _id: String, day: String, name: String, count: Number },
    { strict: 'throw', versionKey: false },
  ).index({ day: 1, name: 1 }, { name: 'day' }),
  shardKey: { _id: 'hashed' },
};

/** One version of a setting; the newest counts. Those before have no body, and keep their place. */
export interface SettingDocument {
  /** `<name>.<version>`. */
  _id: string;
  name: string;
  version: number;
  /** JSON, sealed. */
  body?: Uint8Array;
}

export const SETTINGS: CollectionSpec<SettingDocument> = {
  name: 'settings',
  schema: new Schema<SettingDocument>(
    { _id: String, name: String, version: Number, body: Buffer },
    { strict: 'throw', versionKey: false },
  ).index({ name: 1, version: -1 }, { name: 'version', unique: true }),
  shardKey: { name: 1 },
};
