/** Erasing a person. */
import type { DatabaseSync } from 'node:sqlite';
import { allRows } from './database.ts';
import { removeFile } from './files.ts';
import type { Heads } from './heads.ts';
import type { Keyring } from './keyring.ts';
import type { Steps } from './steps.ts';
import type { Writer } from './writer.ts';

/**
 * Destroys an owner's key, so that nothing sealed for them opens again, here or in a copy of the files, and removes
 * their conversation, transcript, due work, links and files. Of their applications the skeleton stays (number,
 * service, state, times, who checked it), and nothing finds it; so do papers issued, which carry no personal data.
 * The same person may write again: that is a new conversation, with a new key.
 */
export function createEraser(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
  heads: Heads;
  steps: Steps;
  dataDir: string;
}): (owner: string) => Promise<void> {
  const { db, writer, keyring, heads, steps, dataDir } = deps;
  const files = db.prepare('SELECT id FROM files WHERE owner = ?');
  const removals = [
    'DELETE FROM links WHERE conversation = ?',
    'DELETE FROM files WHERE owner = ?',
    `DELETE FROM application_marks WHERE (mark, seq) IN
      (SELECT value, seq FROM applications, json_each(marks) WHERE conversation = ?)`,
    // As one more version, so that a change that is under way meanwhile cannot bring it back.
    `UPDATE applications SET version = version + 1, body = x'', marks = '[]', untold = 0
      WHERE conversation = ? AND body <> x''`,
  ].map((sql) => db.prepare(sql));

  return async (owner) => {
    const erased = await writer.write(() => {
      const ids = allRows<{ id: string }>(files, owner).map(({ id }) => id);
      keyring.destroy(owner);
      for (const removal of removals) removal.run(owner);
      const head = heads.find(owner);
      if (head) steps.removeAll(head.n);
      heads.remove(owner);
      return ids;
    });
    for (const id of erased) await removeFile(dataDir, id);
    // The log of recent writes may still hold the key's page: fold it in and empty it.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
}
