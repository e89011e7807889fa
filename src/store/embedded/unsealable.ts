/** Finishes in a copy what was not finished in the store while it was read. */
import type { DatabaseSync } from 'node:sqlite';

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
  `UPDATE applications SET body = x'', marks = '[]', untold = 0 WHERE body <> x'' AND conversation ${ERASED}`,
  "DELETE FROM application_marks WHERE seq IN (SELECT seq FROM applications WHERE marks = '[]')",
  // A place that was taken for an application which came after the applications had been read.
  'DELETE FROM bookings WHERE application NOT IN (SELECT number FROM applications)',
];

/** Removes from a copy what nobody could open or would ever look for; whether there was anything. */
export function removeUnsealable(db: DatabaseSync): boolean {
  db.exec('BEGIN');
  const changes = SWEEPS.map((sql) => Number(db.prepare(sql).run().changes));
  db.exec('COMMIT');
  return changes.some((count) => count > 0);
}
