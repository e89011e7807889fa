/** Takes a stored conversation up again, also when the flows changed while the citizen was in them. */
import type { TalkAction, TalkEvent } from '../flows/talk.ts';
import type { TalkMachine, TalkState } from '../flows/talk-machine.ts';
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
  const fresh = machine.begin();
  if (service === undefined || !hashes.has(service)) {
    const { state } = machine.advance(fresh, { type: 'LANGUAGE', at: now, language: old.context.language });
    return {
      state,
      actions: [{ type: 'say', say: { key: 'serviceGone', values: {}, files: [] } }],
      isMoved: true,
    };
  }
  const restore: TalkEvent = { type: 'RESTORE', at: now, service, talk: old.context };
  const { state, actions } = machine.advance(fresh, restore);
  const before = lastName(old.value);
  const after =
    state.where.room === 'service' && state.where.state === 'ask'
      ? state.where.step
      : lastName(state.snapshot.value);
  const timers = actions.filter(({ type }) => type === 'timer' || type === 'cancel-timer');
  if (before === after) return { state, actions: timers, isMoved: false };
  return {
    state,
    actions: [{ type: 'say', say: { key: 'flowChanged', values: {}, files: [] } }, ...actions],
    isMoved: true,
  };
}

function lastName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return lastName(Object.values(value)[0]);
}
