/** Opens durable state: the one door to the implementations of the ports. */
import { openEmbedded } from './embedded/open.ts';
import type { Store, StoreOptions } from './types.ts';

export type { Store, StoreOptions } from './types.ts';

/**
 * Opens the store that `options.where` names; embedded: the one of a data directory.
 * Throws AppError TAKEN (another process has it), KEY_WRONG (sealed under another master key), STORE_SCHEMA_NEWER,
 * or STORE_UNAVAILABLE.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { where = { kind: 'embedded' } } = options;
  if (where.kind === 'embedded') return openEmbedded(options);
  // MongoDB's driver is large: an office without it does not load it.
  const { openCluster } = await import('./cluster/open.ts');
  const store = await openCluster({ ...options, where });
  return where.redisUrl === undefined || options.isBeside ? store : share(store, where.redisUrl, options);
}

/** What processes share, over the store that they share. */
async function share(store: Store, redisUrl: string, { log }: StoreOptions): Promise<Store> {
  const { openShared } = await import('./redis/open.ts');
  const { hub, close, ...shared } = await openShared({ redisUrl, localHub: store.hub, log });
  return {
    ...store,
    hub,
    shared,
    async close() {
      await close();
      await store.close();
    },
  };
}
