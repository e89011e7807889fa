/** Erasing a person. */
import type { DatabaseSync } from 'node:sqlite';
import { markPrefix } from './conversations.ts';
import { allRows } from './database.ts';
import { removeFile } from './files.ts';
import { idRange } from './ids.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

/**
 * Destroys an owner's key, so that nothing sealed for them opens again, here or in a copy of the files, and removes
 * their conversation, transcript, due work, links and files. Of their applications the skeleton stays (number,
 * service, state, times), without answers and PIN; so do papers issued, which carry no personal data.
 * The same person may write again: that is a new conversation, with a new key.
 */
export function createEraser(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
  dataDir: string;
}): (owner: string) => Promise<void> {
  const { db, writer, keyring, dataDir } = deps;
  const files = db.prepare('SELECT id FROM files WHERE owner = ?');
  const removals = [
    'DELETE FROM conversations WHERE id = ?',
    'DELETE FROM timers WHERE conversation = ?',
    'DELETE FROM links WHERE conversation = ?',
    'DELETE FROM files WHERE owner = ?',
    "UPDATE applications SET body = x'' WHERE conversation = ?",
  ].map((sql) => db.prepare(sql));
  const rangeRemovals = ['entries', 'effects'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE id > ? AND id < ?`),
  );
  const removeMarks = db.prepare('DELETE FROM inbound WHERE mark > ? AND mark < ?');

  return async (owner) => {
    const erased = await writer.write(() => {
      const ids = allRows<{ id: string }>(files, owner).map(({ id }) => id);
      keyring.destroy(owner);
      for (const removal of removals) removal.run(owner);
      for (const removal of rangeRemovals) removal.run(...idRange(owner));
      const prefix = markPrefix(owner);
      removeMarks.run(prefix, Buffer.concat([prefix, Buffer.alloc(11, 0xff)]));
      return ids;
    });
    for (const id of erased) await removeFile(dataDir, id);
    // The log of recent writes may still hold the key's page: fold it in and empty it.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
}
