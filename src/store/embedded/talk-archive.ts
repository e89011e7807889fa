/** What was said long ago, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { TalkArchive } from '../../retention/ports.ts';
import type { Heads } from './heads.ts';
import type { Writer } from './writer.ts';

/** Implements the port. A conversation is looked at along the index of its steps, without what they say. */
export function createTalkArchive(deps: { db: DatabaseSync; writer: Writer; heads: Heads }): TalkArchive {
  const { db, writer, heads } = deps;
  const steps = 'SELECT 1 FROM steps s INDEXED BY steps_of WHERE s.conversation = c.n';
  const listOld = db.prepare(
    `SELECT c.id FROM conversations c WHERE c.id > :after
     AND (EXISTS (${steps} AND s.committed_at < :before AND s.lines IS NOT NULL)
       OR NOT EXISTS (${steps} AND s.committed_at >= :before))
     ORDER BY c.id LIMIT :limit`,
  );
  const forget = db.prepare(
    `UPDATE steps SET lines = NULL WHERE conversation = ? AND version < ? AND lines IS NOT NULL
     AND pending IS NULL AND buried IS NULL`,
  );
  return {
    listOld: async ({ before, after = '', limit }) =>
      listOld.all({ before, after, limit }).map(({ id }) => String(id)),
    forget: (conversation, belowVersion) =>
      writer.write(() => {
        const head = heads.find(conversation);
        return head ? Number(forget.run(head.n, belowVersion).changes) : 0;
      }),
  };
}
