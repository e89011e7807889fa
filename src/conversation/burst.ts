/**
 * People send one thought in many messages ("12", "mei", "1990"). A short text that is not understood is held for
 * a moment: with what follows it may make sense. What is understood as it stands is never delayed.
 */
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { interpret, isMissed } from './interpret.ts';
import type { Knowledge, Moment } from './knowledge.ts';
import type { Content } from './types.ts';

export interface Heard {
  events: TalkEvent[];
  /** The texts that wait. */
  held: string[];
  /** True when the timer of the burst has to run (anew). */
  wait: boolean;
}

const MOST_HELD = 10;
const SHORT_CHARACTERS = 30;

export const bursting = {
  /** A new message, together with what is held and alone. */
  heard(state: TalkState, held: string[], content: Content, knowledge: Knowledge, moment: Moment): Heard {
    const alone = interpret(knowledge, state, content, moment);
    if (content.type !== 'text') return { events: alone, held: [], wait: false };
    if (held.length > 0) {
      const together = joined(knowledge, state, [...held, content.text], moment);
      if (isWhole(together)) return { events: together, held: [], wait: false };
    }
    if (isWhole(alone)) return { events: alone, held: [], wait: false };
    const isShort = content.text.trim().length <= SHORT_CHARACTERS && held.length < MOST_HELD;
    return isShort
      ? { events: [], held: [...held, content.text.trim()], wait: true }
      : { events: alone, held: [], wait: false };
  },

  /** Nothing more came: what is held counts as one answer. */
  over(state: TalkState, held: string[], _at: number, knowledge: Knowledge, moment: Moment): Heard {
    const last = held.at(-1);
    if (last === undefined) return { events: [], held: [], wait: false };
    const together = joined(knowledge, state, held, moment);
    const events = isMissed(together) ? joined(knowledge, state, [last], moment) : together;
    return { events: isMissed(events) ? together : events, held: [], wait: false };
  },
};

/** Understood, and nothing had to be assumed that a next message may still say (the year of "12 mei"). */
function isWhole(events: TalkEvent[]): boolean {
  const last = events.at(-1);
  const isAssumed = last?.type === 'ANSWER' && last.answer.w?.includes('year-assumed');
  return !isMissed(events) && !isAssumed;
}

function joined(knowledge: Knowledge, state: TalkState, texts: string[], moment: Moment): TalkEvent[] {
  return interpret(knowledge, state, { type: 'text', text: texts.join(' ') }, moment);
}
