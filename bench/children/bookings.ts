/** Places reserved in the embedded store, or the floor of it: one durable insert each, in groups as they come. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/open.ts';
import { type Child, temporaryDir } from '../child.ts';
import { keepGoing } from './talker.ts';

type Reserve = (n: number) => Promise<void>;

const IN_FLIGHT = 64;
const CAPACITY = 20;

/** Answers `run` {seconds} with the places reserved, each by another application; most slots fill up. */
export async function start({ side }: { side: 'store' | 'floor' }): Promise<Child> {
  const dir = temporaryDir();
  const { reserve, close } = side === 'store' ? await openBookings(dir.path) : openFloor(dir.path);
  let next = 0;
  return {
    url: '',
    ask: async (_question, details) => {
      const { seconds } = details as { seconds: number };
      const [before, startMs, first] = [process.cpuUsage(), performance.now(), next];
      const endMs = startMs + seconds * 1000;
      await keepGoing(
        IN_FLIGHT,
        () => performance.now() < endMs,
        () => reserve(next++),
      );
      const { user, system } = process.cpuUsage(before);
      const count = next - first;
      return { rate: (count * 1000) / (performance.now() - startMs), cpuUs: (user + system) / count };
    },
    stop: async () => {
      await close();
      dir.remove();
    },
  };
}

async function openBookings(dataDir: string): Promise<{ reserve: Reserve; close(): Promise<void> }> {
  const { bookings, close } = await openStore({ dataDir, masterKey: Buffer.alloc(32, 7) });
  const reserve: Reserve = async (n) => {
    const startAt = Math.floor(n / CAPACITY);
    await bookings.reserve({
      ...{ application: `KL-${n}`, service: 'kia', capacity: CAPACITY, now: 0 },
      slot: { point: 'kantor', activity: 'pickup', startAt, endAt: startAt + 1 },
    });
  };
  return { reserve, close };
}

function openFloor(dir: string): { reserve: Reserve; close(): Promise<void> } {
  const db = new DatabaseSync(join(dir, 'floor.db'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE places (application TEXT PRIMARY KEY, start_at INTEGER NOT NULL) WITHOUT ROWID`);
  const insert = db.prepare('INSERT INTO places (application, start_at) VALUES (?, ?)');
  let group: { n: number; resolve: () => void }[] = [];
  function flush(): void {
    const members = group;
    group = [];
    db.exec('BEGIN IMMEDIATE');
    for (const { n } of members) insert.run(`KL-${n}`, Math.floor(n / CAPACITY));
    db.exec('COMMIT');
    for (const { resolve } of members) resolve();
  }
  const reserve: Reserve = (n) =>
    new Promise((resolve) => {
      if (group.length === 0) setImmediate(flush);
      group.push({ n, resolve });
    });
  return { reserve, close: async () => db.close() };
}
