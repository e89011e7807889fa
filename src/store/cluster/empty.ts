/** Makes a database as if it were new. */
import { collectionOf } from './collections.ts';
import { connect, reach } from './connection.ts';
import { COLLECTIONS } from './schema.ts';

/** Removes every document; collections, indexes and what shards them stay. Throws AppError STORE_UNAVAILABLE. */
export async function emptyCluster(mongodbUrl: string): Promise<void> {
  const connection = await connect(mongodbUrl);
  try {
    for (const spec of COLLECTIONS) await reach(() => collectionOf(connection, spec as never).deleteMany({}));
  } finally {
    await connection.close();
  }
}
