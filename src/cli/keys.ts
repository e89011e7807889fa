/** `loket keys rotate`: everything under MASTER_KEY that was under MASTER_KEY_ALSO. */
import type { Store } from '../store/open.ts';
import { type Io, print } from './io.ts';

/** Writes how many keys were wrapped anew, as JSON. Throws AppError as `Store.rewrapKeys`. */
export async function runKeysRotate(store: Pick<Store, 'rewrapKeys'>, io: Io): Promise<void> {
  const rewrapped = await store.rewrapKeys();
  print(io.output, JSON.stringify({ rewrapped }));
  print(io.errors, 'Everything opens with MASTER_KEY alone: MASTER_KEY_ALSO can go.');
}
