/** Erasing a person, or one case. */
import type { DatabaseSync } from 'node:sqlite';
import { casesBetween, isOfConversation, ownersOf } from '../application-body.ts';
import type { Store } from '../types.ts';
import { allRows, getRow } from './database.ts';
import { removeFile } from './files.ts';
import type { Heads } from './heads.ts';
import type { Keyring } from './keyring.ts';
import type { Steps } from './steps.ts';
import type { Writer } from './writer.ts';

interface EraseDeps {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
  heads: Heads;
  steps: Steps;
  dataDir: string;
}

/**
 * Destroys an owner's key and those of their cases, so that nothing sealed for them opens again, here or in a copy of the files, and removes
 * their conversation, transcript, due work, links and files. Of their applications the skeleton stays (number,
 * service, state, times, who checked it), and nothing finds it; so do papers issued and numbers of the queue, which
 * carry no personal data.
 * The same person may write again: that is a new conversation, with a new key.
 */
export function createEraser(deps: EraseDeps): Store['eraseOwner'] {
  const { db, writer, keyring, heads, steps } = deps;
  const removals = [
    'DELETE FROM links WHERE conversation = ?',
    // The number was given, and stays; whose it was is told no more.
    'UPDATE tickets SET holder = id WHERE holder = ?',
    `DELETE FROM application_marks WHERE (mark, seq) IN
      (SELECT value, seq FROM applications, json_each(marks) WHERE conversation = ?)`,
    // As one more version, so that a change that is under way meanwhile cannot bring it back.
    `UPDATE applications SET version = version + 1, body = x'', marks = '[]', untold = 0
      WHERE conversation = ? AND body <> x''`,
  ].map((sql) => db.prepare(sql));

  const removeFiles = createFileRemoval(db);

  return async (owner) => {
    const erased = await writer.write(() => {
      keyring.destroy(owner);
      const ids = removeFiles(owner);
      for (const removal of removals) removal.run(owner);
      const head = heads.find(owner);
      if (head) steps.removeAll(head.n);
      heads.remove(owner);
      return ids;
    });
    await forgetOnDisk(deps, erased);
  };
}

/** Implements `Store.eraseCase`; one write decides, and takes all of it. */
export function createCaseEraser(deps: EraseDeps): Store['eraseCase'] {
  const { db, writer, keyring } = deps;
  const find = db.prepare(
    'SELECT seq, version, conversation, filed_by AS filedBy FROM applications WHERE number = ?',
  );
  const findOwner = db.prepare('SELECT owner FROM files WHERE id = ?');
  const removeFile = db.prepare('DELETE FROM files WHERE id = ?');
  const removeMarks = db.prepare('DELETE FROM application_marks WHERE seq = ?');
  const removeLinks = db.prepare('DELETE FROM links WHERE application = ?');
  const blank = db.prepare(
    `UPDATE applications SET version = version + 1, body = x'', marks = '[]', untold = 0 WHERE seq = ?`,
  );
  const removeFiles = createFileRemoval(db);

  function eraseNow({ number, version, files }: Parameters<Store['eraseCase']>[0]): string[] | undefined {
    const row = getRow<{ seq: number; version: number; conversation: string; filedBy: string }>(find, number);
    if (row?.version !== version) return undefined;
    const { conversation } = row;
    const owned = files.flatMap((id) => {
      const owner = getRow<{ owner: string }>(findOwner, id)?.owner ?? '';
      return owner === conversation || isOfConversation(owner, conversation) ? [{ id, owner }] : [];
    });
    const owners = new Set([ownersOf(row)[0], ...owned.map(({ owner }) => owner)]);
    owners.delete(conversation);
    for (const owner of owners) keyring.destroy(owner);
    const removed = [...owners].flatMap(removeFiles);
    for (const { id } of owned) removeFile.run(id);
    removeMarks.run(row.seq);
    removeLinks.run(number);
    blank.run(row.seq);
    return [...removed, ...owned.map(({ id }) => id)];
  }

  return async (asked) => {
    const erased = await writer.write(() => eraseNow(asked));
    if (erased) await forgetOnDisk(deps, erased);
    return erased ? 'erased' : 'conflict';
  };
}

/** Inside `Writer.write` only. Takes out what is known of the files of an owner and its cases, and gives their ids. */
function createFileRemoval(db: DatabaseSync): (owner: string) => string[] {
  const where = 'WHERE owner = ? OR (owner > ? AND owner < ?)';
  const find = db.prepare(`SELECT id FROM files ${where}`);
  const remove = db.prepare(`DELETE FROM files ${where}`);
  return (owner) => {
    const ids = allRows<{ id: string }>(find, owner, ...casesBetween(owner)).map(({ id }) => id);
    remove.run(owner, ...casesBetween(owner));
    return ids;
  };
}

async function forgetOnDisk({ db, dataDir }: EraseDeps, files: string[]): Promise<void> {
  for (const id of files) await removeFile(dataDir, id);
  // The log of recent writes may still hold the key's page: fold it in and empty it.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
