/**
 * Papers of ours that anyone may verify, in MongoDB. A paper is never changed. `turn` counts the papers of one kind
 * and application, and a unique index gives each turn to one: the paper of the next turn is what replaced it.
 */
import type { Connection } from 'mongoose';
import type { IssuedDocument, IssuedStore, PaperKind } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { ISSUED, type PaperDocument } from './schema-documents.ts';

/** Each attempt that fails is another's success, so this many are never needed. */
const ATTEMPTS = 1000;

/** Implements the port; see there for the promises. */
export function createIssuedStore(connection: Connection): IssuedStore {
  const papers = collectionOf(connection, ISSUED);

  async function issue({ code, ...paper }: IssuedDocument): Promise<void> {
    const { application, kind } = paper;
    for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
      const [newest] = await papers.find({ application, kind }).sort({ turn: -1 }).limit(1).toArray();
      const turn = (newest?.turn ?? 0) + 1;
      if (await isInserted(papers.insertOne({ _id: code, ...paper, turn }))) return;
      if (await papers.findOne({ _id: code })) return;
    }
    throw new AppError('STORE_CONFLICT', { detail: 'too many papers of one application at once' });
  }

  async function find(code: string): Promise<IssuedDocument | undefined> {
    const paper = await papers.findOne({ _id: code });
    if (!paper) return undefined;
    const { application, kind, turn } = paper;
    // A paper that came with a copy of another store names its successor itself.
    const next = paper.supersededBy ?? (await papers.findOne({ application, kind, turn: turn + 1 }))?._id;
    return read(paper, next);
  }

  async function findCurrent(kind: PaperKind, application: string): Promise<IssuedDocument | undefined> {
    const [newest] = await papers.find({ application, kind }).sort({ turn: -1 }).limit(1).toArray();
    return newest && read(newest, newest.supersededBy);
  }

  return {
    issue: (paper) => reach(() => issue(paper)),
    find: (code) => reach(() => find(code)),
    findCurrent: (kind, application) => reach(() => findCurrent(kind, application)),
  };
}

function read(
  { _id: code, turn, ...paper }: PaperDocument,
  supersededBy: string | undefined,
): IssuedDocument {
  return { code, ...paper, ...(supersededBy === undefined ? {} : { supersededBy }) };
}
