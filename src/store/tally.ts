/** Counts records and makes a digest of them: equal for any two stores that hold the same, whatever they are. */
import { createHash, hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { StoreRecord } from './records.ts';

/** What a copy or a store holds. */
export interface Tally {
  conversations: number;
  applications: number;
  files: number;
  records: number;
  /** SHA-256, hex, over the SHA-256 of every record in its canonical form, those in order of their bytes. */
  digest: string;
}

export interface Tallier {
  /** The same records, counted on their way. */
  watch(records: AsyncIterable<StoreRecord>): AsyncGenerator<StoreRecord>;
  /** What has passed by so far; call it once. */
  end(): Tally;
}

/** `progress` is told every 1000 records how many there were. */
export function createTallier(progress: (records: number) => void = () => {}): Tallier {
  // A database without a name lives in memory and, when it grows, in a file that is gone with it: for sorting.
  const db = new DatabaseSync('');
  db.exec('PRAGMA journal_mode = OFF; CREATE TABLE hashes (hash BLOB NOT NULL); BEGIN');
  const insert = db.prepare('INSERT INTO hashes (hash) VALUES (?)');
  const counts = new Map<StoreRecord['kind'], number>();
  let all = 0;

  function count(record: StoreRecord): void {
    counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
    insert.run(hash('sha256', canonical(record), 'buffer'));
    if (++all % 1000 === 0) progress(all);
  }

  return {
    async *watch(records) {
      for await (const record of records) {
        count(record);
        yield record;
      }
    },
    end() {
      const digest = createHash('sha256');
      const sorted = db.prepare('SELECT hash FROM hashes ORDER BY hash').iterate();
      for (const row of sorted as Iterable<{ hash: Uint8Array }>) digest.update(row.hash);
      db.close();
      progress(all);
      const of = (kind: StoreRecord['kind']) => counts.get(kind) ?? 0;
      return {
        ...{ conversations: of('conversation'), applications: of('application'), files: of('file') },
        ...{ records: all, digest: digest.digest('hex') },
      };
    },
  };
}

/** Counts all records. */
export async function tallyOf(
  records: AsyncIterable<StoreRecord>,
  progress?: (records: number) => void,
): Promise<Tally> {
  const tallier = createTallier(progress);
  for await (const _ of tallier.watch(records));
  return tallier.end();
}

/** JSON with sorted names, without absent fields; bytes as their hash, because a file may be large. */
function canonical(value: unknown): string {
  if (value instanceof Uint8Array) return `#${hash('sha256', value)}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  const named = parts.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${named.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join()}}`;
}
