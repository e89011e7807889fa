/** Finishes in a copy what was not finished in the store while it was read. */
import type { DatabaseSync } from 'node:sqlite';
import { openBody } from './applications.ts';
import { allRows } from './database.ts';
import type { Keyring } from './keyring.ts';

/** Whoever has no key was erased; of their applications the skeleton stays. */
const ERASED = 'NOT IN (SELECT owner FROM keys)';

const SWEEPS = [
  `DELETE FROM sent WHERE step IN
    (SELECT k FROM steps WHERE conversation IN (SELECT n FROM conversations WHERE id ${ERASED}))`,
  `DELETE FROM steps WHERE conversation IN (SELECT n FROM conversations WHERE id ${ERASED})`,
  `DELETE FROM conversations WHERE id ${ERASED}`,
  `DELETE FROM links WHERE conversation ${ERASED}`,
  `DELETE FROM backup_files WHERE id IN (SELECT id FROM files WHERE owner ${ERASED})`,
  `DELETE FROM files WHERE owner ${ERASED}`,
  "DELETE FROM application_marks WHERE seq IN (SELECT seq FROM applications WHERE marks = '[]')",
  // A place that was taken for an application which came after the applications had been read.
  'DELETE FROM bookings WHERE application NOT IN (SELECT number FROM applications)',
];

/** Removes from a copy what nobody could open or would ever look for; whether there was anything. */
export function removeUnsealable(db: DatabaseSync, keyring: Keyring): boolean {
  db.exec('BEGIN');
  const blanked = blankUnsealable(db, keyring);
  const changes = SWEEPS.map((sql) => Number(db.prepare(sql).run().changes));
  db.exec('COMMIT');
  return blanked > 0 || changes.some((count) => count > 0);
}

/** Of those whose case has no key the body may be under the conversation's still: only opening tells. */
function blankUnsealable(db: DatabaseSync, keyring: Keyring): number {
  const suspects = allRows<Parameters<typeof openBody>[1]>(
    db.prepare(
      `SELECT number, filed_by AS filedBy, conversation, body FROM applications WHERE body <> x'' AND filed_by ${ERASED}`,
    ),
  );
  const gone = suspects.filter((suspect) => !canOpen(keyring, suspect));
  const blank = db.prepare("UPDATE applications SET body = x'', marks = '[]', untold = 0 WHERE number = ?");
  for (const { number } of gone) blank.run(number);
  return gone.length;
}

function canOpen(keyring: Keyring, suspect: Parameters<typeof openBody>[1]): boolean {
  try {
    openBody(keyring, suspect);
    return true;
  } catch {
    return false;
  }
}
