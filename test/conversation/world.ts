/** A world that stands still, and a talk played in it: the pure step with the real flows, and effects by stand-ins. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src/clock.ts';
import { createDescribe } from '../../src/conversation/describe.ts';
import { createPresenter } from '../../src/conversation/present.ts';
import { createStep, type Step } from '../../src/conversation/step.ts';
import type {
  Capabilities,
  ChannelKind,
  Commit,
  Conversation,
  Event,
  Notice,
} from '../../src/conversation/types.ts';
import type { Facts } from '../../src/conversation/voice.ts';
import { createCommands } from '../../src/flows/commands.ts';
import { loadFlows } from '../../src/flows/load.ts';
import type { Flows } from '../../src/flows/schema.ts';
import { createTalkMachine, type TalkMachine } from '../../src/flows/talk-machine.ts';
import { createUnderstanding } from '../../src/flows/understanding.ts';
import { createPlaceFinder } from '../../src/flows/wish/find-place.ts';
import type { Ids } from '../../src/ids.ts';
import type { Template } from '../../src/office/templates.ts';
import { loadOffice, type Office } from '../../src/office.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { isNamedIn, namePlaces } from '../../src/pickup/places/named-places.ts';
import { loadRegions } from '../../src/regions.ts';

/** Tuesday, 10.00 in the office's zone (WITA); the office is open. */
export const NOW = Date.parse('2026-11-24T10:00:00+08:00');

/** Nothing moves by itself: a clock that is set, ids that are counted, chance that is always the same. */
export function freezeWorld(now = NOW) {
  let shown = now;
  let count = 0;
  const clock: Clock & { set(at: number): void; pass(ms: number): void } = {
    now: () => shown,
    set: (at) => {
      shown = at;
    },
    pass: (ms) => {
      shown += ms;
    },
  };
  const ids: Ids = { id: () => `id-${++count}`, digits: (length) => '123456'.slice(0, length) };
  return { clock, ids, random: () => 0.5 };
}

const root = join(import.meta.dirname, '..', '..');

/** The project's own `flows.yaml`; a copy of its own each time. */
export function realFlows(): Flows {
  const loaded = loadFlows(readFileSync(join(root, 'flows.yaml'), 'utf8'), 'flows.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.flows;
}

function realOffice() {
  const loaded = loadOffice(readFileSync(join(root, 'office.yaml'), 'utf8'), 'office.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.office;
}

/** The sample `office.yaml`. */
export const office = realOffice();

export interface Talking {
  flows: Flows;
  machine: TalkMachine;
  step: Step;
  describe: ReturnType<typeof createDescribe>;
}

/** Learned once: that takes a second, and no test changes examples. */
const understanding = createUnderstanding(realFlows());

/** The office's templates as if WhatsApp had approved all of them. */
export const APPROVED: Template[] = office.templates.map((template, i) => ({
  ...template,
  contentSid: `HX${String(i).padStart(32, '0')}`,
}));

/** Read once for each office. */
const known = new Map<Office, ReturnType<typeof loadRegions>>();
function regionsOf(of: Office) {
  const regions = known.get(of) ?? loadRegions(isNamedIn(of));
  known.set(of, regions);
  return regions;
}

/** The step of these flows, wired as `app.ts` does. `also`: facts beside those of the office, such as a kiosk; `of`: another office than the sample. */
export function createTalking(
  flows: Flows,
  templates: Template[] = office.templates,
  also: Facts = {},
  of: Office = office,
): Talking {
  const machine = createTalkMachine(flows);
  const { timeZone } = of;
  const calendar = createCalendar(() => of);
  const regions = regionsOf(of);
  const same = (text: string) => ({ id: text, en: text });
  const facts = {
    office: same(of.shortName),
    region: same(of.region),
    address: same(of.address),
    website: same(of.website),
    hours: { id: calendar.hoursLine('id'), en: calendar.hoursLine('en') },
    ...also,
  };
  const step = createStep({
    machine,
    knowledge: {
      flows,
      commands: createCommands(flows),
      understanding,
      answerContext: { timeZone, regions },
      places: createPlaceFinder(namePlaces(() => of, regions.names)),
    },
    presenter: createPresenter({ flows, facts: () => facts, timeZone }),
    timeZone,
    templates,
  });
  return { flows, machine, step, describe: createDescribe(flows, machine) };
}

/** What the simulator's phones can do. */
export const PHONES: Record<ChannelKind, Capabilities> = {
  whatsapp: { mediaIn: true, mediaOut: true, locationIn: true, textForm: 'long', textLimit: 4096 },
  counter: { mediaIn: true, mediaOut: true, locationIn: true, textForm: 'long', textLimit: 4096 },
  sms: { mediaIn: false, mediaOut: false, locationIn: false, textForm: 'sms', textLimit: 1600 },
};

/** A conversation that nobody has begun. */
export function newConversation(channel: ChannelKind): Conversation {
  return {
    id: 'talk',
    version: 0,
    citizen: 'citizen',
    channel,
    via: 'simulator',
    address: '+6281200000001',
    flow: '',
    snapshot: null,
    attention: { status: 'bot' },
    lastInboundAt: 0,
    held: [],
    applications: [],
  };
}

/** One step; what would be stored goes through JSON, as the store does. */
export function take(
  talking: Talking,
  conversation: Conversation,
  event: Event,
  now = NOW,
  notices?: Notice[],
): Commit {
  const world = { now, can: PHONES[conversation.channel], ...(notices ? { notices } : {}) };
  const commit = talking.step(conversation, event, world);
  return JSON.parse(JSON.stringify(commit)) as Commit;
}
