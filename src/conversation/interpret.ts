/** What a citizen's message means at the place where the conversation stands. Pure. */
import type { Command } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Json } from '../json.ts';
import { atStep } from './interpret-answer.ts';
import { globalEvent } from './interpret-command.ts';
import { elsewhere } from './interpret-elsewhere.ts';
import type { Knowledge, Moment } from './knowledge.ts';
import { stepAt } from './place.ts';
import type { Content } from './types.ts';

/** Any content as machine events, told in order. An `INVALID` at the end means: not understood. */
export function interpret(
  knowledge: Knowledge,
  state: TalkState,
  content: Content,
  moment: Moment,
): TalkEvent[] {
  const at = moment.now;
  if (state.where.room === 'handoff') return inHandoff(knowledge, state, content, moment);
  const events = interpretContent(knowledge, state, content, moment);
  const staysMuted = events.some(({ type }) => type === 'STOP');
  return state.talk.muted && !staysMuted
    ? [{ type: 'UNMUTE', at }, ...events.filter(({ type }) => type !== 'GREETING')]
    : events;
}

/** True when the events end in an answer that was not understood. */
export function isMissed(events: TalkEvent[]): boolean {
  return events.at(-1)?.type === 'INVALID';
}

function inHandoff({ commands }: Knowledge, state: TalkState, content: Content, moment: Moment): TalkEvent[] {
  const at = moment.now;
  if (content.type === 'media')
    return [{ type: 'FILES', at, files: content.files as unknown as Json[], entry: moment.entry }];
  const found = content.type === 'text' ? commands.find(content.text) : new Set<Command>();
  const mayLeave = state.where.room === 'handoff' && state.where.state === 'waiting';
  if (mayLeave && found.has('menu')) return [{ type: 'MENU', at }];
  if (mayLeave && found.has('cancel')) return [{ type: 'CANCEL', at }];
  return [{ type: 'SAID', at }];
}

function interpretContent(
  knowledge: Knowledge,
  state: TalkState,
  content: Content,
  moment: Moment,
): TalkEvent[] {
  const at = moment.now;
  switch (content.type) {
    case 'text':
      return interpretText(knowledge, state, content.text, moment);
    case 'media':
      return [{ type: 'FILES', at, files: content.files as unknown as Json[], entry: moment.entry }];
    case 'location': {
      const value = { latitude: content.latitude, longitude: content.longitude };
      if (stepAt(knowledge.flows, state)?.ask === 'location')
        return [{ type: 'ANSWER', at, answer: { v: value } }];
      const { where } = state;
      const isUseful = where.room === 'idle' || (where.room === 'visit' && where.state === 'slot');
      return isUseful ? [{ type: 'NEAR', at, near: value }] : [{ type: 'UNKNOWN', at, kind: 'location' }];
    }
    case 'unknown':
      return [{ type: 'UNKNOWN', at, kind: content.kind }];
  }
}

function interpretText(knowledge: Knowledge, state: TalkState, text: string, moment: Moment): TalkEvent[] {
  const { commands } = knowledge;
  const at = moment.now;
  const step = stepAt(knowledge.flows, state);
  const found = commands.find(text);
  if (text.trim() === '') return [{ type: 'UNKNOWN', at, kind: 'empty' }];
  const global = globalEvent(knowledge, state, text, found, moment);
  if (global) return global;
  if (commands.isUpset(text, { whole: step?.ask === 'text' })) return [{ type: 'UPSET', at }];
  return step ? atStep(knowledge, state, step, text, moment) : elsewhere(knowledge, state, text, moment);
}
