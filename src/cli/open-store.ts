/** Lends the store to one command. */
import { readConfig } from '../config.ts';
import { loadMasterKey } from '../master-key.ts';
import { openStore, type Store } from '../store/open.ts';

/**
 * Opens the store of the environment and closes it however `work` ends; `isBeside`: while a service may be running.
 * Throws AppError as `readConfig` and `openStore` do.
 */
export async function withStore<T>(work: (store: Store) => Promise<T>, isBeside = true): Promise<T> {
  const config = readConfig(process.env);
  const { dataDir, masterKeyAlso } = config;
  // A short command has no news to tell: Redis may be away.
  const where = config.store.kind === 'cluster' ? { ...config.store, redisUrl: undefined } : config.store;
  const store = await openStore({
    where,
    dataDir,
    masterKey: loadMasterKey(config),
    masterKeyAlso,
    isBeside,
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
