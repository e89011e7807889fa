/** Puts the cluster store together: MongoDB, any number of processes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import { createEnvelope } from '../envelope.ts';
import { createHub } from '../hub.ts';
import type { Store, StoreOptions } from '../types.ts';
import { createApplicationStore } from './applications.ts';
import { openAuditLog } from './audit.ts';
import { createBookingStore } from './bookings.ts';
import { collectionOf } from './collections.ts';
import { connect, reach } from './connection.ts';
import { createCountStore } from './counts.ts';
import { createCaseEraser, createEraser } from './erase.ts';
import { createFileStore } from './files.ts';
import { createIssuedStore } from './issued.ts';
import { createClusterSealer, openClusterKeyring } from './keyring.ts';
import { createLinkStore } from './links.ts';
import { createOperatorStore } from './operators.ts';
import { fillDatabase, readRecords } from './records.ts';
import { createRewrapper } from './rotate.ts';
import { ensureSchema } from './schema.ts';
import { META } from './schema-meta.ts';
import { createSettingStore } from './settings.ts';
import { createSteps } from './steps.ts';
import { createStockStore } from './stock.ts';
import { createQueueStore } from './tickets.ts';
import { createVisitStore } from './visits.ts';

const SCHEMA_TRIES = 8;
const SCHEMA_PAUSE_MS = 500;

/** See `openStore`. Live news stay inside this process: who has Redis hands them on (../open.ts). */
export async function openCluster(
  options: StoreOptions & { where: { kind: 'cluster'; mongodbUrl: string } },
): Promise<Store> {
  const connection = await connect(options.where.mongodbUrl);
  try {
    await ensureSchemaWithOthers(connection);
    return await build(connection, options);
  } catch (cause) {
    await connection.close();
    throw cause;
  }
}

/** Processes that start together make the same collections; FerretDB cuts the connections of some over it. */
async function ensureSchemaWithOthers(connection: Connection): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await ensureSchema(connection);
    } catch (error) {
      if (!(error instanceof AppError && error.retry) || tries === SCHEMA_TRIES) throw error;
      await pause((0.5 + Math.random()) * SCHEMA_PAUSE_MS);
    }
  }
}

async function build(connection: Connection, masterKeys: StoreOptions): Promise<Store> {
  const envelope = createEnvelope(masterKeys);
  const keyring = await openClusterKeyring(connection, masterKeys);
  const { conversations, jobs, buryConversation, talks } = createSteps(connection, keyring);
  return {
    conversations,
    jobs,
    talks,
    hub: createHub(),
    applications: createApplicationStore(connection, keyring),
    bookings: createBookingStore(connection),
    visits: createVisitStore(connection),
    queue: createQueueStore(connection),
    stock: createStockStore(connection),
    files: createFileStore(connection, keyring),
    sealer: createClusterSealer(keyring),
    links: createLinkStore(connection),
    issued: createIssuedStore(connection),
    operators: createOperatorStore(connection, keyring),
    audit: await openAuditLog(connection, keyring),
    counts: createCountStore(connection),
    settings: createSettingStore(connection, keyring),
    records: () => readRecords(connection),
    fill: (records) => fillDatabase(connection, envelope, records),
    eraseOwner: createEraser({ connection, keyring, buryConversation }),
    eraseCase: createCaseEraser({ connection, keyring }),
    rewrapKeys: createRewrapper(connection, envelope),
    ping: async () => {
      const meta = collectionOf(connection, META);
      await reach(() => meta.updateOne({ _id: 'ping' }, { $set: { at: Date.now() } }, { upsert: true }));
    },
    close: () => connection.close(),
  };
}
