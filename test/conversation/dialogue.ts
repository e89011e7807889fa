/**
 * A dialogue as data: what happens, and after each thing what the citizen reads, which effects ran, and where the talk
 * stands. `UPDATE_DIALOGUES=1` writes what came out into the file, to be read in review.
 */
import type {
  ApplicationNews,
  ChannelKind,
  Content,
  Conversation,
  Event,
  Notice,
} from '../../src/conversation/types.ts';
import type { Flows } from '../../src/flows/schema.ts';
import { photos } from './answers.ts';
import { type LiveOffice, type OtherOffice, openOffice, type Sitting } from './live-office.ts';
import { type Played, play, playLive } from './play.ts';
import { type Case, caseOf, type Luck } from './stand-ins.ts';
import { createTalking, NOW, newConversation, realFlows, type Talking } from './world.ts';

/** One thing that happens; exactly one key, and `times` or `quick` beside it where that makes sense. */
export interface Happening {
  text?: string;
  /** Written so often in one message. */
  times?: number;
  /** More follows at once: the pause after which a burst of short messages is over does not come. */
  quick?: boolean;
  photos?: number;
  /** What is read off the photos of this turn, by element; or why one of them is refused. */
  reads?: { [element: string]: string };
  refused?: { reason: string; page?: number; of?: number };
  file?: string;
  location?: [number, number];
  unknown?: string;
  /** Time that passes (ISO 8601); timers that fall due in it come at their moment. */
  wait?: string;
  operator?:
    | 'claim'
    | 'release'
    | 'resolve'
    | { reply: string }
    | { note: string }
    | { fill: string; with: string }
    | { ask: string };
  /** Somebody answers from the office's phone. */
  phone?: string;
  /** The open applications of this chat from now on; `booked`: with a visit on Wednesday at 08.00. */
  cases?: (Omit<Case, 'slot'> & { booked?: boolean })[];
  /** The next times that are offered are not what was asked for. */
  remark?: Luck['remark'];
  /** What is said of a visit comes too late for it, or there is none any more. */
  over?: 'closed' | 'none' | 'early';
  /** What happened to an application. */
  news?: ApplicationNews;
  /** What the office cannot do from now on. */
  notices?: Notice[];
  /** The next effect of this type cannot be done. */
  fail?: string;
  /** The next time that is chosen is taken. */
  taken?: boolean;
  /** What becomes of asking for a queue number. */
  queue?: NonNullable<Luck['queue']>;
  /** Of a live office: what is different from now on, and who has taken seats. */
  office?: OtherOffice;
  seats?: Sitting[];
  /** The office changes flows.yaml: a step or a whole service goes, or a question is worded anew. */
  change?: { service: string; drop?: string; reword?: string; dropService?: boolean };
}

/** What came out. */
export interface Outcome {
  said: string[];
  effects?: string[];
  state: string;
}

export interface Turn extends Happening, Partial<Outcome> {}

export interface Dialogue {
  about: string;
  channel: ChannelKind;
  /** A file of `test/dialogues/offices`: times and places come from its calendar and a real store in place of stand-ins. */
  office?: string;
  /** Local time of the office at the beginning; Tuesday 10.00 when absent. */
  at?: string;
  turns: Turn[];
}

const REAL = createTalking(realFlows());
const OPERATOR = { id: 'op-1', name: 'Ani' };
const AFTER_A_BURST_MS = 2_000;

interface Stage {
  talking: Talking;
  flows: Flows;
  conversation: Conversation;
  now: number;
  luck: Luck;
  notices: Notice[];
  timers: Map<string, number>;
  live?: LiveOffice | undefined;
}

/** Plays it all; one outcome a turn. */
export async function playDialogue({ channel, at, office, turns }: Dialogue): Promise<Outcome[]> {
  const live = office === undefined ? undefined : await openOffice(office);
  const stage: Stage = {
    talking: live?.talkOf(REAL.flows) ?? REAL,
    flows: REAL.flows,
    live,
    conversation: newConversation(channel),
    now: at ? startOf(at, live?.timeZone ?? 'Asia/Makassar') : NOW,
    luck: { fail: [], taken: 0 },
    notices: [],
    timers: new Map(),
  };
  try {
    const outcomes: Outcome[] = [];
    for (const turn of turns) outcomes.push(outcomeOf(stage, await happen(stage, turn)));
    return outcomes;
  } finally {
    await live?.close();
  }
}

function startOf(local: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
}

async function happen(stage: Stage, turn: Turn): Promise<Played[]> {
  if (turn.office) stage.talking = live(stage).change(turn.office, stage.flows);
  if (turn.seats) await live(stage).seat(turn.seats, stage.now);
  if (turn.fail) stage.luck.fail.push(turn.fail);
  if (turn.taken) stage.luck.taken++;
  if (turn.cases) stage.luck.cases = turn.cases.map(caseOf);
  if (turn.remark) stage.luck.remark = turn.remark;
  stage.luck.over = turn.over;
  if (turn.reads) stage.luck.reads = turn.reads;
  if (turn.queue) stage.luck.queue = turn.queue;
  if (turn.refused) stage.luck.refused = turn.refused;
  if (turn.news?.kind === 'ready' || turn.news?.kind === 'cards-again') stage.luck.ready = turn.news.number;
  if (turn.change) change(stage, turn.change);
  if (turn.notices) stage.notices = turn.notices;
  if (turn.wait) return pass(stage, Temporal.Duration.from(turn.wait).total('milliseconds'));
  const content = contentOf(turn);
  if (content) {
    const id = `m${stage.conversation.version + 1}`;
    const first = await once(stage, { type: 'citizen.message', id, at: stage.now, content });
    return turn.quick || stage.conversation.held.length === 0
      ? [first]
      : [first, ...(await pass(stage, AFTER_A_BURST_MS))];
  }
  const event = officeEvent(turn, stage);
  return event ? [await once(stage, event)] : [];
}

function officeEvent({ operator, phone, news }: Turn, { conversation, now }: Stage): Event | undefined {
  const id = `e${conversation.version + 1}`;
  if (phone !== undefined) return { type: 'phone.reply', id, at: now, text: phone };
  if (news) return { type: 'application.news', id, news };
  return operator && operatorEvent(operator, id);
}

function contentOf({ text, times, photos: count, file, location, unknown }: Turn): Content | undefined {
  if (text !== undefined) return { type: 'text', text: text.repeat(times ?? 1) };
  if (count !== undefined) return photos(count);
  if (file !== undefined) return photos(1, file);
  if (location) return { type: 'location', latitude: location[0], longitude: location[1] };
  return unknown === undefined ? undefined : { type: 'unknown', kind: unknown };
}

function operatorEvent(action: NonNullable<Turn['operator']>, id: string): Event {
  if (typeof action === 'string') return { type: `operator.${action}`, operator: OPERATOR };
  if ('note' in action) return { type: 'operator.note', operator: OPERATOR, id, text: action.note };
  if ('ask' in action) return { type: 'operator.ask', operator: OPERATOR, step: action.ask };
  if ('reply' in action) return { type: 'operator.reply', operator: OPERATOR, id, text: action.reply };
  const answer = { v: action.with };
  return { type: 'operator.answer', operator: OPERATOR, id, step: action.fill, answer };
}

function live({ live }: Stage): LiveOffice {
  if (!live) throw new Error('this dialogue names no office');
  return live;
}

async function once(stage: Stage, event: Event): Promise<Played> {
  const { now, luck, notices, talking, conversation, live } = stage;
  const options = { now, luck, notices };
  const result = live
    ? await playLive(talking, conversation, event, {
        ...options,
        run: (effect) => live.run(effect, { conversation, now, luck }),
      })
    : play(talking, conversation, event, options);
  stage.conversation = result.conversation;
  for (const { id, dueAt } of result.timers) {
    stage.timers.delete(id);
    if (dueAt !== undefined) stage.timers.set(id, dueAt);
  }
  return result;
}

/** Timers come in the order in which they fall due. */
async function pass(stage: Stage, ms: number): Promise<Played[]> {
  const until = stage.now + ms;
  const results: Played[] = [];
  for (;;) {
    const [next] = [...stage.timers].filter(([, dueAt]) => dueAt <= until).sort((a, b) => a[1] - b[1]);
    if (!next) break;
    stage.timers.delete(next[0]);
    stage.now = Math.max(stage.now, next[1]);
    results.push(await once(stage, { type: 'timer.due', timer: next[0], dueAt: next[1] }));
  }
  stage.now = until;
  return results;
}

function change(stage: Stage, { service, drop, reword, dropService }: NonNullable<Turn['change']>): void {
  const flows = structuredClone(stage.flows);
  const changed = flows.services[service];
  if (!changed) throw new Error(`no service ${service}`);
  if (dropService) delete flows.services[service];
  changed.steps = changed.steps.filter(({ id }) => id !== drop);
  for (const step of changed.steps) if (step.id === reword) step.text.id = `Baru: ${step.text.id}`;
  stage.flows = flows;
  stage.talking = createTalking(flows);
}

function outcomeOf({ talking, conversation, now }: Stage, results: Played[]): Outcome {
  const effects = results.flatMap((one) => one.effects).filter(({ type }) => type !== 'say');
  const described = talking.describe(conversation, now);
  const { service, step, expects, status } = described;
  const place = [service, step].filter((part) => part !== null).join('/');
  const { attention } = conversation;
  return {
    said: results.flatMap(({ said }) =>
      said.map(({ author, text, files }) => {
        const spoken = author === 'bot' ? text : `${author}: ${text}`;
        return files.length > 0 ? `${spoken}\n[${files.map(({ name }) => name).join(', ')}]` : spoken;
      }),
    ),
    ...(effects.length > 0 ? { effects: effects.map(({ type, params }) => inShort(type, params)) } : {}),
    state: [
      status === 'handoff' ? `handoff (${attention.status === 'bot' ? '' : attention.reason})` : status,
      place,
      expects && `awaits ${expects}`,
    ]
      .filter((part) => part)
      .join(', '),
  };
}

/** What an effect is about; a filing shows its answers, flags included. */
function inShort(type: string, params: Played['effects'][number]['params']): string {
  const { step, service, activity, reason, slot, asLink, number, answers, wish, near } = params;
  const about = [step, service, activity, reason, number].filter((part) => typeof part === 'string' && part);
  if (typeof slot === 'object' && slot !== null && 'startAt' in slot)
    about.push(new Date(Number(slot.startAt)).toISOString());
  for (const said of [wish, near]) if (said) about.push(JSON.stringify(said));
  if (asLink === true) about.push('as a link');
  if (answers) about.push(JSON.stringify(answers));
  return [type, ...about].join(' ');
}
