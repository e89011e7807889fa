/** One server of a kind for all test files of a run: started by the first that asks, stopped at the end of the run. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MongoKind } from './mongodb-programs.ts';
import { startMongo } from './mongodb-server.ts';

/** What a server left in the folder of its run. `url` is absent when it could not be started. */
interface Note {
  url?: string;
  pid?: number | undefined;
  dir?: string | undefined;
}

/** Names the folder where the files of a run say what they have started; its processes inherit it. */
const PLACE = 'LOKET_TEST_SERVERS';

/** For vitest's `globalSetup`: starts nothing yet, and gives the end of it all. */
export function setup(): () => void {
  const place = mkdtempSync(join(tmpdir(), 'loket-servers-'));
  process.env[PLACE] = place;
  return () => {
    const notes = readdirSync(place).filter((name) => name.endsWith('.json'));
    for (const name of notes) end(readNote(join(place, name)));
    rmSync(place, { recursive: true, force: true });
  };
}

/** The address of the run's server of that kind; `undefined` when it cannot be had. */
export async function sharedMongo(kind: MongoKind): Promise<string | undefined> {
  const place = process.env[PLACE];
  if (!place) throw new Error('only inside a run of the tests: see globalSetup in vitest.config.ts');
  const note = join(place, `${kind}.json`);
  if (isFirst(join(place, `${kind}.asked`))) return (await startNoted(kind, note)).url;
  for (;;) {
    const found = readNote(note);
    if (found) return found.url;
    await pause(50);
  }
}

async function startNoted(kind: MongoKind, path: string): Promise<Note> {
  const note: Note = await startMongo({ kind, isDetached: true }).catch((cause: unknown) => {
    process.stderr.write(`${kind} does not start: ${cause instanceof Error ? cause.message : cause}\n`);
    return {};
  });
  const { url, pid, dir } = note;
  writeFileSync(`${path}.half`, JSON.stringify({ url, pid, dir }));
  renameSync(`${path}.half`, path);
  return note;
}

function isFirst(path: string): boolean {
  try {
    writeFileSync(path, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function readNote(path: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Note;
  } catch {
    return undefined;
  }
}

function end({ pid, dir }: Note = {}): void {
  try {
    if (pid) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  if (dir) rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
