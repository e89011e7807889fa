/** Plays an event and everything that its effects bring, to the moment when the citizen is expected to speak. */
import type { Content, Conversation, Effect, Entry, Event, Notice } from '../../src/conversation/types.ts';
import { type Luck, played } from './stand-ins.ts';
import { NOW, type Talking, take } from './world.ts';

export interface Played {
  conversation: Conversation;
  /** What the citizen was sent, in order. */
  said: Entry[];
  /** Every effect asked for, `say` included. */
  effects: Effect[];
  /** Timers set or cancelled, in order; a cancelled one has no due time. */
  timers: { id: string; dueAt?: number }[];
}

export interface PlayOptions {
  now?: number;
  luck?: Luck;
  notices?: Notice[];
}

const MOST_STEPS = 30;

/** The event, then the results of its effects, in their order, as the runner brings them. */
export function play(talking: Talking, start: Conversation, event: Event, options: PlayOptions = {}): Played {
  const playing = steps(talking, start, event, options);
  for (let next = playing.next(); ; next = playing.next(played(next.value, options.luck)))
    if (next.done) return next.value;
}

/** The same where effects are run, and take their time. */
export async function playLive(
  talking: Talking,
  start: Conversation,
  event: Event,
  options: PlayOptions & { run(effect: Effect): Promise<Event | undefined> },
): Promise<Played> {
  const playing = steps(talking, start, event, options);
  for (let next = playing.next(); ; next = playing.next(await options.run(next.value)))
    if (next.done) return next.value;
}

/** Gives out each effect, and is given its result. */
function* steps(
  talking: Talking,
  start: Conversation,
  event: Event,
  options: PlayOptions,
): Generator<Effect, Played, Event | undefined> {
  const all: Played = { conversation: start, said: [], effects: [], timers: [] };
  const waiting: Event[] = [event];
  for (let count = 0; waiting.length > 0; count++) {
    if (count > MOST_STEPS) throw new Error(`effects bring effects without end: ${all.effects.at(-1)?.type}`);
    const next = waiting.shift();
    if (!next) break;
    const commit = take(talking, all.conversation, next, options.now ?? NOW, options.notices);
    all.conversation = commit.conversation;
    all.said.push(...commit.entries.filter(({ direction }) => direction === 'out'));
    all.effects.push(...commit.effects);
    all.timers.push(...commit.timers.cancel.map((id) => ({ id })), ...commit.timers.set);
    for (const effect of commit.effects) {
      const result = yield effect;
      if (result) waiting.push(result);
    }
  }
  return all;
}

/** A message of the citizen, played; what was held as part of a burst is taken as whole. */
export function tell(
  talking: Talking,
  conversation: Conversation,
  content: Content,
  options: PlayOptions = {},
): Played {
  const now = options.now ?? NOW;
  const id = `m${conversation.version + 1}`;
  const first = play(talking, conversation, { type: 'citizen.message', id, at: now, content }, options);
  if (first.conversation.held.length === 0) return first;
  const rest = play(talking, first.conversation, { type: 'timer.due', timer: 'burst', dueAt: 0 }, options);
  return {
    conversation: rest.conversation,
    said: [...first.said, ...rest.said],
    effects: [...first.effects, ...rest.effects],
    timers: [...first.timers, ...rest.timers],
  };
}
