/** The values that fill the placeholders of texts, made readable for people. */
import { answersThatCount } from '../flows/conditions.ts';
import { isBrought } from '../flows/draft.ts';
import { formatSlot } from '../flows/format.ts';
import type { Service } from '../flows/schema.ts';
import type { OfferedSlot, Say, Talk } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Values } from '../flows/texts.ts';
import type { Json } from '../json.ts';
import { menuServices, serviceAt } from './place.ts';
import { placeValues } from './place-values.ts';
import { queueValues } from './queue-values.ts';
import { dateTime, numbered, text, type Voice } from './voice.ts';

/** Values that texts show to people: titles for ids, dates for instants, names of states. */
export function readable(voice: Voice, values: Say['values'], state: TalkState): Values {
  const { flows } = voice;
  const service =
    typeof values.service === 'string' ? flows.services[values.service] : serviceAt(flows, state);
  const slot = isSlot(values) ? values : isSlot(values.slot) ? values.slot : undefined;
  return {
    menu: menu(voice),
    service: service?.title ?? '',
    document: isWords(values.document) ? values.document : (service?.result?.document ?? ''),
    bring: bringing(voice, service, slot ? visitOf(values, slot, state.talk) : state.talk),
    reason: typeof values.reason === 'string' ? values.reason : flows.labels.none,
    list: refusals(voice, service, values.refused),
    ...(typeof values.number === 'string' ? { number: values.number } : {}),
    ...(typeof values.pin === 'string' ? { pin: values.pin } : {}),
    ...(typeof values.url === 'string' ? { url: values.url } : {}),
    ...(typeof values.until === 'number' ? { until: dateTime(voice, values.until) } : {}),
    ...(isSlot(values.was) ? { was: slotText(voice, values.was) } : {}),
    ...(isWords(values.why) ? { why: values.why } : {}),
    due: typeof values.dueAt === 'number' ? dateTime(voice, values.dueAt) : flows.labels.unknown,
    ...(typeof values.state === 'string' ? { state: flows.states[values.state] ?? values.state } : {}),
    ...(typeof values.pages === 'number' ? { pages: values.pages } : {}),
    ...(typeof values.max === 'number' ? { max: values.max } : {}),
    ...(slot
      ? { slot: slotText(voice, slot), place: placeText(voice, slot) }
      : { slot: flows.labels.none, place: flows.labels.none }),
    ...queueValues(voice, values),
    ...placeValues(voice, values),
  };
}

/** What was refused and why, a line each. */
function refusals({ language }: Voice, service: Service | undefined, refused: Json | undefined): string {
  if (!Array.isArray(refused)) return '';
  const lines = (refused as { step: string; reason: string }[]).map(({ step, reason }) => {
    const label = service?.steps.find(({ id }) => id === step)?.label[language] ?? step;
    return `- ${label}: ${reason}`;
  });
  return lines.join('\n');
}

function isWords(value: unknown): value is { id: string; en: string } {
  return typeof value === 'object' && value !== null && 'id' in value && 'en' in value;
}

function isSlot(value: unknown): value is OfferedSlot {
  return typeof value === 'object' && value !== null && 'startAt' in value && 'place' in value;
}

function menu(voice: Voice): string {
  const { flows, language } = voice;
  const services = menuServices(flows).map(([, { menu: label, title }], i): [number, string] => [
    i + 1,
    (label ?? title)[language],
  ]);
  return numbered(voice, [...services, [0, flows.labels.operator[language]]]);
}

/** A time, with its zone. */
export function slotText(voice: Voice, slot: OfferedSlot): string {
  return formatSlot(slot, voice.language, voice.timeZone, voice.form);
}

/** One line a time; the place stands once when it is the same for all. */
export function slotLines(voice: Voice, slots: OfferedSlot[]): string {
  const places = new Set(slots.map((slot) => placeText(voice, slot)));
  const lines = slots.map((slot, i) => {
    const place = places.size > 1 ? `, ${placeText(voice, slot)}` : '';
    return voice.form === 'sms'
      ? `${i + 1}) ${slotText(voice, slot)}${place}`
      : `*${i + 1}* ${slotText(voice, slot)}${place}`;
  });
  const [only] = places;
  return places.size === 1 ? [...lines, only].join('\n') : lines.join('\n');
}

/** Name and address, and how far it is where that is known. */
function placeText({ language }: Voice, { place, distanceKm }: OfferedSlot): string {
  if (distanceKm === undefined) return place[language];
  const km = String(distanceKm);
  return `${place[language]} (${language === 'id' ? km.replace('.', ',') : km} km)`;
}

/** News of a case is not about the draft that is being filled in: it says itself which papers were not sent. */
function visitOf(values: Say['values'], { activity }: OfferedSlot, talk: Talk): Bringing {
  if (typeof values.service !== 'string') return { ...talk, activity };
  return { answers: (values.answers ?? {}) as unknown as Talk['answers'], activity };
}

type Bringing = Pick<Talk, 'answers' | 'activity' | 'counter'>;

/** What to have along: what the service names, and the papers that were not sent. */
function bringing(voice: Voice, service: Service | undefined, talk: Bringing): string {
  if (!service) return '';
  // What the service names is for its own visit.
  if (talk.activity === 'pickup' && service.visit?.activity !== 'pickup')
    return voice.flows.labels.collection[voice.language];
  const answers = answersThatCount(service, talk, voice.world.now);
  const papers = service.steps
    .filter(({ id, ask }) => ask === 'document' && isBrought(answers[id]))
    .map(({ label }) => label[voice.language]);
  const parts = [text(voice, service.bring), ...papers].filter((part) => part !== '');
  return parts.join('; ') || voice.flows.labels.identity[voice.language];
}
