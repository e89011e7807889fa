/** What a citizen's message means at the place where the conversation stands. Pure. */
import { parseAnswer } from '../flows/answers/parse-answer.ts';
import type { AnswerContext } from '../flows/answers/types.ts';
import type { Commands } from '../flows/commands.ts';
import { answersThatCount } from '../flows/conditions.ts';
import type { Command, Flows, Service, Step } from '../flows/schema.ts';
import type { Answer, TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Understanding } from '../flows/understanding.ts';
import { wordsOf } from '../flows/words.ts';
import type { Json } from '../json.ts';
import { disagreements } from './agreement.ts';
import type { Capabilities, Content } from './types.ts';

/** What interpretation knows beside the message. */
export interface Knowledge {
  flows: Flows;
  commands: Commands;
  understanding: Understanding;
  answerContext: Omit<AnswerContext, 'now'>;
}

export interface Moment {
  now: number;
  can: Capabilities;
  /** The transcript entry that holds the message. */
  entry: string;
}

/** From this confidence on a citizen in the menu is taken at their word. */
const SURE_ENOUGH = 0.4;
/** In the middle of a form a question must be clearer: what looks like one may be an answer. */
const SURE_IN_FORM = 0.5;

/** Remarks that are asked back once; any other is taken and shown to the verifier. */
const ASKED_BACK = new Set(['birth-differs', 'sex-differs', 'looks-like-nik', 'one-word', 'abbreviation']);

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
  ['resume', 'RESUME'],
];
/** Commands that give way to an answer which reads the same (`ya`, `ok`, `mulai`). */
const POLITE: [Command, TalkEvent['type']][] = [
  ['thanks', 'THANKS'],
  ['greeting', 'GREETING'],
  ['start', 'GREETING'],
];

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
      return stepAt(knowledge.flows, state)?.ask === 'location'
        ? [{ type: 'ANSWER', at, answer: { v: value } }]
        : [{ type: 'UNKNOWN', at, kind: 'location' }];
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

function globalEvent(
  { commands }: Knowledge,
  state: TalkState,
  text: string,
  found: Set<Command>,
  { now: at }: Moment,
): TalkEvent[] | undefined {
  const event = GLOBAL.find(([command]) => found.has(command));
  if (event) return [{ type: event[1], at } as TalkEvent];
  if (found.has('indonesian')) return [{ type: 'LANGUAGE', language: 'id', at }];
  if (found.has('english')) return [{ type: 'LANGUAGE', language: 'en', at }];
  if (found.has('status')) return [startStatus(at)];
  const looked = commands.findLeading(text, 'status');
  if (looked === undefined) return undefined;
  // `status kawin` is an answer in a form, and may be a wish in the menu; a number of ours is neither.
  const isNumber = /\d/.test(looked) && state.where.room !== 'service';
  return statusOf(looked, at) ?? (isNumber ? [startStatus(at)] : undefined);
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

function polite(found: Set<Command>, at: number): TalkEvent[] | undefined {
  const event = POLITE.find(([command]) => found.has(command));
  return event && [{ type: event[1], at } as TalkEvent];
}

function atStep(
  knowledge: Knowledge,
  state: TalkState,
  step: Step,
  text: string,
  moment: Moment,
): TalkEvent[] {
  const at = moment.now;
  const found = knowledge.commands.find(text);
  if (step.ask === 'document') return atDocument(knowledge, state, step, text, moment);
  if (step.optional && (found.has('skip') || (step.ask !== 'yes-no' && found.has('refuse'))))
    return [{ type: 'SKIP', at }];
  if (text.trim() === '0' && step.ask !== 'number') return [{ type: 'OPERATOR', at }];
  const isFree =
    step.ask === 'name' || (step.ask === 'text' && step.format === 'free') || step.ask === 'akta-number';
  if (isFree) {
    const aside = polite(found, at) ?? digression(knowledge, text, at, SURE_IN_FORM, true);
    if (aside) return aside;
  }
  if (step.ask === 'location' && text.trim().length >= 3)
    return [{ type: 'ANSWER', at, answer: { v: text.trim() } }];
  const parsed = parseAnswer(step, text, { ...knowledge.answerContext, now: at });
  if (!parsed.ok)
    return (
      polite(found, at) ??
      digression(knowledge, text, at, SURE_IN_FORM, false) ?? [{ type: 'INVALID', at, reason: parsed.reason }]
    );
  const warnings = [...parsed.warnings, ...disagreements(step, parsed, state.talk.answers)];
  const asked = warnings.find((warning) => ASKED_BACK.has(warning));
  if (asked && state.talk.recheck?.step !== step.id) return [{ type: 'RECHECK', at, warning: asked }];
  return [{ type: 'ANSWER', at, answer: answerOf(parsed.value, warnings, parsed.details) }];
}

function answerOf(v: Json, warnings: string[], details: { [key: string]: Json } | undefined): Answer {
  return {
    v,
    ...(warnings.length > 0 ? { w: warnings } : {}),
    ...(details && warnings.length > 0 ? { d: details } : {}),
  };
}

function atDocument(
  knowledge: Knowledge,
  state: TalkState,
  step: Step,
  text: string,
  { now: at, can }: Moment,
): TalkEvent[] {
  const found = knowledge.commands.find(text);
  const hasPages = (state.talk.pages ?? []).length > 0;
  if (found.has('counter') || (found.has('skip') && !step.optional))
    return [{ type: 'COUNTER', at, all: !can.mediaIn }];
  if (found.has('skip') || (step.optional && found.has('refuse'))) return [{ type: 'SKIP', at }];
  if (found.has('done') || (hasPages && found.has('confirm')))
    return hasPages ? [{ type: 'DONE', at }] : [{ type: 'INVALID', at, reason: 'not-a-file' }];
  if (text.trim() === '0') return [{ type: 'OPERATOR', at }];
  return (
    polite(found, at) ??
    digression(knowledge, text, at, SURE_ENOUGH, false) ?? [{ type: 'INVALID', at, reason: 'not-a-file' }]
  );
}

function elsewhere(knowledge: Knowledge, state: TalkState, text: string, moment: Moment): TalkEvent[] {
  const { where } = state;
  const at = moment.now;
  const found = knowledge.commands.find(text);
  if (text.trim() === '0') return [{ type: 'OPERATOR', at }];
  if (where.room === 'idle') return inMenu(knowledge, text, found, at);
  const event =
    (where.room === 'service' && where.state === 'consent' && atConsent(found, at)) ||
    (where.room === 'service' && where.state === 'confirm' && atSummary(knowledge, state, text, found, at)) ||
    (where.room === 'visit' && where.state === 'slot' && atSlots(state, text, found, at));
  if (event) return [event];
  const isWaiting =
    where.room === 'visit'
      ? where.state !== 'slot'
      : where.room === 'service' && ['filing', 'lookup'].includes(where.state);
  if (isWaiting) return [{ type: 'SAID', at }];
  return (
    polite(found, at) ??
    digression(knowledge, text, at, SURE_ENOUGH, false) ?? [{ type: 'INVALID', at, reason: 'unreadable' }]
  );
}

function atConsent(found: Set<Command>, at: number): TalkEvent | undefined {
  if (found.has('agree') || found.has('confirm')) return { type: 'AGREE', at };
  return found.has('refuse') ? { type: 'REFUSE', at } : undefined;
}

function atSummary(
  { flows }: Knowledge,
  state: TalkState,
  text: string,
  found: Set<Command>,
  at: number,
): TalkEvent | undefined {
  const match =
    /^(?:(?:ubah|ganti|koreksi|salah|perbaiki|change|edit)\s*)?(?:(?:no|nomor|nomer|number)\.?\s*)?(\d{1,2})\.?$/i.exec(
      text.trim(),
    );
  const service = serviceAt(flows, state);
  if (match && service) {
    const step = Object.keys(answersThatCount(service, state.talk, at))[Number(match[1]) - 1];
    return step ? { type: 'CHANGE', at, step } : { type: 'CHANGE_UNCLEAR', at };
  }
  if (found.has('confirm') || found.has('agree')) return { type: 'CONFIRM', at };
  const wantsChange =
    found.has('refuse') || /^(ubah|ganti|koreksi|salah|perbaiki|change|edit)\b/i.test(text.trim());
  return wantsChange ? { type: 'CHANGE_UNCLEAR', at } : undefined;
}

function atSlots(state: TalkState, text: string, found: Set<Command>, at: number): TalkEvent | undefined {
  const count = state.talk.slots?.length ?? 0;
  const match = /^(?:(?:pilih|no|nomor|jadwal|waktu|option)\.?\s*)?(\d)\.?$/i.exec(text.trim());
  if (match && Number(match[1]) >= 1 && Number(match[1]) <= count)
    return { type: 'PICK', at, index: Number(match[1]) - 1 };
  return found.has('confirm') || found.has('agree') ? { type: 'PICK', at, index: 0 } : undefined;
}

function inMenu(knowledge: Knowledge, text: string, found: Set<Command>, at: number): TalkEvent[] {
  const chosen = /^\d$/.test(text.trim())
    ? menuServices(knowledge.flows)[Number(text.trim()) - 1]
    : undefined;
  if (chosen) return [begin(knowledge.flows, chosen[0], at)];
  const said = polite(found, at);
  if (said) return said;
  if (found.has('refuse')) return [{ type: 'THANKS', at }];
  const { intent, confidence } = knowledge.understanding.intent(text);
  if (confidence < SURE_ENOUGH) return [{ type: 'INVALID', at, reason: 'unreadable' }];
  if (intent === 'petugas') return [{ type: 'OPERATOR', at }];
  if (intent === 'sapaan') return [{ type: 'GREETING', at }];
  if (intent in knowledge.flows.services) return [begin(knowledge.flows, intent, at)];
  return [{ type: 'QUESTION', at, topic: intent }];
}

function begin(flows: Flows, service: string, at: number): TalkEvent {
  return flows.services[service]?.outcome === 'answer'
    ? { type: 'INFORM', at, service }
    : { type: 'START', at, service };
}

/** A question, or a wish for a person, in the middle of something else; the form goes on after it. */
function digression(
  knowledge: Knowledge,
  text: string,
  at: number,
  sure: number,
  mustLookAsked: boolean,
): TalkEvent[] | undefined {
  const isAsked = looksAsked(text);
  if (!isAsked && (mustLookAsked || wordsOf(text).filter((word) => /[a-z]{2}/.test(word)).length < 2))
    return undefined;
  const { intent, confidence } = knowledge.understanding.intent(text);
  if (confidence < sure || intent === 'sapaan') return undefined;
  return intent === 'petugas' ? [{ type: 'OPERATOR', at }] : [{ type: 'QUESTION', at, topic: intent }];
}

function looksAsked(text: string): boolean {
  return (
    /\?\s*$/.test(text) ||
    /\b(apa|apakah|gimana|bagaimana|gmn|berapa|brp|kapan|dimana|mana|kenapa|syarat\w*|biaya|petugas|admin|operator)\b/i.test(
      text,
    )
  );
}

/** The services of the numbered menu, in the order of the file. */
export function menuServices(flows: Flows): [string, Service][] {
  return Object.entries(flows.services).filter(([, service]) => service.menu !== undefined);
}

/** The step that is being asked, if any. */
export function stepAt(flows: Flows, { where }: Pick<TalkState, 'where'>): Step | undefined {
  if (where.room !== 'service' || where.state !== 'ask') return undefined;
  return flows.services[where.service]?.steps.find(({ id }) => id === where.step);
}

/** The service that the conversation is in, if any. */
export function serviceAt(
  flows: Flows,
  { where, talk }: Pick<TalkState, 'where' | 'talk'>,
): Service | undefined {
  if (where.room === 'service') return flows.services[where.service];
  return talk.service === undefined ? undefined : flows.services[talk.service];
}
