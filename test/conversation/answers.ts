/** Answers that a citizen may give to any step of any service, chosen so that every branch is taken. */
import type { Content, Conversation } from '../../src/conversation/types.ts';
import { holds } from '../../src/flows/conditions.ts';
import type { AnswerTest, Condition, Service, Step } from '../../src/flows/schema.ts';
import type { Answers } from '../../src/flows/talk.ts';
import { NUMBER, PIN } from './stand-ins.ts';
import { NOW } from './world.ts';

/** True when any condition looks at the answer: otherwise all answers to the step lead the same way. */
export function isLookedAt(service: Service, step: string): boolean {
  return testsOf(service, step).length > 0;
}

/** What is sent, and a name for it. */
export interface Choice {
  content: Content;
  kind: string;
}

const FULL_NIK = '7371011505900002';
const FULL_KK = '7371011201100003';
/** Numbers that no message may ever show whole. */
export const SECRETS = [FULL_NIK, FULL_KK];

/** All choices that may lead to different questions; the first is the plain one. */
export function choicesAt(service: Service, step: Step, { channel }: Conversation): Choice[] {
  const plain = plainChoices(service, step, channel === 'whatsapp');
  return step.optional ? [...plain, { content: say('lewati'), kind: 'skip' }] : plain;
}

/**
 * What of the answers still matters after `step`: the outcome of each test of each later condition. Two talks with the
 * same outcomes are asked the same questions from here on.
 */
export function outcomesAfter(service: Service, answers: Answers, step: string | null): string {
  const from = service.steps.findIndex(({ id }) => id === step);
  const later = from < 0 ? [] : service.steps.slice(from);
  const conditions = [service.visit?.when, ...later.map(({ when }) => when)];
  const outcomes = conditions.flatMap((condition) =>
    Object.entries(condition ?? {}).map(([id, test]) => (holds({ [id]: test }, answers, NOW) ? 1 : 0)),
  );
  return outcomes.join('');
}

function plainChoices(service: Service, step: Step, mediaIn: boolean): Choice[] {
  switch (step.ask) {
    case 'yes-no':
      // The other answer ends the draft (test/dialogues/seeds.kalbar.young.yaml).
      return [
        { content: say('ya'), kind: 'true' },
        { content: say('tidak'), kind: 'false' },
      ].filter(({ kind }) => !step.must || kind === String(step.must.be));
    case 'choice':
      return step.options.map(({ id }, i) => ({ content: say(String(i + 1)), kind: id }));
    case 'nik':
      return niksFor(testsOf(service, step.id)).map((nik) => ({ content: say(nik), kind: '' }));
    case 'date':
      return datesFor(testsOf(service, step.id)).map((date) => ({ content: say(date), kind: date }));
    case 'document':
      return mediaIn
        ? [
            { content: photos(step.pages), kind: 'files' },
            { content: say('loket'), kind: 'counter' },
          ]
        : [
            { content: photos(step.pages), kind: 'files' },
            { content: say('LOKET'), kind: 'counter' },
          ];
    case 'location':
      return [
        {
          content: mediaIn ? { type: 'location', latitude: -5.1, longitude: 119.4 } : say('Jl. Melati 3'),
          kind: '',
        },
      ];
    default:
      return [{ content: say(textFor(step)), kind: '' }];
  }
}

function textFor(step: Step): string {
  switch (step.ask) {
    case 'kk':
      return FULL_KK;
    case 'name':
      return 'Siti Aminah Putri';
    case 'time':
      return '08.30';
    case 'phone':
      return '081234567890';
    case 'email':
      return 'siti@contoh.id';
    case 'number':
      return String(Math.min(step.max, step.min + 1));
    case 'akta-number':
      return '7371-LT-12052020-0001';
    case 'text':
      return step.format === 'pin' ? PIN : step.format === 'application-number' ? NUMBER : 'RSUD Kota Contoh';
    default:
      throw new Error(`no text for ${step.ask}`);
  }
}

function testsOf(service: Service, step: string): AnswerTest[] {
  const conditions: (Condition | undefined)[] = [
    service.visit?.when,
    ...service.steps.map(({ when }) => when),
  ];
  return conditions.flatMap((one) => one?.[step] ?? []);
}

/** A date on each side of every limit of age. */
function datesFor(tests: AnswerTest[]): string[] {
  const today = Temporal.Instant.fromEpochMilliseconds(NOW).toZonedDateTimeISO('UTC').toPlainDate();
  const limits = tests.flatMap((test) =>
    typeof test !== 'object'
      ? []
      : 'olderThan' in test
        ? [test.olderThan]
        : 'youngerThan' in test
          ? [test.youngerThan]
          : [],
  );
  const days = [...new Set(limits)].flatMap((limit) => [
    today.subtract(limit).subtract({ days: 2 }),
    today.subtract(limit).add({ days: 2 }),
  ]);
  return (days.length > 0 ? days : [today.subtract({ years: 3 })]).map(
    (day) => `${String(day.day).padStart(2, '0')}-${String(day.month).padStart(2, '0')}-${day.year}`,
  );
}

/** Holders on each side of every limit of age; any where none is asked about. */
function niksFor(tests: AnswerTest[]): string[] {
  if (tests.length === 0) return [FULL_NIK];
  return datesFor(tests).map((date) => {
    const [day = '', month = '', year = ''] = date.split('-');
    return `${FULL_NIK.slice(0, 6)}${day}${month}${year.slice(2)}${FULL_NIK.slice(-4)}`;
  });
}

export function say(text: string): Content {
  return { type: 'text', text };
}

/** Photos as the simulator stores them. */
export function photos(count: number, declaredType = 'image/jpeg'): Content {
  return {
    type: 'media',
    files: Array.from({ length: count }, (_, i) => ({
      source: { kind: 'stored' as const, file: `photo-${i}` },
      declaredType,
    })),
  };
}
