/**
 * Walks every path of every service, on both channels and in both languages, to its end. Paths that lead to the same
 * question with the same answers to what later questions depend on are walked on once.
 */
import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../src/channels/segments.ts';
import type { ChannelKind, Conversation, Entry } from '../../src/conversation/types.ts';
import { answersThatCount, holds } from '../../src/flows/conditions.ts';
import type { Language, Service, Step } from '../../src/flows/schema.ts';
import type { Answers, Talk } from '../../src/flows/talk.ts';
import { type Choice, choicesAt, isLookedAt, outcomesAfter, SECRETS, say } from './answers.ts';
import { type Played, play, tell } from './play.ts';
import { createTalking, NOW, newConversation, realFlows } from './world.ts';

const talking = createTalking(realFlows());
const { flows } = talking;

interface Walk {
  id: string;
  service: Service;
  channel: ChannelKind;
  seen: Set<string>;
  /** Questions at which the commands were tried. */
  tried: Set<string>;
  ends: number;
}

function talkOf(conversation: Conversation): Talk {
  return (conversation.snapshot as unknown as { context: Talk }).context;
}

const describeNow = (conversation: Conversation) => talking.describe(conversation, NOW);

/** Follows every choice from here, deep first. */
function walk(route: Walk, conversation: Conversation): void {
  const { step: name, expects } = describeNow(conversation);
  const step = route.service.steps.find(({ id }) => id === name);
  const { answers, counter } = talkOf(conversation);
  const outcomes = outcomesAfter(
    route.service,
    answersThatCount(route.service, talkOf(conversation), NOW),
    name,
  );
  const key = [name, outcomes, counter ?? false, JSON.stringify(answers).includes('"counter":true')].join();
  if (route.seen.has(key)) return;
  route.seen.add(key);
  if (!route.tried.has(String(name))) commandsWork(conversation);
  route.tried.add(String(name));
  if (!step) {
    expect(expects).toBe('confirm');
    finish(route, conversation);
    return;
  }
  expect(expects).toBe(step.ask);
  const choices = choicesAt(route.service, step, conversation);
  const areAllAlike = step.ask !== 'document' && !isLookedAt(route.service, step.id);
  const again = route.tried.has(`every choice of ${name}`);
  route.tried.add(`every choice of ${name}`);
  for (const choice of areAllAlike && again ? choices.slice(0, 1) : choices)
    walk(route, answer(route, conversation, step, choice));
}

function answer(route: Walk, conversation: Conversation, step: Step, choice: Choice): Conversation {
  let turn = tell(talking, conversation, choice.content);
  if (talkOf(turn.conversation).recheck?.step === step.id) {
    spokenWell(turn, route.channel);
    turn = tell(talking, turn.conversation, choice.content);
  }
  spokenWell(turn, route.channel);
  const where = `${route.id} ${step.id} = ${choice.kind || JSON.stringify(choice.content)}`;
  expect(talkOf(turn.conversation).answers[step.id], `${where} was taken`).toBeDefined();
  asksOnce(turn, `after ${where}`);
  return turn.conversation;
}

/** Whatever is said: something, without holes, without secrets, and on SMS cheap. */
function spokenWell({ said }: Played, channel: ChannelKind): void {
  for (const { text } of said) {
    if (/\{\w+\}|undefined|\[object|\bnull\b|NaN/.test(text)) expect(text).toBe('a text without holes');
    for (const secret of SECRETS)
      if (text.includes(secret)) expect(text).toBe('a text without a whole NIK or KK');
  }
  if (channel === 'sms') for (const entry of said) cheap(entry);
}

function cheap({ text }: Entry): void {
  const { encoding, segments, notGsm7 } = smsSegments(text);
  if (encoding !== 'GSM-7' || segments > 2)
    expect({ text, notGsm7, segments }).toBe('an SMS of two segments');
}

/** The question of the place stands once, at the end of the last message, in words. */
function asksOnce({ conversation, said }: Played, where: string): void {
  const last = said.at(-1)?.text ?? '';
  expect(last, `${where}: a question is asked`).not.toBe('');
  const { step, service } = describeNow(conversation);
  const found = flows.services[service ?? '']?.steps.find(({ id }) => id === step);
  if (!found) return;
  const language = talkOf(conversation).language;
  const { text } = found;
  const chosen = conversation.channel === 'sms' ? (text.sms ?? text)[language] : text[language];
  const opening = chosen.replaceAll('*', '').slice(0, 25);
  const all = said.map((entry) => entry.text.replaceAll('*', '').replaceAll('\n', ' ')).join(' ');
  expect(all.split(opening.replaceAll('\n', ' ')).length - 1, `${where}: "${opening}" asked once`).toBe(1);
}

/** BATAL, MENU and PETUGAS are heard everywhere, and nothing is lost by the two that can be taken back. */
function commandsWork(conversation: Conversation): void {
  const { channel } = conversation;
  const here = describeNow(conversation);
  const menu = tell(talking, conversation, say('MENU'));
  expect(describeNow(menu.conversation).expects).toBe('menu');
  const cancelled = tell(talking, conversation, say('BATAL'));
  expect(describeNow(cancelled.conversation).expects).toBe('menu');
  const officer = tell(talking, conversation, say('PETUGAS'));
  expect(officer.conversation.attention).toMatchObject({ status: 'waiting', reason: 'asked' });
  const back = play(talking, officer.conversation, {
    type: 'operator.resolve',
    operator: { id: 'o', name: 'Ani' },
  });
  expect(describeNow(back.conversation)).toEqual(here);
  expect(talkOf(back.conversation).answers).toEqual(talkOf(conversation).answers);
  for (const turn of [menu, cancelled, officer, back]) {
    spokenWell(turn, channel);
    expect(turn.said.length).toBeGreaterThan(0);
  }
  if (Object.keys(talkOf(conversation).answers).length > 0)
    for (const away of [menu, cancelled])
      expect(describeNow(tell(talking, away.conversation, say('LANJUT')).conversation)).toMatchObject({
        service: here.service,
        step: here.step,
        answers: here.answers,
      });
}

/** Sends it: exactly the answers that apply are filed, and the talk ends in the menu with number and receipt. */
function finish(route: Walk, conversation: Conversation): void {
  route.ends++;
  const { service } = route;
  const sent = tell(talking, conversation, say('ya'));
  const submit = sent.effects.find(({ type }) => type === 'submit');
  const filed = submit?.params.answers as unknown as Answers;
  expect(filed).toEqual(answersThatCount(service, talkOf(conversation), NOW));
  expect(Object.keys(filed)).toEqual(applicable(service, filed));
  for (const step of service.steps) {
    if (step.ask === 'document' && filed[step.id]?.v) expect(filesOrCounter(filed[step.id]?.v)).toBe(true);
  }
  const turns = [sent];
  if (describeNow(sent.conversation).expects === 'slot') {
    commandsAtSlots(sent.conversation);
    turns.push(tell(talking, sent.conversation, say('2')));
  }
  for (const turn of turns) spokenWell(turn, route.channel);
  const end = turns.at(-1);
  expect(end && describeNow(end.conversation)).toMatchObject({ status: 'idle', expects: 'menu' });
  expect(turns.flatMap(({ effects }) => effects).filter(({ type }) => type === 'receipt')).toHaveLength(1);
  expect(turns.map(({ said }) => said.map(({ text }) => text).join()).join()).toMatch(/\bKL-2611-0001-\d\b/);
}

/** The steps whose conditions hold for exactly these answers. */
function applicable(service: Service, answers: Answers): string[] {
  return service.steps.filter(({ when }) => holds(when, answers, NOW)).map(({ id }) => id);
}

function filesOrCounter(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('files' in value || 'counter' in value);
}

function commandsAtSlots(conversation: Conversation): void {
  for (const words of ['MENU', 'BATAL', 'STOP', 'CEK STATUS']) {
    const { effects } = tell(talking, conversation, say(words));
    expect(
      effects.map(({ type }) => type),
      `${words} at the times`,
    ).toContain('book');
  }
}

function begin(id: string, channel: ChannelKind, language: Language): Conversation {
  let { conversation } = tell(talking, newConversation(channel), say(language === 'id' ? 'halo' : 'english'));
  const at = Object.entries(flows.services)
    .filter(([, { menu }]) => menu)
    .findIndex(([service]) => service === id);
  const opened = tell(talking, conversation, say(String(at + 1)));
  expect(describeNow(opened.conversation)).toMatchObject({ service: id, expects: 'consent' });
  spokenWell(opened, channel);
  commandsWork(opened.conversation);
  conversation = tell(talking, opened.conversation, say('SETUJU')).conversation;
  return conversation;
}

const filing = Object.entries(flows.services).filter(([, { outcome }]) => outcome === 'application');

describe.each(filing)('%s', (id, service) => {
  it.each([
    ['whatsapp', 'id'],
    ['whatsapp', 'en'],
    ['sms', 'id'],
    ['sms', 'en'],
  ] as const)('comes to its end on every path, on %s in %s', (channel, language) => {
    const route: Walk = { id, service, channel, seen: new Set(), tried: new Set(), ends: 0 };
    walk(route, begin(id, channel, language));
    expect(route.ends).toBeGreaterThan(0);
    expect(service.steps.filter((step) => !route.tried.has(step.id))).toEqual([]);
  });
});
