/** Puts the embedded store together: SQLite and files in one directory, one process. */
import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import { createEnvelope, type MasterKeys } from '../envelope.ts';
import { createHub } from '../hub.ts';
import type { StoreRecord } from '../records.ts';
import type { Store, StoreOptions } from '../types.ts';
import { createApplicationStore } from './applications.ts';
import { createAuditLog } from './audit.ts';
import { createBookingStore } from './bookings.ts';
import { createCheckpointer } from './checkpointer.ts';
import { createConversationStore } from './conversations.ts';
import { createCountStore } from './counts.ts';
import { openDatabase } from './database.ts';
import { createCaseEraser, createEraser } from './erase.ts';
import { createFileStore, readSealed, writeSealed } from './files.ts';
import { fillDatabase } from './fill.ts';
import { createHeads } from './heads.ts';
import { createIssuedStore } from './issued.ts';
import { createJobs } from './jobs.ts';
import { createSealer, openKeyring } from './keyring.ts';
import { createLinkStore } from './links.ts';
import { lockDataDir } from './lock.ts';
import { migrate } from './migrate.ts';
import { createOperatorStore } from './operators.ts';
import { readRecords } from './records.ts';
import { createRewrapper } from './rotate.ts';
import { createSettingStore } from './settings.ts';
import { createSteps } from './steps.ts';
import { createStockStore } from './stock.ts';
import { createTalkArchive } from './talk-archive.ts';
import { createQueueStore } from './tickets.ts';
import { createTranscripts } from './transcripts.ts';
import { createVisitStore } from './visits.ts';
import { createWriter } from './writer.ts';

/** See `openStore`. */
export function openEmbedded({ dataDir, masterKey, masterKeyAlso, isBeside = false }: StoreOptions): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = isBeside ? () => {} : lockDataDir(dataDir);
  try {
    return build({ dataDir, masterKeys: { masterKey, masterKeyAlso }, isBeside }, unlock);
  } catch (cause) {
    unlock();
    throw cause;
  }
}

function build(
  { dataDir, masterKeys, isBeside }: { dataDir: string; masterKeys: MasterKeys; isBeside: boolean },
  unlock: () => void,
): Store {
  const db = openDatabase(dataDir);
  migrate(db, masterKeys);
  const keyring = openKeyring(db, masterKeys);
  const checkpointer = createCheckpointer(db, dataDir);
  const heads = createHeads(db, keyring);
  const forget = () => {
    keyring.forget();
    heads.forget();
  };
  const writer = createWriter({ db, onRollback: forget, onGroup: checkpointer.noteGroup });
  const steps = createSteps(db, heads);
  const transcripts = createTranscripts({ keyring, heads, steps });
  const deps = { db, writer, keyring, heads, steps, transcripts, dataDir };
  const ping = db.prepare(
    "INSERT INTO meta (name, value) VALUES ('ping', x'') ON CONFLICT DO UPDATE SET value = x''",
  );
  return {
    conversations: createConversationStore(deps),
    jobs: createJobs(deps),
    hub: createHub(),
    applications: createApplicationStore(deps),
    bookings: createBookingStore(db, writer),
    visits: createVisitStore(db, writer),
    queue: createQueueStore(db, writer),
    stock: createStockStore(db, writer),
    files: createFileStore(deps),
    sealer: createSealer(keyring, writer),
    links: createLinkStore(db, writer),
    issued: createIssuedStore(db, writer),
    operators: createOperatorStore(deps),
    audit: createAuditLog(deps),
    counts: createCountStore(db, writer),
    settings: createSettingStore(deps),
    records: () => readAll(db, dataDir),
    fill: async (records) => {
      assertOpen(db);
      await fillAll(records, dataDir, masterKeys);
      keyring.reopen();
      heads.forget();
    },
    eraseOwner: isBeside ? refuseErasing : createEraser(deps),
    eraseCase: isBeside ? refuseErasing : createCaseEraser(deps),
    talks: createTalkArchive(deps),
    rewrapKeys: createRewrapper({ db, writer, envelope: createEnvelope(masterKeys) }),
    ping: () =>
      writer.write(() => {
        ping.run();
      }),
    close: async () => {
      if (!db.isOpen) return;
      writer.close();
      await checkpointer.close();
      db.close();
      unlock();
    },
  };
}

function assertOpen(db: DatabaseSync): void {
  if (!db.isOpen) throw new AppError('STORE_UNAVAILABLE', { detail: 'the store is closed' });
}

/** On a connection of its own, so that it sees one instant while the service goes on. */
async function* readAll(own: DatabaseSync, dataDir: string): AsyncGenerator<StoreRecord> {
  assertOpen(own);
  const db = openDatabase(dataDir);
  try {
    yield* readRecords(db, (id) => readSealed(dataDir, id));
  } finally {
    db.close();
  }
}

/** On a connection of its own, because nothing else may get into this transaction. */
async function fillAll(
  records: AsyncIterable<StoreRecord>,
  dataDir: string,
  masterKeys: MasterKeys,
): Promise<void> {
  const db = openDatabase(dataDir);
  try {
    const writeFile = (id: string, sealed: Uint8Array) => writeSealed(dataDir, id, sealed);
    await fillDatabase(records, { db, envelope: createEnvelope(masterKeys), writeFile });
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** The service keeps clear keys in memory and would go on sealing with one that is destroyed. */
async function refuseErasing(): Promise<never> {
  throw new AppError('TAKEN', {
    detail: 'erasing needs the data directory for itself: stop the service first',
  });
}
