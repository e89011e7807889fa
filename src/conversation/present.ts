/** What the machine says, as text: keys and codes become words of `flows.yaml`, values become readable. Pure. */
import { type Mismatch, proposalFor } from '../flows/readings.ts';
import type { Flows, Service, Text } from '../flows/schema.ts';
import type { Say, SlotRemark, Talk } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { TextKey } from '../flows/text-keys.ts';
import { isOpenState, noticesFor } from './notice-lines.ts';
import { serviceAt, stepAt } from './place.ts';
import { cancelQuestion, noTimes, offered, remarkOn, whichVisit } from './present-slots.ts';
import { readable, slotLines } from './present-values.ts';
import { differences, proposal } from './read-words.ts';
import { summaryLines } from './summary.ts';
import type { ApplicationNews, Notice, StepWorld } from './types.ts';
import { dateTime, type Facts, hasKiosk, numbered, paragraphs, text, type Voice } from './voice.ts';

export interface Presenter {
  /** Empty when there is nothing to say. */
  say(say: Say, state: TalkState, world: StepWorld): string;
  /** The question of the place where the state stands; empty where the citizen is not asked anything. */
  prompt(state: TalkState, world: StepWorld): string;
  /** A value of a message template, its placeholders (office/news-kinds.ts) filled from news: Indonesian, on one line. */
  fill(pattern: string, news: ApplicationNews, state: TalkState, world: StepWorld): string;
}

interface PresenterDeps {
  flows: Flows;
  /** As they are at that time; asked for at every message, so from memory. */
  facts(now: number): Facts;
  timeZone: string;
}

/** Reads texts and facts; says nothing by itself. */
export function createPresenter(deps: PresenterDeps): Presenter {
  const voice = (talk: Talk, world: StepWorld): Voice => ({
    ...deps,
    facts: deps.facts(world.now),
    language: talk.language,
    form: world.can.textForm,
    world,
  });
  return {
    say: (say, state, world) => spoken(voice(state.talk, world), say, state),
    prompt: (state, world) => question(voice(state.talk, world), state),
    fill: (pattern, news, state, world) =>
      filledIn({ ...voice(state.talk, world), language: 'id', form: 'long' }, pattern, news, state),
  };
}

function spoken(voice: Voice, { key, values, files }: Say, state: TalkState): string {
  const { flows } = voice;
  switch (key) {
    case 'error':
      return refusal(voice, values, state);
    case 'readDiffers': {
      const service = serviceAt(flows, state);
      const found = values.found as unknown as Mismatch[];
      return service ? differences(voice, service, state.talk.answers, found) : '';
    }
    case 'inform':
      return information(voice, flows.services[String(values.service)]);
    case 'answer':
      return answerTo(voice, String(values.topic), state);
    case 'recheck':
      return text(voice, flows.texts.recheck, {
        warning: text(voice, flows.warnings[String(values.warning)]),
      });
    case 'handoff':
      return text(voice, handoffText(flows, String(values.reason)), {
        answerBy: dateTime(voice, Number(values.answerBy)),
      });
    case 'noSlots':
      return noTimes(voice, values.remark as unknown as SlotRemark | undefined);
    case 'unknownKind':
      return text(voice, flows.texts.unknownKind, { kind: kindOf(flows, String(values.kind)) });
    case 'submitted':
      return paragraphs(voice, [
        known(voice, key, values, state),
        notices(voice, flows.services[state.talk.applicationService ?? '']),
      ]);
    case 'statusFound':
      return paragraphs(voice, [
        known(voice, key, values, state),
        isOpenState(String(values.state)) ? notices(voice, flows.services[String(values.service)]) : '',
      ]);
    case 'newsDelayed':
      return paragraphs(voice, [
        known(voice, key, values, state),
        notices(voice, flows.services[String(values.service)]),
      ]);
    case 'newsResult': {
      const isLink = values.url !== undefined && !(voice.world.can.mediaOut && files.length > 0);
      const kiosk = kioskFor(voice, flows.services[String(values.service)]);
      return paragraphs(voice, [known(voice, isLink ? 'newsResultLink' : key, values, state), kiosk]);
    }
    case 'newsLetter': {
      const isLink = values.url !== undefined && !(voice.world.can.mediaOut && files.length > 0);
      return known(voice, isLink ? 'newsLetterLink' : key, values, state);
    }
    case 'slotBroken':
      return remarkOn(voice, values as unknown as SlotRemark);
    case 'formToSign':
      return paragraphs(voice, [question(voice, state), known(voice, key, values, state)]);
    default:
      return known(voice, key, values, state);
  }
}

function filledIn(voice: Voice, pattern: string, news: ApplicationNews, state: TalkState): string {
  const { answers: _answers, files: _files, ...said } = news;
  const values = readable(voice, { refused: [], ...said }, state);
  const list = String(values.list).replace(/^- /gm, '').replaceAll('\n', '; ');
  // Without the visit that it names there is nothing to say: another template may do.
  const isSaid = (news.slot || !/\{(slot|place)\}/.test(pattern)) && (news.was || !pattern.includes('{was}'));
  return isSaid ? text(voice, { id: pattern, en: pattern }, { ...values, list }) : '';
}

function known(voice: Voice, key: string, values: Say['values'], state: TalkState): string {
  return text(voice, voice.flows.texts[key as keyof Flows['texts']], readable(voice, values, state));
}

/** What the office cannot do for now, as far as it concerns a service; until when nobody may know. */
function notices(voice: Voice, service: Service | undefined): string {
  const { texts, labels } = voice.flows;
  const said = noticesFor(voice.world.notices ?? [], service).map(({ kind, until, reason }: Notice) =>
    text(voice, kind === 'siak' ? texts.noticeSiak : texts.noticeBlangko, {
      until: until === undefined ? labels.unknown : dateTime(voice, until),
      reason: reason ?? '',
    }).trim(),
  );
  return paragraphs(voice, said);
}

/** Where else the document can be printed, if it can. */
function kioskFor(voice: Voice, service: Service | undefined): string {
  const isPrinted = service?.result?.delivery.includes('kiosk') === true && hasKiosk(voice);
  return isPrinted ? text(voice, voice.flows.texts.newsKiosk) : '';
}

function question(voice: Voice, state: TalkState): string {
  const { where, talk } = state;
  const { flows } = voice;
  const { can, now } = voice.world;
  const service = serviceAt(flows, state);
  if (where.room === 'visit') return visitQuestion(voice, state);
  if (where.room !== 'service' || !service) return '';
  if (where.state === 'consent') return consent(voice, service);
  if (where.state === 'confirm')
    return text(voice, flows.texts.summary, { items: summaryLines({ ...voice, service, talk, now }) });
  if (where.state !== 'ask') return '';
  const step = stepAt(flows, state);
  const read = step && proposalFor(service, talk, step, now);
  if (step && read !== undefined) return proposal(voice, step, read);
  if (step?.ask === 'choice') return `${text(voice, step.text)}\n${optionLines(voice, step.options)}`;
  if (step && can.mediaOut && talk.formFor === step.id) return '';
  if (step?.ask !== 'document' || can.mediaIn) return text(voice, step?.text);
  return talk.link?.step === step.id
    ? paragraphs(voice, [
        text(voice, step.text),
        text(voice, flows.texts.documentBySms, { url: talk.link.url }),
      ])
    : '';
}

function visitQuestion(voice: Voice, { where, talk }: TalkState): string {
  if (where.room !== 'visit') return '';
  if (where.state === 'slot') return offered(voice, talk);
  if (where.state === 'which') return whichVisit(voice, talk);
  return where.state === 'cancelling' ? cancelQuestion(voice, talk) : '';
}

function optionLines(voice: Voice, options: { label: { id: string; en: string } }[]): string {
  return numbered(
    voice,
    options.map(({ label }, i) => [i + 1, label[voice.language]]),
  );
}

function consent(voice: Voice, service: Service): string {
  const { texts, privacy } = voice.flows;
  return paragraphs(voice, [
    text(voice, service.intro),
    text(voice, service.requirements),
    notices(voice, service),
    text(voice, texts.consent, { service: service.title, days: privacy.retentionDays }),
  ]);
}

function information(voice: Voice, service: Service | undefined): string {
  return paragraphs(voice, [text(voice, service?.intro), text(voice, service?.requirements)]);
}

function answerTo(voice: Voice, topic: string, state: TalkState): string {
  const { flows } = voice;
  if (topic === 'persyaratan') {
    const service = serviceAt(flows, state);
    if (service?.requirements) return text(voice, service.requirements);
  }
  if (topic in flows.services) return information(voice, flows.services[topic]);
  const known = flows.faq[topic];
  if (!known) return text(voice, flows.texts.outOfScope);
  return text(voice, known.kiosk && hasKiosk(voice) ? known.kiosk : known.answer);
}

/** Why an answer is not taken; what there is to choose from may be days up in the chat, so it is told again. */
function refusal(voice: Voice, { reason, page, of }: Say['values'], state: TalkState): string {
  const step = stepAt(voice.flows, state);
  // Which visit, or whether to cancel it: the question says all there is to say.
  if (state.where.room === 'visit' && state.where.state !== 'slot') return visitQuestion(voice, state);
  const slots = slotLines(voice, state.talk.slots ?? []);
  const error = text(voice, errorText(voice.flows, state, String(reason)), { slots });
  if (typeof page === 'number' && typeof of === 'number')
    return text(voice, voice.flows.texts.albumRefused, { page, of, why: error });
  return step?.ask === 'choice' ? `${error}\n${optionLines(voice, step.options)}` : error;
}

/** Why a wish at the offered times is not taken (interpret-slot.ts). */
const SLOT_ERRORS: { [reason: string]: TextKey } = {
  'wish-date': 'wishDate',
  'wish-hour': 'wishHour',
  'wish-past': 'wishPast',
  place: 'placeUnknown',
};

function errorText(flows: Flows, state: TalkState, reason: string): Text | undefined {
  const { where } = state;
  if (where.room === 'visit' && where.state === 'slot')
    return flows.texts[SLOT_ERRORS[reason] ?? 'slotUnclear'];
  if (where.room === 'service' && where.state === 'confirm') return flows.texts.confirmUnclear;
  if (where.room === 'service' && where.state === 'consent') return flows.texts.consentUnclear;
  const errors = flows.errors[stepAt(flows, state)?.ask ?? ''];
  return errors?.[reason] ?? errors?.default;
}

function handoffText(flows: Flows, reason: string): Text {
  if (reason === 'upset') return flows.texts.handoffUpset;
  if (reason === 'complaint') return flows.texts.handoffComplaint;
  return reason === 'remote-trouble' || reason === 'bug' ? flows.texts.handoffTrouble : flows.texts.handoff;
}

function kindOf(flows: Flows, kind: string): { id: string; en: string } {
  return kind in flows.labels ? flows.labels[kind as keyof Flows['labels']] : flows.labels.message;
}
