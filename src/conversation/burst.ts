/**
 * People send one thought in many messages ("12", "mei", "1990"). A short text that is not understood, or that only
 * hints at a wish ("ktp"), is held for a moment: with what follows it may make sense. What is understood as it stands
 * is never delayed.
 */
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { wordsOf } from '../flows/words.ts';
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
/** One or two words in the menu are taken at once from this confidence on: "ktp hilang" is a wish, "ktp" a hint. */
const SURE_ALONE = 0.75;

export const bursting = {
  /** A new message, together with what is held and alone. */
  heard(state: TalkState, held: string[], content: Content, knowledge: Knowledge, moment: Moment): Heard {
    const alone = interpret(knowledge, state, content, moment);
    if (content.type !== 'text') return { events: alone, held: [], wait: false };
    if (held.length > 0 && !isCommand(state, content.text, knowledge)) {
      const together = joined(knowledge, state, [...held, content.text], moment);
      const text = [...held, content.text].join(' ');
      if (isWhole(together) && !isHint(state, text, together, knowledge))
        return { events: together, held: [], wait: false };
    }
    if (isWhole(alone) && !isHint(state, content.text, alone, knowledge))
      return { events: alone, held: [], wait: false };
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

/** In the menu: a guess from so few words that more of them may follow. */
function isHint(state: TalkState, text: string, events: TalkEvent[], knowledge: Knowledge): boolean {
  if (state.where.room !== 'idle' || isCommand(state, text, knowledge) || wordsOf(text).length > 2)
    return false;
  const isGuess = events.some(({ type }) => type === 'START' || type === 'INFORM' || type === 'QUESTION');
  return isGuess && !/\d/.test(text) && knowledge.understanding.intent(text).confidence < SURE_ALONE;
}

/** In the menu: a word or number that has its own meaning, whatever was said before. */
function isCommand(state: TalkState, text: string, { commands }: Knowledge): boolean {
  return state.where.room === 'idle' && (/^\s*\d\s*$/.test(text) || commands.find(text).size > 0);
}

function joined(knowledge: Knowledge, state: TalkState, texts: string[], moment: Moment): TalkEvent[] {
  return interpret(knowledge, state, { type: 'text', text: texts.join(' ') }, moment);
}
