/** A commit on its way into one document. */
import type { Commit, Effect, Timer } from '../../conversation/types.ts';
import type { ConversationBody } from '../records.ts';
import { inboundMark, nameIn } from '../step-ids.ts';
import { packLines } from '../step-lines.ts';
import type { ClusterKeyring } from './keyring.ts';
import { RANKS, type StepDocument } from './schema-steps.ts';

/** A commit whose parts are copied already: what the caller does with its objects later does not reach the store. */
export type PackedStep = ReturnType<typeof packStep>;

/** Throws AppError INVALID_REQUEST when an entry or effect is not named after this step. */
export function packStep(commit: Commit) {
  const { id, version, channel, flow, attention, ...body } = commit.conversation;
  return {
    id,
    version,
    inbound: commit.inbound === undefined ? undefined : inboundMark(id, commit.inbound),
    effectDone: commit.effectDone,
    timerDone: commit.timerDone && { ...commit.timerDone },
    set: commit.timers.set.map(({ id, dueAt }) => ({ id, dueAt })),
    cancel: [...commit.timers.cancel],
    body: JSON.stringify(body satisfies ConversationBody),
    lines: packLines(commit),
    clear: {
      ...{ channel, flow },
      ...(attention.status === 'bot'
        ? {}
        : { attention: structuredClone(attention), since: attention.since }),
      ...packEntries(commit),
      ...packEffects(commit),
      ...(commit.amended.length > 0 ? { amends: commit.amended.map(({ entry }) => entry) } : {}),
    } satisfies Partial<StepDocument>,
  };
}

/** The document, sealed. `timers` are those that stand after this step. */
export async function buildStep(
  keyring: ClusterKeyring,
  step: PackedStep,
  { base, timers }: { base: number; timers: Timer[] },
): Promise<StepDocument> {
  const { id, version, lines, clear } = step;
  const v = base + version;
  const at = Date.now();
  const due = timers.length > 0 ? Math.min(...timers.map(({ dueAt }) => dueAt)) : undefined;
  return {
    ...{ _id: `${id}.${v}`, c: id, v, base, at },
    ...{ inbound: step.inbound ?? v, took: step.effectDone ?? v, open: true },
    ...clear,
    ...(clear.effects ? { pendingSince: at } : {}),
    ...(due === undefined ? {} : { timers, due }),
    state: await keyring.seal(id, 'conversation', id, step.body),
    ...(lines ? { lines: await keyring.seal(id, 'step', `${id}.${version}`, lines) } : {}),
  };
}

/** In this order: a step may end a timer and start one of the same name. */
export function nextTimers(before: Timer[], { timerDone, cancel, set }: PackedStep): Timer[] {
  const gone = new Set([...cancel, ...set.map(({ id }) => id), ...(timerDone ? [timerDone.id] : [])]);
  return [
    ...before.filter(({ id }) => !gone.has(id)),
    ...new Map(set.map((timer) => [timer.id, timer])).values(),
  ];
}

function packEntries({ conversation, entries }: Commit): Partial<StepDocument> {
  if (entries.length === 0) return {};
  const named = entries.map((entry) => ({ ...entry, name: nameIn(conversation, entry.id) }));
  const sentIds = named.flatMap(({ direction, providerId }) =>
    direction === 'out' && providerId ? [providerId] : [],
  );
  return {
    entries: named.map(({ name, direction, at, providerId }) => ({
      ...{ name, direction, at },
      ...(providerId === undefined ? {} : { providerId }),
    })),
    st: Object.fromEntries(named.map(({ name, status }) => [name, RANKS[status]])),
    ...(sentIds.length > 0 ? { sentIds } : {}),
  };
}

function packEffects({ conversation, effects }: Commit): Partial<StepDocument> {
  if (effects.length === 0) return {};
  const asked = effects.map(({ id, type }: Effect) => ({ name: nameIn(conversation, id), type }));
  return { asked, effects: Object.fromEntries(asked.map(({ name }) => [name, { tries: 0, dueAt: 0 }])) };
}
