/** Texts outside the questions of a form: the menu, the consent, the summary. */
import { answersThatCount } from '../flows/conditions.ts';
import type { Command, Flows } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { activityIn, asksNearest } from '../flows/wish/nearness.ts';
import { aboutVisit } from './about-visit.ts';
import { digression } from './digression.ts';
import { polite } from './interpret-command.ts';
import { atSlots } from './interpret-slot.ts';
import { atCancelling, atWhich } from './interpret-visits.ts';
import type { Knowledge, Moment } from './knowledge.ts';
import { menuServices, serviceAt } from './place.ts';

/** From this confidence on a citizen in the menu is taken at their word. */
const SURE_ENOUGH = 0.36;

/** What a text means where no answer to a form is awaited. */
export function elsewhere(knowledge: Knowledge, state: TalkState, text: string, moment: Moment): TalkEvent[] {
  const { where } = state;
  const at = moment.now;
  const found = knowledge.commands.find(text);
  if (text.trim() === '0') return [{ type: 'OPERATOR', at }];
  if (where.room === 'idle')
    return aboutVisit(knowledge.commands, state.talk, text, at) ?? inMenu(knowledge, text, found, at);
  if (where.room === 'visit' && where.state === 'slot') return atSlots(knowledge, state, text, found, moment);
  const event =
    (where.room === 'service' && where.state === 'consent' && atConsent(found, at)) ||
    (where.room === 'service' && where.state === 'confirm' && atSummary(knowledge, state, text, found, at)) ||
    (where.room === 'visit' && where.state === 'which' && atWhich(state, text, at)) ||
    (where.room === 'visit' && where.state === 'cancelling' && atCancelling(found, at));
  if (event) return [event];
  const isWaiting =
    where.room === 'visit'
      ? where.state !== 'which' && where.state !== 'cancelling'
      : where.room === 'service' && ['filing', 'correcting', 'lookup'].includes(where.state);
  if (isWaiting) return [{ type: 'SAID', at }];
  return (
    polite(found, at) ?? digression(knowledge, text, at) ?? [{ type: 'INVALID', at, reason: 'unreadable' }]
  );
}

function atConsent(found: ReadonlySet<Command>, at: number): TalkEvent | undefined {
  if (found.has('agree') || found.has('confirm')) return { type: 'AGREE', at };
  return found.has('refuse') ? { type: 'REFUSE', at } : undefined;
}

function atSummary(
  { flows }: Knowledge,
  state: TalkState,
  text: string,
  found: ReadonlySet<Command>,
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

function inMenu(knowledge: Knowledge, text: string, found: ReadonlySet<Command>, at: number): TalkEvent[] {
  const chosen = /^\d$/.test(text.trim())
    ? menuServices(knowledge.flows)[Number(text.trim()) - 1]
    : undefined;
  if (chosen) return [begin(knowledge.flows, chosen[0], at)];
  if (found.has('calendar')) return [{ type: 'CALENDAR', at }];
  const said = polite(found, at) ?? queueing(knowledge, text, found, at);
  if (said) return said;
  if (found.has('refuse')) return [{ type: 'THANKS', at }];
  const near = nearby(knowledge, text, at);
  if (near) return near;
  const { intent, confidence } = knowledge.understanding.intent(text);
  if (confidence < SURE_ENOUGH) return [{ type: 'INVALID', at, reason: 'unreadable' }];
  if (intent === 'petugas') return [{ type: 'OPERATOR', at }];
  if (intent === 'sapaan') return [{ type: 'GREETING', at }];
  if (intent in knowledge.flows.services) return [begin(knowledge.flows, intent, at)];
  return [{ type: 'QUESTION', at, topic: intent }];
}

/** `ANTREAN`, or `ANTREAN` and a place: a number of today, or how far it is. */
function queueing(
  { commands, places }: Knowledge,
  text: string,
  found: ReadonlySet<Command>,
  at: number,
): TalkEvent[] | undefined {
  if (found.has('queue')) return [{ type: 'QUEUE', at }];
  const place = places.find(commands.findLeading(text, 'queue') ?? '');
  return place?.isWhole ? [{ type: 'QUEUE', at, near: place.near }] : undefined;
}

/** "Di kecamatan ini bisa rekam?" asks; "mau rekam di sini" begins a service. */
const ASKS_WHERE = /\?|\b(?:bisa|bs|apakah|dimana|di mana|dmn|buka|where|can|open)\b/i;

/** The name of a kecamatan or a point, alone or in a question what can be done there; or a question for the nearest place. */
function nearby({ places }: Knowledge, text: string, at: number): TalkEvent[] | undefined {
  const isNearest = asksNearest(text);
  const place = places.find(text);
  const activity = activityIn(text);
  if (place && !place.isCommon && (place.isWhole || isNearest || (activity && ASKS_WHERE.test(text))))
    return [{ type: 'NEAR', at, near: place.near, ...(activity ? { activity } : {}) }];
  return isNearest ? [{ type: 'NEAREST', at }] : undefined;
}

function begin(flows: Flows, service: string, at: number): TalkEvent {
  return flows.services[service]?.outcome === 'answer'
    ? { type: 'INFORM', at, service }
    : { type: 'START', at, service };
}
