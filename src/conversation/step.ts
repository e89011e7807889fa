/**
 * One step of a conversation: `(conversation, event, now) -> what to commit`. Pure: no I/O, no clock, no random. The
 * same input gives the same commit, down to the ids.
 */

import { durationMs } from '../flows/compile.ts';
import { serviceHashes } from '../flows/hash.ts';
import { isNeedless } from '../flows/news.ts';
import type { TalkAction, TalkEvent } from '../flows/talk.ts';
import type { TalkMachine, TalkState } from '../flows/talk-machine.ts';
import type { Json } from '../json.ts';
import type { Template } from '../office/templates.ts';
import type { Window } from '../office.ts';
import { attentionAfter, phoneClaim } from './attention.ts';
import { BURST_TIMER, hear, PHONE_TIMER } from './hear.ts';
import { inboundEntry } from './inbound-entry.ts';
import type { Knowledge } from './knowledge.ts';
import { maxFileBytes } from './media-limits.ts';
import { type Resumed, resume } from './migrate.ts';
import { caughtUp, isWholeInTemplate, isWindowClosed, templateFor } from './news-template.ts';
import { officeWrites } from './office-writes.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import type { Presenter } from './present.ts';
import { intoDaytime } from './quiet-hours.ts';
import { noteRefusal } from './refusal-note.ts';
import { countsOf } from './step-counts.ts';
import type { ApplicationNews, Commit, Conversation, Event, StepWorld, StoredFile } from './types.ts';
import { hoursFor } from './unasked.ts';
import { understoodFrom } from './understood.ts';

export interface StepDeps {
  machine: TalkMachine;
  knowledge: Knowledge;
  presenter: Presenter;
  timeZone: string;
  /** When an SMS may come unasked (office.yaml). */
  smsHours?: Window;
  /** Messages that WhatsApp has approved (office.yaml). */
  templates?: readonly Template[];
}

export type Step = (conversation: Conversation, event: Event, world: StepWorld) => Commit;

/** Builds the step function for one set of flows. */
export function createStep(deps: StepDeps): Step {
  const hashes = serviceHashes(deps.knowledge.flows);
  return (conversation, event, world) => {
    const next: Conversation = { ...conversation, version: conversation.version + 1 };
    const out = createOutgoing(next, world);
    const inbound = event.type === 'citizen.message' ? inboundEntry(next, event) : undefined;
    if (event.type === 'citizen.message' && (!event.by || next.channel === 'counter'))
      next.lastInboundAt = event.at;
    const resumed = resume(deps.machine, hashes, conversation, world.now);
    if (world.flood) {
      if (world.flood === 'told') out.say(floodText(deps, resumed.state, world));
      return { conversation: next, ...marks(event), ...out.commit(inbound ? [inbound] : []) };
    }
    if (event.type === 'application.news' && putsOff(deps, event.news, resumed.state, { next, out, world }))
      return { conversation: next, ...marks(event), ...out.commit([]) };
    if (event.type === 'citizen.message') hangUp(deps, resumed, next, world.now);
    let heard = hear(deps.knowledge, resumed.state, conversation, event, {
      now: world.now,
      can: world.can,
      entry: inbound?.id ?? '',
      from: conversation.address,
    });
    if (event.type === 'citizen.message' && next.putOff && !isWindowClosed(next, world)) {
      heard = caughtUp(next.putOff, heard, world.now);
      delete next.putOff;
    }
    next.held = heard.held;
    if (heard.wait) out.timer(BURST_TIMER, world.now + durationMs(deps.knowledge.flows.timing.burst));
    else if (conversation.held.length > 0) out.cancelTimer(BURST_TIMER);
    const events = resumed.isMoved ? heard.events.filter(isHeardAnywhere) : heard.events;
    const understood = inbound && understoodFrom(events, resumed.state);
    if (understood) inbound.understood = understood;
    const counts: string[] = [];
    const state = run(deps, resumed, events, { out, world, counts });
    amend(event, out);
    noteRefusal(deps.knowledge.flows, event, state, out);
    const isTaken = officeWrites(deps.knowledge.flows, event, out, { before: conversation, state, events });
    finish(next, state, hashes, event, world);
    const phone = event.type === 'phone.reply' ? phoneClaim(next.attention) : undefined;
    if (phone) out.timer(PHONE_TIMER, phone.until);
    return {
      conversation: next,
      ...(isTaken ? marks(event) : {}),
      ...out.commit(inbound ? [inbound] : []),
      ...(counts.length > 0 ? { counts } : {}),
    };
  };
}

/**
 * News that cannot go as it is, and for which a template can: the machine hears of it when the citizen writes. Two that
 * would read alike (a document and its PIN) are one message.
 */
function putsOff(
  deps: StepDeps,
  news: ApplicationNews,
  state: TalkState,
  { next, out, world }: { next: Conversation; out: Outgoing; world: StepWorld },
): boolean {
  if (!isWindowClosed(next, world)) return false;
  // The machine says nothing of it either.
  if (isNeedless(state.talk, news, world.now)) return false;
  const { presenter, templates = [] } = deps;
  const read = (one: ApplicationNews) => templateFor({ presenter, templates }, one, state, world);
  const instead = read(news);
  if (!instead) return false;
  const { putOff = [] } = next;
  if (!putOff.some((one) => read(one)?.text === instead.text)) out.reply('bot', instead);
  if (!isWholeInTemplate(news)) next.putOff = [...putOff, news];
  return true;
}

/** The claim of who answered from the phone has run out, and its timer has not come yet: the bot answers again. */
function hangUp(deps: StepDeps, resumed: Resumed, next: Conversation, now: number): void {
  const claim = phoneClaim(next.attention);
  if (!claim || claim.until > now || (claim.unanswered ?? 0) > 0) return;
  const { state, actions } = deps.machine.advance(resumed.state, { type: 'HUNG_UP', at: now });
  resumed.state = state;
  resumed.actions.push(...actions.filter(isQuiet));
  next.attention = { status: 'bot' };
}

/** What of a return to the bot happens without a word. */
function isQuiet(action: TalkAction): boolean {
  if (action.type === 'effect') return action.effect.type !== 'link';
  return action.type === 'timer' || action.type === 'cancel-timer';
}

/** What counts although the citizen has not seen the question. */
const ANYWHERE = new Set<TalkEvent['type']>([
  'MENU',
  'CANCEL',
  'OPERATOR',
  'UPSET',
  'STOP',
  'HELP',
  'OFFICIAL',
  'LANGUAGE',
  'CLAIM',
  'NEWS',
  'TROUBLE',
]);

function isHeardAnywhere({ type }: TalkEvent): boolean {
  return ANYWHERE.has(type);
}

/** Tells the events to the machine one by one, and asks the question of the place where it all ends. */
function run(
  deps: StepDeps,
  resumed: Resumed,
  events: TalkEvent[],
  { out, world, counts }: { out: Outgoing; world: StepWorld; counts: string[] },
): TalkState {
  let { state, actions } = resumed;
  let isAsked = false;
  const performAll = (at: TalkState) => {
    for (const action of actions) {
      if (action.type === 'prompt') isAsked = true;
      else perform(deps, action, at, out, world);
    }
  };
  performAll(state);
  for (const event of events) {
    const before = state;
    ({ state, actions } = deps.machine.advance(state, event));
    if (event.type === 'HUNG_UP') actions = actions.filter(isQuiet);
    counts.push(...countsOf(before, event, state));
    performAll(state.where.room === 'idle' ? spokenFrom(before, state) : state);
  }
  if (isAsked) out.say(deps.presenter.prompt(state, world));
  return state;
}

/** What is said on the way out of a service still speaks of that service. */
function spokenFrom(before: TalkState, after: TalkState): TalkState {
  return { ...after, talk: { ...before.talk, language: after.talk.language } };
}

function perform(
  deps: StepDeps,
  action: TalkAction,
  state: TalkState,
  out: Outgoing,
  world: StepWorld,
): void {
  const { can, now } = world;
  if (action.type === 'say') {
    const files = can.mediaOut ? (action.say.files as unknown as StoredFile[]) : [];
    out.say(deps.presenter.say(action.say, state, world), files, action.say.alone);
  } else if (action.type === 'effect') {
    const { type, params } = action.effect;
    // What a phone can do is not the flow's business: a link to upload is for those that cannot send files, a form to
    // print for those that take some.
    if (type === 'link' && can.mediaIn) return;
    if (type === 'form' && !can.mediaOut) return;
    if (type === 'receipt') out.effect(type, { ...params, asLink: !can.mediaOut });
    else if (type === 'calendar')
      out.effect(type, { ...params, asLink: maxFileBytes(can, 'text/calendar') === 0 });
    else out.effect(type, params);
  } else if (action.type === 'timer') {
    const dueAt = now + action.delayMs;
    const isNudge = action.id.includes('.nudge.');
    out.timer(action.id, isNudge ? intoDaytime(dueAt, deps.timeZone, hoursFor(can, deps.smsHours)) : dueAt);
  } else if (action.type === 'cancel-timer') {
    out.cancelTimer(action.id);
  }
}

/** Files that intake fetched or recognised are noted on the message that brought them. */
function amend(event: Event, out: Outgoing): void {
  if (event.type !== 'effect.done' || event.effectType !== 'intake') return;
  const result = event.result as { ok: boolean; files?: Json };
  if (result.ok && typeof event.params.entry === 'string')
    out.amend(event.params.entry, result.files as unknown as StoredFile[]);
}

function finish(
  next: Conversation,
  state: TalkState,
  hashes: Map<string, string>,
  event: Event,
  { now }: StepWorld,
): void {
  next.snapshot = state.stored();
  // Only a draft depends on the questions of its service; what is filed does not.
  const { service, draft } = state.talk;
  const isInForm = state.where.room !== 'idle' && draft !== undefined && service !== undefined;
  next.flow = isInForm ? (hashes.get(service) ?? '') : '';
  next.attention = attentionAfter(next.attention, state, event, now);
  const filed =
    event.type === 'effect.done' && event.effectType === 'submit'
      ? (event.result as { number: string }).number
      : undefined;
  if (filed && !next.applications.includes(filed)) next.applications = [...next.applications, filed];
}

/** Events of which the same may come again, and the name of their marks. */
const MARKED: { readonly [Type in Event['type']]?: string } = {
  'operator.reply': 'reply',
  'operator.note': 'note',
  'operator.answer': 'answer',
  'phone.reply': 'phone',
  'application.news': 'news',
};

function marks(event: Event): Pick<Commit, 'inbound' | 'effectDone' | 'timerDone'> {
  if (event.type === 'citizen.message') return { inbound: event.id };
  const kind = MARKED[event.type];
  if (kind && 'id' in event) return { inbound: `${kind}:${event.id}` };
  if (event.type === 'effect.done' || event.type === 'effect.failed') return { effectDone: event.effect };
  return event.type === 'timer.due' ? { timerDone: { id: event.timer, dueAt: event.dueAt } } : {};
}

function floodText(deps: StepDeps, state: TalkState, world: StepWorld): string {
  return deps.presenter.say({ key: 'slowDown', values: {}, files: [] }, state, world);
}
