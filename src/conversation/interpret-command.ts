/** Words that are commands wherever the citizen stands. */
import type { Command } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { aboutVisits } from './interpret-visits.ts';
import type { Knowledge, Moment } from './knowledge.ts';

/** Commands that mean the same wherever the bot speaks. */
const GLOBAL: [Command, TalkEvent['type']][] = [
  ['menu', 'MENU'],
  ['cancel', 'CANCEL'],
  ['back', 'BACK'],
  ['operator', 'OPERATOR'],
  ['help', 'HELP'],
  ['official', 'OFFICIAL'],
  ['stop', 'STOP'],
  ['reschedule', 'RESCHEDULE'],
  ['cancel-visit', 'CANCEL_VISIT'],
  ['resume', 'RESUME'],
];
/** Commands that give way to an answer which reads the same (`ya`, `ok`, `mulai`). */
const POLITE: [Command, TalkEvent['type']][] = [
  ['thanks', 'THANKS'],
  ['greeting', 'GREETING'],
  ['start', 'GREETING'],
];

/** The command that the whole text is, wherever the bot speaks; undefined when it is none. */
export function globalEvent(
  knowledge: Knowledge,
  state: TalkState,
  text: string,
  found: ReadonlySet<Command>,
  { now: at }: Moment,
): TalkEvent[] | undefined {
  const whole = found.size > 0 ? wholeCommand(found, at) : undefined;
  if (whole) return [whole];
  const visits = aboutVisits(knowledge, state, text, at);
  if (visits) return visits;
  const looked = knowledge.commands.findLeading(text, 'status');
  if (looked === undefined) return undefined;
  // `status kawin` is an answer in a form, and may be a wish in the menu; a number of ours is neither.
  const isNumber = /\d/.test(looked) && state.where.room !== 'service';
  return statusOf(looked, at) ?? (isNumber ? [startStatus(at)] : undefined);
}

function wholeCommand(found: ReadonlySet<Command>, at: number): TalkEvent | undefined {
  const event = GLOBAL.find(([command]) => found.has(command));
  if (event) return { type: event[1], at } as TalkEvent;
  if (found.has('indonesian')) return { type: 'LANGUAGE', language: 'id', at };
  if (found.has('english')) return { type: 'LANGUAGE', language: 'en', at };
  return found.has('status') ? startStatus(at) : undefined;
}

function startStatus(at: number): TalkEvent {
  return { type: 'START', service: 'cek-status', at };
}

/** `STATUS KL-2611-0001-7 123456`: number and PIN in one message. */
function statusOf(text: string, at: number): TalkEvent[] | undefined {
  const match = /^([a-z]{2}[\s-]?\d{4}[\s-]?\d{4,6}[\s-]?\d)(?:\s+(?:pin\s*)?(\d{6}))?$/i.exec(text);
  if (!match?.[1]) return undefined;
  const number = match[1].toUpperCase().replace(/[\s-]/g, '');
  const dashed = `${number.slice(0, 2)}-${number.slice(2, 6)}-${number.slice(6, -1)}-${number.slice(-1)}`;
  const answers = [dashed, match[2]].filter((one) => one !== undefined);
  return [startStatus(at), ...answers.map((v): TalkEvent => ({ type: 'ANSWER', at, answer: { v } }))];
}

/** Thanks and greetings; undefined for anything else. */
export function polite(found: ReadonlySet<Command>, at: number): TalkEvent[] | undefined {
  const event = POLITE.find(([command]) => found.has(command));
  return event && [{ type: event[1], at } as TalkEvent];
}
