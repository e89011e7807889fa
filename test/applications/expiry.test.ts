import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCases } from '../../src/applications/cases.ts';
import { createCorrectHandler } from '../../src/applications/correct.ts';
import { createExpiry } from '../../src/applications/expiry.ts';
import type { Application, ApplicationState } from '../../src/applications/ports.ts';
import { createTeller } from '../../src/applications/tell.ts';
import type { ApplicationNews, Conversation } from '../../src/conversation/types.ts';
import { freezeWorld, realFlows } from '../conversation/world.ts';
import { openTestStore, wib } from '../pickup/world.ts';

const TIME_ZONE = 'Asia/Jakarta';
/** Short waits, so that what is read here is counted by hand: 14 and 20 days. */
const flows = { services: {}, timing: { ...realFlows().timing, correction: 'P14D', keep: 'P20D' } };
/** Nobody waits for these promises here. */
const PROMISED = wib('2027-11-02T09:00');
const susi = { by: { id: 'op-susi', name: 'Susi' }, actor: 'supervisor' } as const;
const log = pino({ level: 'silent' });

let test: Awaited<ReturnType<typeof openTestStore>>;
let clock: ReturnType<typeof freezeWorld>['clock'];
let told: ApplicationNews[];
let ended: string[];
let room: ReturnType<typeof openRoom>;

beforeEach(async () => {
  test = await openTestStore();
  ({ clock } = freezeWorld(wib('2026-11-02T09:00')));
  told = [];
  ended = [];
  room = openRoom();
});
afterEach(() => test.close());

/** What one process of the office does. */
function openRoom() {
  const { applications, hub } = test.store;
  const teller = createTeller({
    ...{ applications, hub, log },
    engine: {
      handle: async (_conversation, event) => {
        if (event.type === 'application.news') told.push(event.news);
        return undefined;
      },
    },
  });
  const shared = { applications, hub, clock, teller, timeZone: TIME_ZONE };
  const cases = createCases({
    ...{ ...shared, flows },
    outgoing: async (_application, file) => ({ files: [file] }),
    findVisit: async () => undefined,
    ended: async (number) => void ended.push(number),
  });
  const expiry = createExpiry({
    ...{ ...shared, timing: flows.timing, log },
    ended: async (number) => void ended.push(number),
  });
  return { cases, expiry };
}

async function file(state: ApplicationState, serial = 1): Promise<string> {
  const number = `KL-2611-000${serial}-7`;
  await test.store.applications.create({
    ...{ series: 'KL-2611', numberFor: () => number, filedBy: `c${serial}:1`, conversation: 'c1' },
    ...{
      service: 'akta-kelahiran',
      state,
      answers: { kk_foto: { v: 'f' }, nama: { v: 'A' } },
      pin: '123456',
    },
    ...{ submittedAt: 1, dueAt: PROMISED + serial, pinFailures: 0, pinLockedUntil: 0 },
  });
  return number;
}

async function asksCorrection(number: string): Promise<void> {
  const application = await test.store.applications.find(number);
  const revision = application?.history.length ?? 0;
  const refused = [{ step: 'kk_foto', reason: 'Buram' }];
  const outcome = await room.cases.decide(
    { number, revision },
    { decision: 'ask-correction', refused },
    susi,
  );
  expect(outcome.ok).toBe(true);
}

async function at(time: string): Promise<number> {
  clock.set(wib(time));
  return room.expiry.look();
}

const stateOf = async (number: string) => (await test.store.applications.find(number))?.state;
const kinds = () => told.map(({ kind }) => kind);
/** The last millisecond of a day. */
const endOf = (day: string) => wib(`${day}T23:59`) + 59_999;

describe('a correction', () => {
  it('tells its last day, is asked for again three days before, once, and ends the application after it', async () => {
    const number = await file('verification');
    await asksCorrection(number);
    expect(told).toMatchObject([{ kind: 'correction', dueAt: endOf('2026-11-16') }]);
    expect(await at('2026-11-12T19:00')).toBe(0);
    expect(await at('2026-11-13T10:00')).toBe(1);
    expect(told.at(-1)).toMatchObject({
      kind: 'correction-reminder',
      number,
      dueAt: endOf('2026-11-16'),
      refused: [{ step: 'kk_foto', reason: 'Buram' }],
    });
    expect(await at('2026-11-15T10:00')).toBe(0);
    expect(await at('2026-11-16T19:00')).toBe(0);
    expect(await stateOf(number)).toBe('correction');
    expect(await at('2026-11-17T10:00')).toBe(1);
    expect(await stateOf(number)).toBe('expired');
    expect(kinds()).toEqual(['correction', 'correction-reminder', 'expired']);
    const { history } = (await test.store.applications.find(number)) ?? { history: [] };
    expect(history.at(-1)).toMatchObject({ event: 'expire', by: 'system', state: 'expired' });
    expect(await test.store.applications.listUntold(5)).toEqual([]);
    expect(ended).toEqual([number]);
  });

  it('that came is waited for no more, and one that is asked for again has its whole time', async () => {
    const number = await file('verification');
    await asksCorrection(number);
    clock.set(wib('2026-11-12T09:00'));
    const correct = createCorrectHandler({
      ...{ applications: test.store.applications, clock, hub: test.store.hub },
      marks: { of: () => [], search: () => [], number: () => '' },
      serviceFacts: () => undefined,
      addWorkingDays: () => PROMISED,
    });
    await correct.run(
      { id: 'e', type: 'correct', params: { number, answers: { kk_foto: { v: 'g' } } } },
      { conversation: { id: 'c1' } as Conversation, isRepeat: false, tries: 0 },
    );
    expect(await at('2026-11-20T10:00')).toBe(0);
    expect(await stateOf(number)).toBe('verification');
    await asksCorrection(number);
    expect(await at('2026-12-01T10:00')).toBe(1);
    expect(kinds().at(-1)).toBe('correction-reminder');
    expect(await at('2026-12-05T10:00')).toBe(1);
    expect(await stateOf(number)).toBe('expired');
  });

  it('that ended stays so: the way back is a new application', async () => {
    const number = await file('verification');
    await asksCorrection(number);
    await at('2026-11-17T10:00');
    const application = await test.store.applications.find(number);
    const looked = { number, revision: application?.history.length ?? 0 };
    const again = await room.cases.decide(looked, { decision: 'reopen', reason: 'Terlambat' }, susi);
    expect(again).toEqual({ ok: false, reason: 'not-possible' });
  });
});

describe('a finished document', () => {
  it('waits as long as flows.yaml says, and then goes as uncollected', async () => {
    const number = await file('production');
    await room.cases.decide({ number, revision: 0 }, { decision: 'finish' }, susi);
    expect(await at('2026-11-18T10:00')).toBe(0);
    expect(await at('2026-11-19T10:00')).toBe(1);
    expect(told.at(-1)).toMatchObject({ kind: 'ready-reminder', dueAt: endOf('2026-11-22') });
    expect(await at('2026-11-23T08:30')).toBe(1);
    expect(kinds()).toEqual(['ready', 'ready-reminder', 'uncollected']);
    expect(await stateOf(number)).toBe('expired');
  });
});

describe('a promise that is broken', () => {
  const LATE = wib('2026-11-20T15:00');
  /** Somebody has `change`d it. */
  const becomes = async (number: string, change: Partial<Application>) => {
    const application = await test.store.applications.find(number);
    if (application)
      await test.store.applications.update({ ...application, ...change, version: application.version + 1 });
  };

  it.each(['submitted', 'verification', 'approved', 'production'] as const)(
    'is owned up to once while the request is %s, in the daytime, and noted',
    async (state) => {
      const number = await file(state);
      await becomes(number, { dueAt: LATE });
      expect(await at('2026-11-20T15:00')).toBe(0);
      expect(await at('2026-11-20T21:00')).toBe(0);
      expect(await at('2026-11-21T08:00')).toBe(1);
      expect(told).toMatchObject([{ kind: 'delayed', number, dueAt: LATE }]);
      expect(await at('2026-11-22T10:00')).toBe(0);
      expect(await at('2026-11-21T09:00')).toBe(0);
      const { history } = (await test.store.applications.find(number)) ?? { history: [] };
      expect(history).toMatchObject([
        { event: 'note', by: 'system', reason: expect.stringContaining('diberi tahu') },
      ]);
    },
  );

  it('can be broken anew when there was a new one', async () => {
    const number = await file('verification');
    await becomes(number, { dueAt: LATE });
    await at('2026-11-21T08:00');
    await becomes(number, { dueAt: wib('2026-11-24T15:00') });
    expect(await at('2026-11-23T08:00')).toBe(0);
    expect(await at('2026-11-25T08:00')).toBe(1);
    expect(kinds()).toEqual(['delayed', 'delayed']);
  });

  it.each(['correction', 'ready', 'completed', 'rejected', 'cancelled', 'expired'] as const)(
    'is not what a request that is %s waits for',
    async (state) => {
      await becomes(await file(state), { dueAt: LATE });
      await at('2026-11-21T08:00');
      expect(kinds()).not.toContain('delayed');
    },
  );

  it('is found among many that are not, and tells the desks at once', async () => {
    const heard: unknown[] = [];
    test.store.hub.subscribe('requests', (number) => heard.push(number));
    for (const serial of [1, 2, 3]) await file('verification', serial);
    await becomes('KL-2611-0002-7', { dueAt: LATE });
    expect(await at('2026-11-21T08:00')).toBe(1);
    expect(heard).toEqual(['KL-2611-0002-7']);
  });
});

describe('the look', () => {
  it('tells nobody at night; the morning does', async () => {
    await asksCorrection(await file('verification'));
    expect(await at('2026-11-17T02:00')).toBe(0);
    expect(kinds()).toEqual(['correction']);
    expect(await at('2026-11-17T08:00')).toBe(1);
  });

  it('happens once an hour of its clock, and finds all that are due', async () => {
    await asksCorrection(await file('verification', 1));
    await asksCorrection(await file('verification', 2));
    await file('verification', 3);
    expect(await at('2026-11-16T10:00')).toBe(2);
    await asksCorrection(await file('verification', 4));
    clock.set(wib('2026-11-16T10:59'));
    expect(await room.expiry.look()).toBe(0);
    expect(await at('2026-11-17T11:00')).toBe(2);
  });

  it('by two processes at once moves each application once', async () => {
    const number = await file('verification');
    await asksCorrection(number);
    clock.set(wib('2026-11-17T10:00'));
    const found = await Promise.all([room.expiry.look(), openRoom().expiry.look()]);
    expect(found.toSorted()).toEqual([0, 1]);
    const { history } = (await test.store.applications.find(number)) ?? { history: [] };
    expect(history.filter(({ event }) => event === 'expire')).toHaveLength(1);
  });
});
