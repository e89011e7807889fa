/** From schema 1, a row for each line, effect, mark and timer, to schema 2, a row for each step. */
import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryStatus, Entry, Timer } from '../../conversation/types.ts';
import type { StepLines } from '../records.ts';
import { allRows } from './database.ts';
import { packTimers, soonestOf } from './heads.ts';
import type { Keyring } from './keyring.ts';
import { type Marks, type Pending, packLeft, packMarks } from './step-marks.ts';
import { sentMark } from './steps.ts';

interface EntryRow {
  id: string;
  direction: Entry['direction'];
  status: DeliveryStatus;
  at: number;
  provider_id: string | null;
  body: Uint8Array;
}

interface EffectRow {
  id: string;
  type: string;
  tries: number;
  due_at: number;
  params: Uint8Array;
}

interface OldStep {
  marks: Marks;
  pending: Pending;
  lines: StepLines;
  inbound?: Uint8Array;
}

/**
 * Moves the data and drops the old tables. Conversations stay sealed as they are; the lines of a step are opened and
 * sealed as one. Which inbound message a step took was not kept, so that the marks go to the steps in any order.
 */
export function moveToSteps(db: DatabaseSync, openKeys: () => Keyring): void {
  const conversations = allRows<{ n: number; id: string; version: number }>(
    db.prepare('SELECT n, id, version FROM conversations ORDER BY n'),
  );
  if (conversations.length > 0) {
    const move = createMover(db, openKeys());
    for (const conversation of conversations) move(conversation);
  }
  db.exec('DROP TABLE entries; DROP TABLE effects; DROP TABLE inbound; DROP TABLE timers');
}

function createMover(db: DatabaseSync, keyring: Keyring) {
  const findTimers = db.prepare('SELECT id, due_at AS dueAt FROM timers WHERE conversation = ? ORDER BY id');
  const setTimers = db.prepare('UPDATE conversations SET timers = ?, due_at = ? WHERE n = ?');
  const insert = db.prepare(
    `INSERT INTO steps (conversation, version, committed_at, inbound, marks, pending, lines)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertSent = db.prepare('INSERT INTO sent (mark, step) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const read = createReader(db, keyring);

  return ({ n, id, version }: { n: number; id: string; version: number }): void => {
    const timers = allRows<Timer>(findTimers, id);
    setTimers.run(packTimers(timers), soonestOf(timers), n);
    for (const [v, { marks, pending, lines, inbound }] of read(id, version)) {
      const packed = packMarks(marks);
      const sealed = packed && keyring.seal(id, 'step', `${id}.${v}`, JSON.stringify(lines));
      const at = Math.max(0, ...marks.entries.map((entry) => entry.at));
      const { lastInsertRowid } = insert.run(n, v, at, inbound ?? null, packed, packLeft(pending), sealed);
      for (const { providerId } of marks.entries)
        if (providerId) insertSent.run(sentMark(providerId), Number(lastInsertRowid));
    }
  };
}

/** All steps of a conversation by version; a step that left nothing is there without lines. */
function createReader(db: DatabaseSync, keyring: Keyring) {
  const findEntries = db.prepare('SELECT * FROM entries WHERE id > ? AND id < ? ORDER BY seq');
  const findEffects = db.prepare('SELECT * FROM effects WHERE id > ? AND id < ? ORDER BY seq');
  const findMarks = db.prepare('SELECT mark FROM inbound WHERE mark > ? AND mark < ? ORDER BY mark');

  return (conversation: string, version: number): Map<number, OldStep> => {
    const range = [`${conversation}.`, `${conversation}/`] as const;
    const steps = new Map(Array.from({ length: version }, (_, i) => [i + 1, emptyStep()]));
    for (const row of allRows<EntryRow>(findEntries, ...range)) {
      const { step, name } = place(steps, conversation, row.id);
      const { direction, at, status, provider_id } = row;
      step.marks.entries.push({
        ...{ name, direction, at, status },
        ...(provider_id === null ? {} : { providerId: provider_id }),
      });
      step.lines.entries[name] = JSON.parse(keyring.open(conversation, 'entry', row.id, row.body).toString());
    }
    for (const row of allRows<EffectRow>(findEffects, ...range)) {
      const { step, name } = place(steps, conversation, row.id);
      step.marks.asked.push({ name, type: row.type });
      step.pending[name] = [row.tries, row.due_at];
      step.lines.effects[name] = JSON.parse(
        keyring.open(conversation, 'effect', row.id, row.params).toString(),
      );
    }
    const prefix = hash('sha256', conversation, 'buffer').subarray(0, 6);
    const end = Buffer.concat([prefix, Buffer.alloc(11, 0xff)]);
    const marks = allRows<{ mark: Uint8Array }>(findMarks, prefix, end).values();
    for (const step of steps.values()) {
      const mark = marks.next().value?.mark;
      if (mark) step.inbound = mark.subarray(6);
    }
    return steps;
  };
}

function emptyStep(): OldStep {
  return {
    marks: { entries: [], asked: [] },
    pending: {},
    lines: { entries: {}, effects: {}, amended: [] },
  };
}

function place(
  steps: Map<number, OldStep>,
  conversation: string,
  id: string,
): { step: OldStep; name: string } {
  const [version = '', name = ''] = id.slice(conversation.length + 1).split('.');
  const step = steps.get(Number(version)) ?? emptyStep();
  steps.set(Number(version), step);
  return { step, name };
}
