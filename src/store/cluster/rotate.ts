/** A new master key, in MongoDB: what the other one wrapped is wrapped anew, beside processes at work. */
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import type { Envelope } from '../envelope.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { KEYS, META } from './schema-meta.ts';

/** One command of this many: FerretDB 1.24 hangs on a hundred updates at once. */
const PAGE = 25;

/**
 * Implements `Store.rewrapKeys`. The index key comes last: while it opens under the other master key only, the store
 * asks for both, so that nobody takes the other one away before all is done.
 */
export function createRewrapper(connection: Connection, envelope: Envelope): () => Promise<number> {
  const keys = collectionOf(connection, KEYS);
  const meta = collectionOf(connection, META);
  const { masterId } = envelope;

  async function findPage(after: string) {
    const others = { _id: { $gt: after }, masterId: { $ne: masterId } };
    return reach(() => keys.find(others).sort({ _id: 1 }).limit(PAGE).toArray());
  }

  /** By what was read: a key that was destroyed or made anew meanwhile is left alone. */
  async function rewrapPage(page: Awaited<ReturnType<typeof findPage>>): Promise<number> {
    const updates = page.map(({ _id, wrapped }) => ({
      updateOne: {
        filter: { _id, wrapped },
        update: { $set: { masterId, wrapped: envelope.rewrap(_id, wrapped) } },
      },
    }));
    const { modifiedCount } = await reach(() => keys.bulkWrite(updates, { ordered: false }));
    return modifiedCount;
  }

  async function assertNoneLeft(): Promise<void> {
    if ((await reach(() => keys.findOne({ masterId: { $ne: masterId } }))) === null) return;
    throw new AppError('STORE_CONFLICT', {
      detail:
        'a process wraps by the other master key still: restart every process with the new one, and run it again',
    });
  }

  async function rewrapIndexKey(): Promise<void> {
    const stored = await reach(() => meta.findOne({ _id: 'index-key' }));
    if (!stored?.value) return;
    const value = envelope.rewrapIndexKey(stored.value);
    await reach(() => meta.updateOne({ _id: 'index-key' }, { $set: { value } }));
  }

  return async () => {
    let count = 0;
    let last = '';
    for (;;) {
      const page = await findPage(last);
      if (page.length === 0) break;
      count += await rewrapPage(page);
      last = page.at(-1)?._id ?? last;
    }
    await assertNoneLeft();
    await rewrapIndexKey();
    return count;
  };
}
