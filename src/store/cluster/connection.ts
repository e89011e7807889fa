/** The connection to MongoDB, and what its faults mean. */
import mongoose, { type Connection } from 'mongoose';
import { AppError } from '../../errors.ts';

const SELECTION_MS = 5_000;

/**
 * Connects to the server (a standalone, a replica set, or a sharded cluster's router) that `url` names.
 *
 * A write is acknowledged when a majority has it in its journal, and read from the primary: what was promised outlives
 * any one machine. On a replica set reads see only what a majority has, too: "this message was taken before" must
 * never be said of a write that a failover can still undo.
 * Nothing is buffered: a call without a connection fails instead of waiting in memory.
 * Throws AppError STORE_UNAVAILABLE when no server answers. `monitorCommands`: who counts round trips can listen.
 */
export function connect(url: string, options: { monitorCommands?: boolean } = {}): Promise<Connection> {
  return reach(async () => {
    const isReplicated = await probe(url);
    const connection = mongoose.createConnection(url, {
      serverSelectionTimeoutMS: SELECTION_MS,
      connectTimeoutMS: SELECTION_MS,
      // A server that hangs is told from a slow one after this long; what was sent may have been done.
      socketTimeoutMS: 15_000,
      waitQueueTimeoutMS: 10_000,
      writeConcern: { w: 'majority', journal: true },
      readPreference: 'primary',
      ...(isReplicated ? { readConcern: { level: 'majority' as const } } : {}),
      // Bytes come as Buffers, as everywhere else.
      promoteBuffers: true,
      bufferCommands: false,
      autoCreate: false,
      autoIndex: false,
      appName: 'loket',
      ...options,
    });
    // Without a listener a fault in the background would end the process; every call reports its own.
    connection.on('error', () => {});
    try {
      return await connection.asPromise();
    } catch (cause) {
      await connection.close().catch(() => {});
      throw cause;
    }
  });
}

/**
 * Runs database work; its faults become AppError STORE_UNAVAILABLE. Refusals of a unique index pass as they are
 * (see `isDuplicate`), and so does whatever did not come from the database.
 */
export async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isDuplicate(cause) || !isOfDatabase(cause)) throw cause;
    throw new AppError('STORE_UNAVAILABLE', { detail: 'the database could not do it', cause });
  }
}

/** Whether an insert was refused because a unique index holds its key already. */
export function isDuplicate(cause: unknown): boolean {
  return cause instanceof mongoose.mongo.MongoServerError && cause.code === 11_000;
}

/** mongoose throws plain MongooseErrors where there is no connection; its validation faults are bugs of ours. */
function isOfDatabase(cause: unknown): boolean {
  if (cause instanceof mongoose.Error.ValidationError || cause instanceof mongoose.Error.CastError)
    return false;
  return cause instanceof mongoose.mongo.MongoError || cause instanceof mongoose.Error || isOfSocket(cause);
}

/** The driver lets some faults of its sockets through as they are, when a server goes away at the wrong moment. */
function isOfSocket(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && SOCKET_FAULTS.has(String(cause.code));
}

const SOCKET_FAULTS: ReadonlySet<string> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_DESTROYED',
]);

/** Whether the server is a member of a replica set or the router of a sharded cluster. */
async function probe(url: string): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(url, {
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    maxPoolSize: 1,
  });
  try {
    const { setName, msg } = await client.db().command({ hello: 1 });
    return setName !== undefined || msg === 'isdbgrid';
  } finally {
    await client.close();
  }
}
