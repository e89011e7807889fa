/** Conversations, transcripts and the marks of what is done, in SQLite. */
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Commit, Timer } from '../../conversation/types.ts';
import type { ConversationBody } from '../records.ts';
import { ownMark } from '../step-ids.ts';
import type { Head, Heads } from './heads.ts';
import type { Keyring } from './keyring.ts';
import { packStep, without } from './step-marks.ts';
import type { OpenStep, Steps } from './steps.ts';
import type { Transcripts } from './transcripts.ts';
import type { Writer } from './writer.ts';

export interface ConversationsDeps {
  writer: Writer;
  keyring: Keyring;
  heads: Heads;
  steps: Steps;
  transcripts: Transcripts;
}

/** Implements the port; see there for the promises. A message is one row changed and one row appended. */
export function createConversationStore(deps: ConversationsDeps): ConversationStore {
  const { writer, heads, steps, transcripts } = deps;
  return {
    load: async (id) => heads.load(id),
    isInboundDone: async (id, inbound) => {
      const head = heads.find(id);
      return head !== undefined && steps.hasInbound(head.n, markOf(inbound));
    },
    commit: async (commit) => {
      // Turned into text now: what the caller does with the objects later does not reach the disk.
      const packed = pack(commit);
      return writer.write(() => write(deps, packed));
    },
    listAttention: async () => heads.listAttention(),
    transcript: async (id, options) => transcripts.list(id, options ?? {}),
    findEntry: async (entry) => transcripts.find(entry),
    findSent: async (providerId) => transcripts.findSent(providerId),
    setStatus: (entry, status, providerId) =>
      writer.write(() => setStatus(steps, { entry, status, ...(providerId ? { providerId } : {}) })),
  };
}

/** Inside `Writer.write` only. See `ConversationStore.setStatus`; unknown entries are left alone. */
export function setStatus(
  steps: Steps,
  { entry, ...news }: { entry: string } & Parameters<Steps['news']>[2],
): void {
  const step = steps.open(entry);
  const marks = step && steps.news(step, step.name, news);
  if (marks) steps.change(step, { marks });
}

const markOf = (inbound: string) => Buffer.from(ownMark(inbound), 'hex');

type Packed = ReturnType<typeof pack>;

function pack(commit: Commit) {
  const { id, version, channel, flow, attention, ...body } = commit.conversation;
  return {
    head: {
      ...{ id, version, channel, flow },
      attention: attention.status === 'bot' ? attention : structuredClone(attention),
      body: JSON.stringify(body satisfies ConversationBody),
    },
    step: packStep(commit),
    inbound: commit.inbound === undefined ? null : markOf(commit.inbound),
    effectDone: commit.effectDone ?? null,
    timerDone: commit.timerDone && { ...commit.timerDone },
    set: commit.timers.set.map(({ id, dueAt }) => ({ id, dueAt })),
    cancel: [...commit.timers.cancel],
  };
}

/** A refusal leaves nothing written, so that it does not cost the rest of the group a second run. */
function write(deps: ConversationsDeps, commit: Packed): 'committed' | 'conflict' | 'duplicate' {
  const { heads, steps, keyring } = deps;
  const { id, version } = commit.head;
  const before = heads.find(id);
  const doneIn = commit.effectDone === null ? undefined : pendingStep(steps, commit.effectDone);
  if (isDuplicate(steps, commit, before, doneIn)) return 'duplicate';
  if (version !== (before?.version ?? 0) + 1) return 'conflict';

  if (doneIn) steps.change(doneIn, { pending: without(doneIn.pending, doneIn.name) });
  const head = heads.write({ ...commit.head, timers: nextTimers(before?.timers ?? [], commit) }, before);
  const { inbound, effectDone, step } = commit;
  const lines = step.lines === null ? null : keyring.seal(id, 'step', `${id}.${version}`, step.lines);
  const row = { ...step, version, committedAt: Date.now(), inbound, effectDone, lines };
  head.step = steps.insert(head.n, row, step.sentIds);
  return 'committed';
}

function pendingStep(steps: Steps, effect: string): OpenStep | undefined {
  const step = steps.open(effect);
  return step?.pending[step.name] ? step : undefined;
}

function isDuplicate(
  steps: Steps,
  { inbound, effectDone, timerDone }: Packed,
  before: Head | undefined,
  doneIn: OpenStep | undefined,
): boolean {
  if (effectDone !== null && !doneIn) return true;
  if (timerDone && !before?.timers.some(({ id, dueAt }) => id === timerDone.id && dueAt === timerDone.dueAt))
    return true;
  return inbound !== null && before !== undefined && steps.hasInbound(before.n, inbound);
}

/** In this order: a step may end a timer and start one of the same name. */
function nextTimers(before: Timer[], { timerDone, cancel, set }: Packed): Timer[] {
  if (!timerDone && cancel.length + set.length === 0) return before;
  const gone = (id: string) =>
    id === timerDone?.id || cancel.includes(id) || set.some((one) => one.id === id);
  return [
    ...before.filter(({ id }) => !gone(id)),
    ...new Map(set.map((timer) => [timer.id, timer])).values(),
  ];
}
