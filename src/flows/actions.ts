/**
 * The actions of the machine. They are data: XState hands them out, the engine turns them into entries, effects and
 * timers after the transition (conversation/step.ts). `remember` is the only one that XState applies itself.
 */
import type { Json } from '../json.ts';
import type { Say, Talk, TalkEvent } from './talk.ts';

/** What guards and actions are given. */
export interface Args {
  context: Talk;
  event: TalkEvent;
}

/** Says a text; `values` fill its placeholders, null says nothing after all. */
export function say(
  key: string,
  values: (args: Args) => Say['values'] | null = () => ({}),
  files?: (args: Args) => Json[],
) {
  return {
    type: 'say' as const,
    params: (args: Args): Say | null => {
      const filled = values(args);
      return filled && { key, values: filled, files: files?.(args) ?? [] };
    },
  };
}

/** Asks the question of the state that the step ends in, once, after everything that was said. */
export const prompt = { type: 'prompt' as const };

/** Asks for an effect; its id is given by the engine. Null params ask for nothing after all. */
export function effect(type: string, params: (args: Args) => { [key: string]: Json } | null) {
  return {
    type: 'effect' as const,
    params: (args: Args): { type: string; params: { [key: string]: Json } } | null => {
      const filled = params(args);
      return filled && { type, params: filled };
    },
  };
}

/**
 * Changes the context; keys set to undefined are removed.
 *
 * XState's own `assign` works out the state's value anew at each change, which takes a fifth of a step. This is the same
 * by the same door, an action that resolves to the next snapshot. That door is not documented: the test holds
 * `remember` against `assign`.
 */
export function remember(change: (args: Args) => { [Key in keyof Talk]?: Talk[Key] | undefined }) {
  const resolve = (_scope: unknown, snapshot: { context: Talk }, { event }: Args) => {
    const { context } = snapshot;
    return [{ ...snapshot, context: { ...context, ...change({ context, event }) } }];
  };
  return Object.assign(() => {}, { type: 'xstate.assign' as const, resolve });
}

/** Events as XState types them; narrows by `type` where a handler serves one event only. */
export function only<Type extends TalkEvent['type']>(
  event: TalkEvent,
  type: Type,
): Extract<TalkEvent, { type: Type }> {
  if (event.type !== type) throw new TypeError(`expected ${type}, got ${event.type}`);
  return event as Extract<TalkEvent, { type: Type }>;
}
