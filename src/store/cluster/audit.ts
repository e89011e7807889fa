/**
 * The audit log, in MongoDB. A line's number is its id, so the unique insert decides who writes the next one, and
 * whoever was second chains anew behind it.
 *
 * The newest line carries a keyed mark that it is the end; it loses it once the next line is there. So `verify` also
 * notices a log that was cut short or written on by someone who has the database but not the master key. Line and mark
 * are one write, so the newest line has its mark whenever a process dies. (Of lines that are written together only the
 * last has it: a server that dies in the middle of them leaves an end that does not verify until the next line.)
 * Before the first line stands one numbered 0, with the mark of an empty log.
 */
import { type Connection, mongo } from 'mongoose';
import type { AuditEntry, AuditLog, AuditQuery } from '../../handoff/ports.ts';
import { chainHash, FIRST_HASH } from '../audit-chain.ts';
import { collectionOf } from './collections.ts';
import { isDuplicate, reach } from './connection.ts';
import { isInserted } from './insert.ts';
import type { ClusterKeyring } from './keyring.ts';
import { AUDIT, type LineDocument } from './schema-operators.ts';

type Line = Omit<AuditEntry, 'seq' | 'hash'>;
type End = Pick<AuditEntry, 'seq' | 'hash'>;

interface Waiting {
  line: Line;
  resolve: () => void;
  reject: (cause: unknown) => void;
}

type Lines = mongo.Collection<LineDocument>;

const START: End = { seq: 0, hash: FIRST_HASH };
const FIRST: LineDocument = {
  _id: 0,
  at: 0,
  actor: '',
  action: '',
  subject: '',
  details: '{}',
  hash: FIRST_HASH,
};
const PAGE = 1000;
/** Bounds one write. */
const GROUP_LIMIT = 200;

/** Implements the port. Lines that arrive while others are written go together: two round trips a group. */
export async function openAuditLog(connection: Connection, keyring: ClusterKeyring): Promise<AuditLog> {
  const lines = collectionOf(connection, AUDIT);
  const markOf = ({ seq, hash }: End) => Buffer.from(keyring.hash('audit-end', `${seq} ${hash}`), 'hex');
  const list = (query: AuditQuery) =>
    lines
      .find(filterOf(query))
      .sort({ _id: query.newest ? -1 : 1 })
      .limit(query.limit)
      .toArray();
  const page = (after: number) => list({ after, limit: PAGE });

  // An empty log has its mark from the database's first day, so that emptying it later shows.
  if (keyring.isNew) await reach(() => isInserted(lines.insertOne({ ...FIRST, end: markOf(START) })));

  async function verify() {
    let end = START;
    let mark = (await lines.findOne({ _id: 0 }))?.end;
    for (let found = await page(0); found.length > 0; found = await page(end.seq)) {
      for (const line of found) {
        const entry = readLine(line);
        const fits = entry.seq === end.seq + 1 && entry.hash === chainHash(end.hash, entry);
        if (!fits) return { ok: false as const, brokenAt: end.seq + 1 };
        end = entry;
        mark = line.end;
      }
    }
    const isEnd = mark !== undefined && markOf(end).equals(mark);
    return isEnd ? { ok: true as const, entries: end.seq } : { ok: false as const, brokenAt: end.seq + 1 };
  }

  return {
    append: createAppender(lines, markOf),
    list: (query) => reach(async () => (await list(query)).map(readLine)),
    verify: () => reach(verify),
  };
}

/** The line before the first (numbered 0) never meets it. */
function filterOf({ after, before, actions, actor, subject, from, until }: AuditQuery) {
  const between = (least: mongo.Document, below: number | undefined) => ({
    ...least,
    ...(below === undefined ? {} : { $lt: below }),
  });
  const at = between(from === undefined ? {} : { $gte: from }, until);
  return {
    _id: between({ $gt: after ?? 0 }, before),
    ...(actions ? { action: { $in: [...actions] } } : {}),
    ...(actor === undefined ? {} : { actor }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined && until === undefined ? {} : { at }),
  } satisfies mongo.Filter<LineDocument>;
}

/** Writes lines in groups, one group at a time. */
function createAppender(lines: Lines, markOf: (end: End) => Uint8Array): AuditLog['append'] {
  const waiting: Waiting[] = [];
  let isWriting = false;
  /** The newest line, as far as this process knows: one that is behind costs another attempt. */
  let newest: End | undefined;

  /** Returns how many were written: fewer when another process wrote meanwhile. */
  async function write(group: Waiting[]): Promise<number> {
    let end = newest ?? (await findEnd(lines));
    const documents = group.map(({ line }): LineDocument => {
      const seq = end.seq + 1;
      end = { seq, hash: chainHash(end.hash, { seq, ...line }) };
      return { ...line, _id: seq, details: JSON.stringify(line.details), hash: end.hash };
    });
    const last = documents.at(-1);
    if (last) last.end = markOf(end);
    const written = await insertInOrder(lines, documents);
    const isAll = written === documents.length;
    newest = isAll ? end : undefined;
    if (isAll) await unmarkBefore(lines, end.seq);
    return written;
  }

  async function settle(group: Waiting[]): Promise<void> {
    let rest = group;
    try {
      while (rest.length > 0) {
        const written = await reach(() => write(rest));
        for (const { resolve } of rest.slice(0, written)) resolve();
        rest = rest.slice(written);
      }
    } catch (cause) {
      newest = undefined;
      for (const { reject } of rest) reject(cause);
    }
  }

  async function work(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) await settle(waiting.splice(0, GROUP_LIMIT));
    isWriting = false;
  }

  return (line) =>
    new Promise((resolve, reject) => {
      waiting.push({ line, resolve, reject });
      if (!isWriting) void work();
    });
}

async function findEnd(lines: Lines): Promise<End> {
  const [newest] = await lines.find().sort({ _id: -1 }).limit(1).toArray();
  return newest ? { seq: newest._id, hash: newest.hash } : START;
}

/** Stops at the first number that is taken; returns how many were inserted before it. */
async function insertInOrder(lines: Lines, documents: LineDocument[]): Promise<number> {
  try {
    return (await lines.insertMany(documents, { ordered: true })).insertedCount;
  } catch (cause) {
    if (isDuplicate(cause) && cause instanceof mongo.MongoBulkWriteError) return cause.insertedCount;
    throw cause;
  }
}

/** The lines stand whether or not this succeeds: what it leaves, the next one does. */
async function unmarkBefore(lines: Lines, seq: number): Promise<void> {
  await lines
    .updateMany({ _id: { $lt: seq }, end: { $exists: true } }, { $unset: { end: '' } })
    .catch(() => {});
}

/** The line as the port gives it. */
export function readLine({ _id: seq, end, details, ...line }: LineDocument): AuditEntry {
  return { seq, ...line, details: JSON.parse(details) };
}
