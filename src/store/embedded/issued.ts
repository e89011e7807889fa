/** Papers of ours that anyone may verify, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { IssuedDocument, IssuedStore } from '../../documents/ports.ts';
import { getRow } from './database.ts';
import type { Writer } from './writer.ts';

type Row = Omit<IssuedDocument, 'supersededBy'> & { supersededBy: string | null };

/** Implements the port; see there for the promises. */
export function createIssuedStore(db: DatabaseSync, writer: Writer): IssuedStore {
  const insert = db.prepare(
    `INSERT INTO issued (code, kind, application, issued_at, sha256, superseded_by) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const supersede = db.prepare(
    `UPDATE issued SET superseded_by = ?1
     WHERE application = ?2 AND kind = ?3 AND code <> ?1 AND superseded_by IS NULL`,
  );
  const find = db.prepare(
    `SELECT code, kind, application, issued_at AS issuedAt, sha256, superseded_by AS supersededBy
     FROM issued WHERE code = ?`,
  );
  const findCurrent = db.prepare(
    `SELECT code, kind, application, issued_at AS issuedAt, sha256
     FROM issued WHERE application = ? AND kind = ? AND superseded_by IS NULL LIMIT 1`,
  );

  return {
    issue: (document) =>
      writer.write(() => {
        const { code, kind, application, issuedAt, sha256, supersededBy } = document;
        const isNew =
          insert.run(code, kind, application, issuedAt, sha256, supersededBy ?? null).changes === 1;
        if (isNew) supersede.run(code, application, kind);
      }),
    find: async (code) => {
      const row = getRow<Row>(find, code);
      if (!row) return undefined;
      const { supersededBy, ...document } = row;
      return supersededBy === null ? document : { ...document, supersededBy };
    },
    findCurrent: async (kind, application) => getRow<IssuedDocument>(findCurrent, application, kind),
  };
}
