/** Applications, files, links and papers as records, and back. */
import { type Connection, mongo } from 'mongoose';
import type { StoreRecord } from '../records.ts';
import { collectionOf } from './collections.ts';
import { CHUNK_BYTES, factsOf, readUpload } from './files.ts';
import { readLink } from './links.ts';
import type { Put } from './records-put.ts';
import { APPLICATIONS, FILINGS } from './schema-applications.ts';
import {
  CHUNKS,
  ISSUED,
  LINKS,
  type LinkDocument,
  type PaperDocument,
  UPLOADS,
  type UploadDocument,
} from './schema-documents.ts';

/** Files read at a time: a cursor that waits for ten minutes is gone. */
const BATCH = 100;

type Of<K extends StoreRecord['kind']> = Extract<StoreRecord, { kind: K }>;

/** In the order of their filing; `seq` is the place in it. */
export async function* readApplications(connection: Connection): AsyncGenerator<Of<'application'>> {
  const found = collectionOf(connection, APPLICATIONS).find({ seq: { $exists: true } });
  const versions = groupBy(found.sort({ seq: 1, number: 1, version: 1 }), ({ number }) => number);
  let seq = 0;
  for await (const group of versions) {
    const newest = group.at(-1);
    if (!newest) continue;
    const { _id, seq: _, marks = [], untold = false, erased, ...facts } = newest;
    yield { kind: 'application', ...facts, marks, hasUntold: untold, seq: ++seq };
  }
}

/** The highest serial of each series. */
export async function* readSeries(connection: Connection): AsyncGenerator<Of<'series'>> {
  const filings = collectionOf(connection, FILINGS);
  const names = await filings.distinct('series', { serial: { $gt: 0 } });
  for (const name of names.sort()) {
    const newest = await filings.findOne({ series: name }, { sort: { serial: -1 } });
    if (newest) yield { kind: 'series', name, last: newest.serial };
  }
}

/** A file that is erased or replaced meanwhile is left out: nothing that stays names it. */
export async function* readFiles(connection: Connection): AsyncGenerator<Of<'file'>> {
  const chunks = collectionOf(connection, CHUNKS);
  const found = collectionOf(connection, UPLOADS)
    .find()
    .batchSize(BATCH)
    .sort({ filename: 1, uploadDate: 1 });
  for await (const uploads of groupBy(found, ({ filename }) => filename)) {
    const newest = uploads.toSorted((a, b) => a.metadata.turn - b.metadata.turn).at(-1);
    const sealed = newest && (await readUpload(chunks, newest));
    if (!newest || !sealed) continue;
    const { name } = newest.metadata;
    yield { kind: 'file', ...factsOf(newest), ...(name && { name }), sealed };
  }
}

export async function* readLinks(connection: Connection): AsyncGenerator<Of<'link'>> {
  const found = collectionOf(connection, LINKS).find().sort({ link: 1 });
  for await (const group of groupBy(found, (document: LinkDocument) => document.link)) {
    const link = readLink(group);
    if (link) yield { kind: 'link', link };
  }
}

export async function* readIssued(connection: Connection): AsyncGenerator<Of<'issued'>> {
  const found = collectionOf(connection, ISSUED).find().sort({ application: 1, kind: 1, turn: -1 });
  const key = ({ application, kind }: PaperDocument) => `${application} ${kind}`;
  for await (const papers of groupBy(found, key)) {
    for (const [at, { _id: code, turn, ...paper }] of papers.entries()) {
      const supersededBy = paper.supersededBy ?? papers[at - 1]?._id;
      yield { kind: 'issued', document: { code, ...paper, ...(supersededBy && { supersededBy }) } };
    }
  }
}

/** What puts them into an empty database. */
export function createCasePuts(put: Put) {
  let superseded = 0;

  return {
    series: ({ name, last }: Of<'series'>) =>
      put.insert(FILINGS, { _id: `series ${name}`, series: name, serial: last, number: '' }),
    application: async ({ kind: _, marks, hasUntold, ...facts }: Of<'application'>) => {
      const { number, version, filedBy } = facts;
      const found = {
        ...(marks.length > 0 && { marks }),
        ...(hasUntold && { untold: true as const }),
        ...(facts.body.length === 0 && { erased: true as const }),
      };
      await put.insert(APPLICATIONS, { _id: `${number}.${version}`, ...facts, ...found });
      // Its serial is of no interest any more: the series' own record says what comes next.
      await put.insert(FILINGS, { _id: filedBy, series: number, serial: 0, number });
    },
    file: async ({ kind: _, id, sealed, ...facts }: Of<'file'>) => {
      const upload: UploadDocument = {
        _id: new mongo.ObjectId(),
        ...{ length: sealed.length, chunkSize: CHUNK_BYTES, uploadDate: new Date(), filename: id },
        metadata: { ...facts, turn: 1 },
      };
      for (let n = 0; n * CHUNK_BYTES < sealed.length; n++) {
        const data = sealed.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
        await put.insert(CHUNKS, { _id: new mongo.ObjectId(), files_id: upload._id, n, data });
      }
      await put.insert(UPLOADS, upload);
    },
    link: ({ link: { tokenHash, ...facts } }: Of<'link'>) =>
      put.insert(LINKS, { _id: tokenHash, link: tokenHash, ...facts }),
    issued: ({ document: { code, ...paper } }: Of<'issued'>) => {
      // One that was replaced says by what, and needs but a turn of its own, before the one that holds.
      const turn = paper.supersededBy === undefined ? 1 : -++superseded;
      return put.insert(ISSUED, { _id: code, ...paper, turn });
    },
  };
}

/** Those that follow one another and have the same key. */
async function* groupBy<T>(items: AsyncIterable<T>, keyOf: (item: T) => string): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    const [first] = group;
    if (first !== undefined && keyOf(first) !== keyOf(item)) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length > 0) yield group;
}
