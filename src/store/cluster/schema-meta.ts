/** The collections `meta` (a few named values of the whole database) and `keys` (wrapped data keys). */
import { Schema } from 'mongoose';
import type { CollectionSpec } from './collections.ts';

/** `value`: what copies carry (`index-key`, `audit-end`). `version`: of the document `schema` only. */
export interface MetaDocument {
  _id: string;
  value?: Uint8Array;
  version?: number;
  at?: number;
}

export const META: CollectionSpec<MetaDocument> = {
  name: 'meta',
  schema: new Schema<MetaDocument>(
    { _id: String, value: Buffer, version: Number, at: Number },
    { strict: 'throw', versionKey: false },
  ),
  shardKey: { _id: 1 },
};

/** The unique `_id` decides between processes that make a key for the same owner together. */
export interface KeyDocument {
  _id: string;
  masterId: Uint8Array;
  wrapped: Uint8Array;
}

export const KEYS: CollectionSpec<KeyDocument> = {
  name: 'keys',
  schema: new Schema<KeyDocument>(
    { _id: String, masterId: Buffer, wrapped: Buffer },
    { strict: 'throw', versionKey: false },
  ),
  shardKey: { _id: 'hashed' },
};
