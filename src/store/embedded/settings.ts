/** What the office sets while it runs, in SQLite, sealed. */
import type { DatabaseSync } from 'node:sqlite';
import type { SettingStore } from '../../conversation/ports.ts';
import { OFFICE } from '../records.ts';
import { getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

/** Implements the port. */
export function createSettingStore(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
}): SettingStore {
  const { db, writer, keyring } = deps;
  const find = db.prepare('SELECT version, body FROM settings WHERE name = ?');
  const put = db.prepare(
    `INSERT INTO settings (name, version, body) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body`,
  );
  const stored = (name: string) => getRow<{ version: number; body: Uint8Array }>(find, name);

  return {
    read: async (name) => {
      const row = stored(name);
      if (!row) return undefined;
      const value = JSON.parse(keyring.open(OFFICE, 'setting', name, row.body).toString());
      return { version: row.version, value };
    },
    write: (name, version, value) =>
      writer.write(() => {
        if ((stored(name)?.version ?? 0) !== version - 1) return 'conflict';
        put.run(name, version, keyring.seal(OFFICE, 'setting', name, JSON.stringify(value)));
        return 'written';
      }),
  };
}
