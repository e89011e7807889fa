/** The promises of a chaos run, each a check over plain data; nothing here knows how the data came about. */
import { isDeepStrictEqual } from 'node:util';
import { isNumber } from '../../src/applications/number.ts';
import type { Entry } from '../../src/conversation/types.ts';
import { chainHash, FIRST_HASH } from '../../src/store/audit-chain.ts';
import type { Ending, Outcome } from './gather.ts';

/** One promise that was not kept. `where`: a conversation, a slot, a number. */
export interface Broken {
  promise: PromiseName;
  where: string;
  expected: unknown;
  seen: unknown;
}

/** Every promise, and how it is checked. */
export const PROMISES = {
  'each script comes to its end': each(ended),
  'each accepted message is in the transcript exactly once, in order': each(heard),
  'each reply was seen by the provider exactly once, in order': each(replied),
  'each filing citizen has one application, with the right answers and files': each(filed),
  'a person has the chat when the script says so, and gives it back': each(attended),
  'each visit has one booking': each(booked),
  'no slot is over its capacity': slotsHold,
  'numbers are unique and carry their check digit': numbersHold,
  'the audit chain is whole': chainHolds,
  'nothing is left to do: effects, timers, queue': nothingLeft,
  'nothing was given up': nothingBuried,
} as const satisfies Record<string, Check>;

export type PromiseName = keyof typeof PROMISES;
type Finding = Omit<Broken, 'promise'>;
type Check = (outcome: Outcome) => Finding[];

/** All promises that were not kept. */
export function check(outcome: Outcome): Broken[] {
  const names = Object.keys(PROMISES) as PromiseName[];
  return names.flatMap((promise) => PROMISES[promise](outcome).map((finding) => ({ promise, ...finding })));
}

/** A check of one citizen at a time: `[what is expected, what is seen]`, nothing when both are the same. */
function each(look: (ending: Ending) => [expected: unknown, seen: unknown]): Check {
  return ({ endings }) =>
    endings.flatMap((ending) => {
      const [expected, seen] = look(ending);
      return isDeepStrictEqual(expected, seen) ? [] : [{ where: ending.id, expected, seen }];
    });
}

function ended({ stuck }: Ending): [unknown, unknown] {
  return [undefined, stuck];
}

function heard({ sent, transcript }: Ending): [unknown, unknown] {
  const inbound = transcript.filter(({ direction }) => direction === 'in');
  return [sent, inbound.map(({ providerId, text }) => ({ sid: providerId?.replace('twilio:', ''), text }))];
}

/** Parts of one long message go separately, so that words are compared, not messages; each outbound entry has its SID. */
function replied({ replies, transcript }: Ending): [unknown, unknown] {
  const outbound = transcript.filter(({ direction }) => direction === 'out');
  const sids = replies.map(({ sid }) => sid);
  const isNoted = ({ providerId, status }: Entry) =>
    sids.includes(String(providerId)) && ['queued', 'sent', 'delivered', 'read'].includes(status);
  const [said, seen] = [outbound.map(wordsOf).join(''), replies.map(wordsOf).join('')];
  const from = Math.max(0, firstDifference(said, seen) - 40);
  return [
    { words: said.slice(from, from + 160), notNoted: [], sids: outbound.length },
    {
      words: seen.slice(from, from + 160),
      notNoted: outbound.filter((entry) => !isNoted(entry)).map(({ id }) => id),
      sids: new Set(outbound.map(({ providerId }) => providerId)).size,
    },
  ];
}

/** Where two texts begin to differ; their length when they do not. */
function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Without white space, at which long texts are split; each file counts as one sign. */
function wordsOf(
  message: Pick<Ending['replies'][number], 'body' | 'mediaUrls'> | Pick<Entry, 'text' | 'files'>,
): string {
  const [text, files] = 'body' in message ? [message.body, message.mediaUrls] : [message.text, message.files];
  return `${text.replace(/\s/g, '')}${'📎'.repeat(files.length)}`;
}

function filed({ script, applications, conversation, missingFiles }: Ending): [unknown, unknown] {
  const expected = script.service
    ? [{ service: script.service, state: 'submitted', answers: script.answers, papers: script.papers }]
    : [];
  const seen = applications.map(({ service, state, answers }) => {
    const answerTo = (step: string) => (answers[step] as { v: unknown } | undefined)?.v;
    return {
      service,
      state,
      answers: Object.fromEntries(Object.keys(script.answers).map((step) => [step, answerTo(step)])),
      papers: Object.fromEntries(Object.keys(script.papers).map((step) => [step, paperOf(answerTo(step))])),
    };
  });
  const numbers = applications.map(({ number }) => number);
  return [
    { applications: expected, known: numbers, missingFiles: [] },
    { applications: seen, known: conversation?.applications, missingFiles },
  ];
}

function paperOf(value: unknown): unknown {
  const { counter, files } = (value ?? {}) as { counter?: boolean; files?: unknown[] };
  return counter ? 'counter' : files?.length;
}

/** The operator greets each who waits, once. */
function attended({ script, conversation, transcript }: Ending): [unknown, unknown] {
  const greetings = transcript.filter(({ author }) => !['citizen', 'bot'].includes(author)).length;
  return [
    { status: 'bot', handoffs: script.handoffs },
    { status: conversation?.attention.status, handoffs: greetings },
  ];
}

function booked({ script, bookings }: Ending): [unknown, unknown] {
  return [script.visit ? [script.visit] : [], bookings.map(({ activity }) => activity)];
}

function slotsHold({ slots, endings }: Outcome): Finding[] {
  const held = (slot: Outcome['slots'][number]) =>
    endings
      .flatMap(({ bookings }) => bookings)
      .filter(
        ({ point, activity, startAt }) =>
          point === slot.point && activity === slot.activity && startAt === slot.startAt,
      ).length;
  return slots.flatMap((slot) => {
    const where = `${slot.point} ${slot.activity} ${new Date(slot.startAt).toISOString()}`;
    const count = held(slot);
    if (slot.taken <= slot.capacity && slot.taken === count) return [];
    return [{ where, expected: `${count} bookings, at most ${slot.capacity}`, seen: `${slot.taken} taken` }];
  });
}

function numbersHold({ endings }: Outcome): Finding[] {
  const numbers = endings.flatMap(({ applications }) => applications.map(({ number }) => number));
  const twice = numbers.filter((number, i) => numbers.indexOf(number) !== i);
  const wrong = numbers.filter((number) => !isNumber(number));
  return [...twice, ...wrong].map((where) => ({ where, expected: 'once, with a right digit', seen: where }));
}

function chainHolds({ audit, auditVerified }: Outcome): Finding[] {
  const findings: Finding[] = [];
  if (!auditVerified.ok || auditVerified.entries !== audit.length)
    findings.push({ where: 'audit', expected: { ok: true, entries: audit.length }, seen: auditVerified });
  let previous = FIRST_HASH;
  for (const [i, { hash, ...entry }] of audit.entries()) {
    const expected = { seq: i + 1, hash: chainHash(previous, entry) };
    if (!isDeepStrictEqual(expected, { seq: entry.seq, hash }))
      findings.push({ where: `audit ${i + 1}`, expected, seen: { seq: entry.seq, hash } });
    previous = hash;
  }
  return findings;
}

function nothingLeft({ pendingEffects, timers, jobs }: Outcome): Finding[] {
  const left = { pendingEffects, timers, jobs };
  const none = { pendingEffects: [], timers: [], jobs: {} };
  return isDeepStrictEqual(left, none) ? [] : [{ where: 'at the end', expected: none, seen: left }];
}

function nothingBuried({ buried }: Outcome): Finding[] {
  return buried.map((effect) => ({ where: effect.conversation, expected: 'done', seen: effect }));
}
