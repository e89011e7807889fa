/** What a step's document tells. */
import type { PendingEffect } from '../../conversation/ports.ts';
import type { Conversation, DeliveryStatus, Entry } from '../../conversation/types.ts';
import { AppError } from '../../errors.ts';
import type { ConversationBody, StepLines } from '../records.ts';
import { stepId } from '../step-ids.ts';
import type { ClusterKeyring } from './keyring.ts';
import { RANKS, type StepDocument } from './schema-steps.ts';

/** The conversation as it stands after this step; `undefined` when it was erased. */
export async function readConversation(
  keyring: ClusterKeyring,
  { c, v, base, channel, flow, attention, state }: StepDocument,
): Promise<Conversation | undefined> {
  if (!state || !channel || flow === undefined) return undefined;
  const body = JSON.parse((await keyring.open(c, 'conversation', c, state)).toString()) as ConversationBody;
  return { id: c, version: v - base, channel, flow, attention: attention ?? { status: 'bot' }, ...body };
}

/** What a step said, asked and amended. */
export interface ReadLines {
  entries: Entry[];
  effects: { [name: string]: StepLines['effects'][string] };
  amended: StepLines['amended'];
}

/** The entries are as this step left them: later steps may have amended them (step-lines.ts). */
export async function readLines(keyring: ClusterKeyring, step: StepDocument): Promise<ReadLines> {
  if (!step.lines) return { entries: [], effects: {}, amended: [] };
  const { c, v, base } = step;
  const sealed = await keyring.open(c, 'step', `${c}.${v - base}`, step.lines);
  const { entries, effects, amended } = JSON.parse(sealed.toString()) as StepLines;
  return { entries: joinEntries(step, entries), effects, amended };
}

/** The effects of a step that are not done, in order. */
export function pendingOf(step: StepDocument, { entries, effects }: ReadLines): PendingEffect[] {
  return (step.asked ?? []).flatMap(({ name, type }) => {
    const mark = step.effects?.[name];
    if (!mark) return [];
    const params = effects[name] ?? {};
    const entry = entries.find(({ id }) => id === params.entry);
    const id = stepId(step.c, step.v - step.base, name);
    const { tries, dueAt } = mark;
    const pending = {
      conversation: step.c,
      effect: { id, type, params },
      tries,
      dueAt,
      committedAt: step.at ?? 0,
    };
    return [{ ...pending, ...(entry ? { entry } : {}) }];
  });
}

/** Runs `read` for what may have been erased a moment ago: without its key it is as if it were gone. */
export async function unlessErased<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'KEY_MISSING') return undefined;
    throw cause;
  }
}

function joinEntries(step: StepDocument, lines: StepLines['entries']): Entry[] {
  return (step.entries ?? []).flatMap(({ name, direction, at, providerId }) => {
    const line = lines[name];
    const id = stepId(step.c, step.v - step.base, name);
    const sent = step.sent?.[name] ?? providerId;
    return line
      ? [
          {
            id,
            direction,
            at,
            status: statusOf(step.st?.[name]),
            ...line,
            ...(sent === undefined ? {} : { providerId: sent }),
          },
        ]
      : [];
  });
}

function statusOf(rank: number | undefined): DeliveryStatus {
  const known = Object.entries(RANKS).find(([, value]) => value === rank);
  return (known?.[0] ?? 'queued') as DeliveryStatus;
}
