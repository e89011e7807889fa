/** Lends the store to one command. */
import { readConfig } from '../config.ts';
import { loadMasterKey } from '../master-key.ts';
import { openStore, type Store } from '../store/open.ts';

/**
 * Opens the store of the environment beside a service that may be running, and closes it however `work` ends.
 * Throws AppError as `readConfig` and `openStore` do.
 */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const { dataDir } = config;
  const store = await openStore({ dataDir, masterKey: loadMasterKey(config), isBeside: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
