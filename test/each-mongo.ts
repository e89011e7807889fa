/** Suites that run on every server of MongoDB's protocol that is found. */
import { afterAll, describe, test } from 'vitest';
import { openStore, type Store } from '../src/store/open.ts';
import { type MongoKind, mongoKinds } from './mongodb-programs.ts';
import { dropDatabases, emptyDatabase, freshUrl } from './mongodb-server.ts';
import { sharedMongo } from './mongodb-shared.ts';

const MASTER_KEY = Buffer.alloc(32, 7);

export interface TestMongo {
  kind: MongoKind;
  /** A database of its own, dropped when the suite ends. */
  freshUrl(): string;
  /** A cluster store; without `url` on an empty database that nobody else uses. Close it. */
  open(url?: string): Promise<Store>;
}

/**
 * `describe`, once for each kind of server that can be had; it starts here, before the suite is collected, so await it.
 * With none the suite is skipped, loudly; with `REQUIRE_SERVICES=1` it fails.
 */
export async function describeEachMongo(title: string, body: (mongo: TestMongo) => void): Promise<void> {
  let count = 0;
  for (const kind of mongoKinds()) {
    const server = await sharedMongo(kind);
    if (!server) continue;
    count++;
    describe(`${title} (${kind})`, () => body(createTestMongo(kind, server)));
  }
  if (count === 0) refuse(title);
}

function createTestMongo(kind: MongoKind, server: string): TestMongo {
  const made: string[] = [];
  const free: string[] = [];
  const fresh = () => {
    const url = freshUrl(server);
    made.push(url);
    return url;
  };
  // The servers that the run has started go with all they hold.
  if (kind === 'given') afterAll(() => dropDatabases(made));
  return { kind, freshUrl: fresh, open: (url) => (url ? openCluster(url) : openEmptied(free, fresh)) };
}

/** A database that a test is done with serves the next one, emptied: making all collections takes far longer. */
async function openEmptied(free: string[], fresh: () => string): Promise<Store> {
  const used = free.pop();
  if (used) await emptyDatabase(used);
  const url = used ?? fresh();
  const store = await openCluster(url);
  const close = async () => {
    await store.close();
    free.push(url);
  };
  return { ...store, close };
}

function openCluster(mongodbUrl: string): Promise<Store> {
  return openStore({
    where: { kind: 'cluster', mongodbUrl, redisUrl: undefined },
    // Never used: all is in the database.
    dataDir: '/nonexistent',
    masterKey: MASTER_KEY,
  });
}

function refuse(title: string): void {
  const why = 'no server of MongoDB found';
  if (process.env.REQUIRE_SERVICES === '1') {
    test(title, () => {
      throw new Error(`${why}, and REQUIRE_SERVICES=1`);
    });
    return;
  }
  process.stderr.write(`SKIPPED: "${title}", because ${why}\n`);
  describe.skipIf(true)(`${title} (skipped: ${why})`, () => test('needs MongoDB', () => {}));
}
