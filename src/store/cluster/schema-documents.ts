/** The collections `links` and `issued`, and those that GridFS keeps files in. */
import { Schema, type Types } from 'mongoose';
import type { IssuedDocument, Link } from '../../documents/ports.ts';
import type { CollectionSpec } from './collections.ts';

/** A link (`_id` is its token's hash), or a mark on it: that it was used, or that a wrong PIN was given. */
export interface LinkDocument extends Partial<Omit<Link, 'tokenHash' | 'conversation'>> {
  _id: string;
  /** The token's hash. */
  link: string;
  conversation: string;
}

export const LINKS: CollectionSpec<LinkDocument> = {
  name: 'links',
  schema: new Schema<LinkDocument>(
    {
      _id: String,
      link: String,
      conversation: String,
      kind: String,
      step: String,
      file: String,
      application: String,
      expiresAt: Number,
      usedAt: Number,
      failures: Number,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ link: 1 }, { name: 'link' })
    .index({ conversation: 1 }, { name: 'conversation' })
    .index({ expiresAt: 1 }, { name: 'expired', sparse: true }),
  shardKey: { link: 1 },
};

/** `supersededBy` only where a copy of another store said so; otherwise the paper of the next turn is meant. */
export interface PaperDocument extends Omit<IssuedDocument, 'code'> {
  /** The code on the paper. */
  _id: string;
  turn: number;
}

export const ISSUED: CollectionSpec<PaperDocument> = {
  name: 'issued',
  schema: new Schema<PaperDocument>(
    {
      _id: String,
      kind: String,
      application: String,
      issuedAt: Number,
      sha256: String,
      supersededBy: String,
      turn: Number,
    },
    { strict: 'throw', versionKey: false },
  ).index({ application: 1, kind: 1, turn: -1 }, { name: 'turn', unique: true }),
  shardKey: { application: 1 },
};

/** What GridFS keeps of one upload; `filename` is the id of our file. */
export interface UploadDocument {
  _id: Types.ObjectId;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  filename: string;
  metadata: {
    owner: string;
    contentType: string;
    /** Of the file before it was sealed. */
    sizeBytes: number;
    /** When it was put, by the service's clock; absent in uploads of older programs: `uploadDate`. */
    at?: number;
    /** Sealed: it may name a person. */
    name?: Uint8Array;
    /** Uploads of one file, counted up: the newest is the file. */
    turn: number;
  };
}

export const UPLOADS: CollectionSpec<UploadDocument> = {
  name: 'files.files',
  schema: new Schema<UploadDocument>(
    {
      length: Number,
      chunkSize: Number,
      uploadDate: Date,
      filename: String,
      metadata: {
        owner: String,
        contentType: String,
        sizeBytes: Number,
        at: Number,
        name: Buffer,
        turn: Number,
      },
    },
    { strict: 'throw', versionKey: false },
  )
    // The driver's own, which it would make at the first upload.
    .index({ filename: 1, uploadDate: 1 }, { name: 'filename_1_uploadDate_1' })
    .index({ 'metadata.owner': 1 }, { name: 'owner' }),
  shardKey: { _id: 'hashed' },
};

/** One piece of an upload. */
export interface ChunkDocument {
  _id: Types.ObjectId;
  files_id: Types.ObjectId;
  n: number;
  data: Uint8Array;
}

export const CHUNKS: CollectionSpec<ChunkDocument> = {
  name: 'files.chunks',
  schema: new Schema<ChunkDocument>(
    { files_id: Schema.Types.ObjectId, n: Number, data: Buffer },
    { strict: 'throw', versionKey: false },
  ).index({ files_id: 1, n: 1 }, { name: 'files_id_1_n_1', unique: true }),
  shardKey: { files_id: 1, n: 1 },
};
