/** Due work, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { Jobs } from '../../conversation/ports.ts';
import { allRows } from './database.ts';
import type { Entries } from './entries.ts';
import { conversationOf } from './ids.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

export interface JobsDeps {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
  entries: Entries;
}

interface EffectRow {
  id: string;
  type: string;
  tries: number;
  due_at: number;
  params: Uint8Array;
}

/** Implements the port; see there for the promises. */
export function createJobs({ db, writer, keyring, entries }: JobsDeps): Jobs {
  const pending = db.prepare('SELECT id, type, tries, due_at, params FROM effects ORDER BY seq');
  const done = db.prepare('DELETE FROM effects WHERE id = ?');
  const retry = db.prepare('UPDATE effects SET tries = ?, due_at = ? WHERE id = ?');
  const due = db.prepare(
    'SELECT conversation, id AS timer, due_at AS dueAt FROM timers WHERE due_at <= ? ORDER BY due_at LIMIT ?',
  );

  function read(row: EffectRow) {
    const { id, type, tries } = row;
    const conversation = conversationOf(id);
    const params = JSON.parse(keyring.open(conversation, 'effect', id, row.params).toString());
    return { conversation, effect: { id, type, params }, tries, dueAt: row.due_at };
  }

  return {
    pendingEffects: async () => allRows<EffectRow>(pending).map(read),
    effectDone: (effect, sent) =>
      writer.write(() => {
        done.run(effect);
        if (sent) entries.setStatus(sent);
      }),
    effectRetry: (effect, tries, dueAt) =>
      writer.write(() => {
        retry.run(tries, dueAt, effect);
      }),
    dueTimers: async (now, limit) =>
      allRows<{ conversation: string; timer: string; dueAt: number }>(due, now, limit).map((row) => ({
        ...row,
      })),
  };
}
