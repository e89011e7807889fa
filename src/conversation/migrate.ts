/** Takes a stored conversation up again, also when the flows changed while the citizen was in them. */
import { emptyDraft } from '../flows/draft.ts';
import type { Talk, TalkAction } from '../flows/talk.ts';
import type { TalkMachine, TalkState } from '../flows/talk-machine.ts';
import type { Json } from '../json.ts';
import type { Conversation } from './types.ts';

export interface Resumed {
  state: TalkState;
  actions: TalkAction[];
  /** The citizen stands at another question than before: this message answered the old one. */
  isMoved: boolean;
}

/** `hashes`: the structure of each service now; the conversation holds the one it was made with. */
export function resume(
  machine: TalkMachine,
  hashes: Map<string, string>,
  conversation: Conversation,
  now: number,
): Resumed {
  if (conversation.snapshot === null) return { state: machine.begin(), actions: [], isMoved: false };
  const old = conversation.snapshot as unknown as { value: unknown; context: TalkState['talk'] };
  const service = old.context.service;
  const isSame =
    conversation.flow === '' || (service !== undefined && hashes.get(service) === conversation.flow);
  if (isSame) return { state: machine.restore(conversation.snapshot), actions: [], isMoved: false };
  return moved(machine, old, service, hashes, now);
}

/** Answers that still fit stay; the conversation goes to the first open question, told in one sentence. */
function moved(
  machine: TalkMachine,
  old: { value: unknown; context: TalkState['talk'] },
  service: string | undefined,
  hashes: Map<string, string>,
  now: number,
): Resumed {
  if (service === undefined || !hashes.has(service)) {
    const state = inMenu(machine, old.context);
    if (isHandoff(old.value)) return { state: again(machine, state, old, now), actions: [], isMoved: false };
    return {
      state,
      actions: [{ type: 'say', say: { key: 'serviceGone', values: {}, files: [] } }],
      isMoved: true,
    };
  }
  const fresh = machine.begin();
  const before = lastName(old.value);
  const restored = (talk: Talk) => machine.advance(fresh, { type: 'RESTORE', at: now, service, talk });
  const same = restored(old.context);
  if (isHandoff(old.value))
    return { state: again(machine, same.state, old, now), actions: [], isMoved: false };
  // Pages of a document belong to their question only.
  const { state, actions } =
    before === placeOf(same.state) ? same : restored({ ...old.context, pages: [], read: [] });
  const timers = actions.filter(({ type }) => type === 'timer' || type === 'cancel-timer');
  if (before === placeOf(state)) return { state, actions: timers, isMoved: false };
  return {
    state,
    actions: [{ type: 'say', say: { key: 'flowChanged', values: {}, files: [] } }, ...actions],
    isMoved: true,
  };
}

/** Without the draft of a service that is gone; what waits beside it stays. */
function inMenu(machine: TalkMachine, context: Talk): TalkState {
  const talk = { ...context, ...emptyDraft() };
  const idle = { status: 'active', value: { bot: 'idle' }, context: talk, historyValue: {}, children: {} };
  return machine.restore(idle as unknown as Json);
}

function placeOf({ snapshot }: TalkState): string {
  return lastName(snapshot.value);
}

function isHandoff(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'handoff' in value;
}

/** A chat that is with people stays with them; the open question is asked when they hand it back. */
function again(
  machine: TalkMachine,
  state: TalkState,
  old: { value: unknown; context: Talk },
  at: number,
): TalkState {
  const reason = old.context.handoff ?? 'asked';
  const waiting = machine.advance(state, { type: 'TROUBLE', at, reason }).state;
  return lastName(old.value) === 'claimed'
    ? machine.advance(waiting, { type: 'CLAIM', at, reason }).state
    : waiting;
}

function lastName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return lastName(Object.values(value)[0]);
}
