/** Writing a step. */
import type { mongo } from 'mongoose';
import { createTurns } from '../../conversation/in-turn.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import { reach } from './connection.ts';
import type { Head, Heads } from './heads.ts';
import { isInserted } from './insert.ts';
import type { ClusterKeyring } from './keyring.ts';
import type { StepDocument } from './schema-steps.ts';
import type { StepMarks } from './step-marks.ts';
import { buildStep, nextTimers, type PackedStep, packStep } from './step-packing.ts';

export interface StepDeps {
  steps: mongo.Collection<StepDocument>;
  keyring: ClusterKeyring;
  heads: Heads;
  marks: StepMarks;
}

/**
 * Implements `ConversationStore.commit`.
 *
 * Round trips: 1 when this process has seen the version before (it made it or loaded it), 2 otherwise; 2 more when the
 * step takes the result of an effect (is it still pending; it is not any more). A first commit makes the key: 2 more.
 * A refusal costs up to 3.
 */
export function createCommit(deps: StepDeps): ConversationStore['commit'] {
  // Steps of one conversation that are handed over together follow one another, in the order they came.
  const turns = createTurns();
  return async (commit) => {
    const step = packStep(commit);
    return turns.run(step.id, () => write(deps, step));
  };
}

type Answer = Awaited<ReturnType<ConversationStore['commit']>>;

async function write(deps: StepDeps, step: PackedStep): Promise<Answer> {
  const { heads, marks } = deps;
  const head = await findHead(heads, step);
  if (!head) return refuse(deps, step);
  if (step.timerDone && !isSet(head, step.timerDone)) return 'duplicate';
  if (step.effectDone !== undefined && !(await isPending(deps, step.effectDone))) return 'duplicate';
  if (!(await insert(deps, step, head))) return refuse(deps, step);
  // Before it resolves: who looks for what is pending must not see it again. A crash before this is healed by `refuse`.
  if (step.effectDone !== undefined) await marks.setDone(step.effectDone);
  return 'committed';
}

/** The step before this one, if it is the newest. What memory says is enough to try: the insert decides. */
async function findHead(heads: Heads, { id, version }: PackedStep): Promise<Head | undefined> {
  const isBefore = ({ v, base }: Head) => v === base + version - 1;
  const remembered = heads.peek(id);
  if (remembered && isBefore(remembered)) return remembered;
  const head = await heads.read(id);
  return isBefore(head) ? head : undefined;
}

async function insert({ steps, keyring, heads }: StepDeps, step: PackedStep, head: Head): Promise<boolean> {
  const document = await buildStep(keyring, step, { base: head.base, timers: nextTimers(head.timers, step) });
  try {
    const isDone = await isInserted(reach(() => steps.insertOne(document)));
    if (isDone) heads.note(document);
    return isDone;
  } catch (cause) {
    // It may have been written all the same: the next step must look.
    heads.forget(step.id);
    throw cause;
  }
}

/** Not every server says which unique index refused, so this looks. */
async function refuse({ steps, keyring, heads, marks }: StepDeps, step: PackedStep): Promise<Answer> {
  const { id: c, inbound, effectDone } = step;
  heads.forget(c);
  // The conversation may have been erased, and its key with it.
  keyring.forget(c);
  if (inbound !== undefined && (await isTaken(steps, { c, inbound }))) return 'duplicate';
  if (effectDone === undefined || !(await isTaken(steps, { c, took: effectDone }))) return 'conflict';
  // Taken, and its mark may still be there, when the process that took it died in between.
  await marks.setDone(effectDone);
  return 'duplicate';
}

/** Whether a step of this conversation carries that mark. */
export async function isTaken(
  steps: StepDeps['steps'],
  mark: { c: string; inbound: string } | { c: string; took: string },
): Promise<boolean> {
  return (await reach(() => steps.findOne(mark, { projection: { _id: 1 } }))) !== null;
}

function isSet({ timers }: Head, { id, dueAt }: NonNullable<PackedStep['timerDone']>): boolean {
  return timers.some((timer) => timer.id === id && timer.dueAt === dueAt);
}

async function isPending({ steps, marks }: StepDeps, effect: string): Promise<boolean> {
  const located = await marks.locate(effect);
  if (!located) return false;
  const filter = { ...located.step, [`effects.${located.name}`]: { $exists: true } };
  return (await reach(() => steps.findOne(filter, { projection: { _id: 1 } }))) !== null;
}
