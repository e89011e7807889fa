/** Due work, in SQLite: it lies in the steps that asked for it and in the conversations' rows. */
import type { DatabaseSync } from 'node:sqlite';
import type { BuriedEffect, Jobs, PendingEffect } from '../../conversation/ports.ts';
import { parseStepId, stepId } from '../step-ids.ts';
import { type ConversationsDeps, setStatus } from './conversations.ts';
import { allRows } from './database.ts';
import { type Buried, type Pending, unpackLeft, unpackMarks, without } from './step-marks.ts';
import type { OpenStep, StepRow } from './steps.ts';

export interface JobsDeps extends ConversationsDeps {
  db: DatabaseSync;
}

/** Implements the port; see there for the promises. */
export function createJobs({ db, writer, heads, steps, transcripts }: JobsDeps): Jobs {
  const left = db.prepare(
    `SELECT c.id AS conversation, min(s.committed_at) AS committedAt FROM steps s INDEXED BY steps_pending
     JOIN conversations c ON c.n = s.conversation
     WHERE s.pending IS NOT NULL AND s.committed_at > ? AND s.committed_at < ?
     GROUP BY s.conversation ORDER BY committedAt LIMIT ?`,
  );

  function pendingOf(row: StepRow): PendingEffect[] {
    const pending = unpackLeft<Pending>(row.pending);
    const { entries, effects } = transcripts.read(row);
    return unpackMarks(row.marks).asked.flatMap(({ name, type }) => {
      const [tries, dueAt] = pending[name] ?? [];
      if (tries === undefined || dueAt === undefined) return [];
      const params = effects[name] ?? {};
      const effect = { id: stepId(row.id, row.version, name), type, params };
      const entry = entries.find(({ id }) => id === params.entry);
      const about = { conversation: row.id, effect, tries, dueAt, committedAt: row.committed_at };
      return [{ ...about, ...(entry ? { entry } : {}) }];
    });
  }

  /** The entry that an effect names, when it is of the same step: its name. */
  function ownEntry(step: OpenStep): string | undefined {
    const row = steps.row(step);
    const named = row && transcripts.read(row).effects[step.name]?.entry;
    const parts = typeof named === 'string' ? parseStepId(named) : undefined;
    return parts?.conversation === step.conversation && parts.version === step.version
      ? parts.name
      : undefined;
  }

  /** What failed with the effect is queued again with it. */
  function requeued(step: OpenStep): OpenStep['marks'] {
    const name = ownEntry(step);
    const entries = step.marks.entries.map((entry) =>
      entry.name === name && entry.status === 'failed' ? { ...entry, status: 'queued' as const } : entry,
    );
    return { ...step.marks, entries };
  }

  return {
    pendingEffects: async () => steps.pending().flatMap(pendingOf),
    effectDone: (effect, sent) =>
      writer.write(() => {
        const step = steps.open(effect);
        if (!step) return sent && setStatus(steps, sent);
        const entry = sent && parseStepId(sent.entry);
        const isOfStep = entry?.version === step.version && entry.conversation === step.conversation;
        const marks = sent && isOfStep ? steps.news(step, entry.name, sent) : undefined;
        const isPending = step.pending[step.name] !== undefined;
        steps.change(step, {
          ...(marks ? { marks } : {}),
          ...(isPending ? { pending: without(step.pending, step.name) } : {}),
        });
        if (sent && !isOfStep) setStatus(steps, sent);
      }),
    effectRetry: (effect, tries, dueAt) =>
      writer.write(() => {
        const step = steps.open(effect);
        if (step?.pending[step.name])
          steps.change(step, { pending: { ...step.pending, [step.name]: [tries, dueAt] } });
      }),
    effectsOf: async (id) => {
      const head = heads.find(id);
      const effects = head ? steps.pending(head.n).flatMap(pendingOf) : [];
      return { conversation: heads.load(id), effects };
    },
    conversationsLeft: async ({ after, before }, limit) =>
      allRows<{ conversation: string; committedAt: number }>(left, after, before, limit).map((row) => ({
        ...row,
      })),
    bury: (effect, { reason, tries, at }) =>
      writer.write(() => {
        const step = steps.open(effect);
        if (!step?.marks.asked.some(({ name }) => name === step.name)) return;
        const buried = { ...step.buried, [step.name]: { tries, reason, at } };
        steps.change(step, { buried, pending: without(step.pending, step.name) });
      }),
    buried: async (limit) =>
      steps
        .buried()
        .flatMap(buriedOf)
        .toSorted((a, b) => b.at - a.at)
        .slice(0, limit),
    revive: (effect) =>
      writer.write(() => {
        const step = steps.open(effect);
        if (!step?.buried[step.name]) return false;
        const pending: Pending = { ...step.pending, [step.name]: [1, 0] };
        steps.change(step, { marks: requeued(step), pending, buried: without(step.buried, step.name) });
        return true;
      }),
    dueTimers: async (now, limit) => {
      for (;;) {
        const { timers, early } = heads.due(now, limit);
        if (early.length === 0) return timers;
        await writer.write(() => heads.moveDue(early));
      }
    },
  };
}

function buriedOf(row: StepRow): BuriedEffect[] {
  const { asked } = unpackMarks(row.marks);
  return Object.entries(unpackLeft<Buried>(row.buried)).map(([name, cause]) => ({
    effect: stepId(row.id, row.version, name),
    conversation: row.id,
    type: asked.find((effect) => effect.name === name)?.type ?? '',
    ...cause,
  }));
}
