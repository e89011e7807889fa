import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplicationState, HistoryEntry } from '../../src/applications/ports.ts';
import { createTellVisit } from '../../src/applications/tell-visit.ts';
import { createVisitCases } from '../../src/applications/visit-cases.ts';
import type { ApplicationNews } from '../../src/conversation/types.ts';
import type { Office } from '../../src/office.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import type { GoodTimesDeps } from '../../src/pickup/offering/good-times.ts';
import { createMoveVisit } from '../../src/pickup/offering/move.ts';
import type { Activity, Booking, VisitMarkKind } from '../../src/pickup/ports.ts';
import { createEndVisit } from '../../src/pickup/visits/ends.ts';
import { createVisits } from '../../src/pickup/visits/visits.ts';
import { freezeWorld } from '../conversation/world.ts';
import { officeOf, openTestStore, REMBANG, toWib, wib } from './world.ts';

const log = pino({ level: 'silent' });
const ANI = { id: 'op-ani', name: 'Ani' };
/** Chats take news at any hour; SMS only in these. */
let mayGo: (at: number) => boolean;
let test: Awaited<ReturnType<typeof openTestStore>>;
let clock: ReturnType<typeof freezeWorld>['clock'];
let office: Office;
let told: (ApplicationNews & { id: string; at: string })[];
/** The process dies when it is to be told. */
let dies: boolean;
let visits: ReturnType<typeof openRoom>;

beforeEach(async () => {
  test = await openTestStore();
  ({ clock } = freezeWorld(wib('2026-11-20T09:00')));
  office = officeOf(REMBANG);
  mayGo = () => true;
  told = [];
  dies = false;
  visits = openRoom();
});
afterEach(() => test.close());

/** What one process does; `zone` of another office sees other days. */
function openRoom(zone = office) {
  const { applications, bookings } = test.store;
  const calendar = createCalendar(() => zone);
  const times: GoodTimesDeps = {
    ...{ bookings, clock, calendar, office: () => zone },
    applicationFacts: (number) => applications.find(number),
    needsBlangko: () => false,
    isBlankOut: async () => false,
  };
  const tell = createTellVisit({
    ...{ applications, clock },
    teller: {
      tell: async ({ number }) => {
        const application = await applications.find(number);
        if (dies || !application) throw new Error('the process dies');
        const untold = application.untold.map(({ id, news }) => ({ ...news, id, at: toWib(clock.now()) }));
        const isNew = ({ id }: { id: string }) => !told.some((one) => one.id === id);
        told.push(...untold.filter(isNew));
      },
    },
  });
  return createVisits({
    ...{ bookings, visits: test.store.visits, clock, log, office: () => zone },
    cases: createVisitCases({ applications, tell, mayGo: async (_conversation, at) => mayGo(at) }),
    move: createMoveVisit(times),
    addWorkingDays: calendar.addWorkingDays,
  });
}

async function file(state: ApplicationState = 'verification', serial = 1): Promise<string> {
  const number = `KL-2611-000${serial}-7`;
  await test.store.applications.create({
    ...{ series: 'KL-2611', numberFor: () => number, filedBy: `c${serial}:1`, conversation: `c${serial}` },
    ...{ service: 'akta-kelahiran', state, answers: {}, pin: '123456' },
    ...{ submittedAt: 1, dueAt: wib('2026-11-21T15:00'), pinFailures: 0, pinLockedUntil: 0 },
  });
  return number;
}

async function becomes(number: string, state: ApplicationState, entry?: Partial<HistoryEntry>) {
  const application = await test.store.applications.find(number);
  if (!application) throw new Error('no application');
  const line = { at: clock.now(), event: 'take', by: ANI, state, ...entry } as const;
  await test.store.applications.update({
    ...{ ...application, state, version: application.version + 1 },
    history: [...application.history, line],
  });
}

/** Booked now, for half an hour. */
async function book(
  application: string,
  at: string,
  { activity = 'submit', heldUntil }: { activity?: Activity; heldUntil?: number } = {},
): Promise<Booking> {
  const [startAt, now] = [wib(at), clock.now()];
  const taken = await test.store.bookings.reserve({
    ...{ application, service: 'akta-kelahiran', capacity: 5, now },
    slot: { point: 'kantor', activity, startAt, endAt: startAt + 1_800_000 },
    ...(heldUntil === undefined ? {} : { heldUntil }),
  });
  if (!taken.ok) throw new Error(taken.reason);
  return taken.booking;
}

const mark = ({ id }: Booking, kind: VisitMarkKind) =>
  test.store.visits.mark({ booking: id, mark: kind, at: clock.now(), by: ANI });
const marksOf = async ({ id }: Booking) => (await test.store.visits.marksOf([id])).map((one) => one.mark);
const aheadOf = async (number: string) =>
  (await test.store.bookings.findByApplication(number, clock.now())).filter(
    ({ endAt }) => endAt > clock.now(),
  );
const kinds = () => told.map(({ kind }) => kind);

/** Time passes, and the watch looks every quarter of an hour. */
async function until(time: string, stepMinutes = 15): Promise<void> {
  for (let at = clock.now() + stepMinutes * 60_000; at <= wib(time); at += stepMinutes * 60_000) {
    clock.set(at);
    await visits.look();
  }
}

describe('a visit that is booked', () => {
  it('is reminded of at 16.00 on the day before and two hours before, once each', async () => {
    const visit = await book(await file(), '2026-11-24T11:00');
    await until('2026-11-24T11:00');
    expect(told.map(({ kind, at }) => [kind, at])).toEqual([
      ['visit-reminder', '2026-11-23T16:00'],
      ['visit-soon', '2026-11-24T09:00'],
    ]);
    expect(told[0]?.slot).toMatchObject({
      startAt: visit.startAt,
      place: { id: 'Kantor Dukcapil, Jl. Pemuda 1' },
    });
    expect(await marksOf(visit)).toEqual(['reminded-day', 'reminded-soon']);
  });

  it('is not called to on a day that was closed after it was booked', async () => {
    await book(await file(), '2026-11-24T11:00');
    office = officeOf(REMBANG, 'closures: [{ date: 2026-11-24, reason: { id: libur, en: holiday } }]');
    visits = openRoom();
    await until('2026-11-24T11:00');
    expect(told).toEqual([]);
  });

  it.each([
    ['2026-11-24T09:00', '2026-11-24T08:00'],
    ['2026-11-24T08:30', undefined],
    ['2026-11-24T08:00', undefined],
  ])(
    'at %s is reminded of a second time not before eight, and at all only an hour before it',
    async (at, soon) => {
      await book(await file(), at);
      await until('2026-11-24T12:00');
      expect(told.find(({ kind }) => kind === 'visit-soon')?.at).toBe(soon);
    },
  );

  it('just now needs no reminder', async () => {
    clock.set(wib('2026-11-23T10:00'));
    await book(await file(), '2026-11-24T10:00');
    await until('2026-11-23T20:00');
    expect(told).toEqual([]);
    await until('2026-11-24T09:55');
    expect(kinds()).toEqual(['visit-soon']);
    clock.set(wib('2026-11-24T07:00'));
    await book(await file('verification', 2), '2026-11-24T10:30');
    await until('2026-11-24T10:30');
    expect(kinds()).toEqual(['visit-soon']);
  });

  it('is not reminded of while it is only held for an answer', async () => {
    const visit = await book(await file(), '2026-11-24T11:00', { heldUntil: wib('2026-11-25T00:00') });
    await until('2026-11-24T11:00');
    expect(told).toEqual([]);
    expect(await marksOf(visit)).toEqual([]);
  });

  it('is reminded of in the day of its own zone', async () => {
    // Eleven in Jayapura is nine in Jakarta.
    const wit = officeOf(REMBANG.replace('Asia/Jakarta', 'Asia/Jayapura'));
    visits = openRoom(wit);
    await book(await file(), '2026-11-24T09:00');
    await until('2026-11-24T09:00');
    expect(told.map(({ at }) => at)).toEqual(['2026-11-23T14:00', '2026-11-24T07:00']);
  });

  it('keeps the hours of SMS where they are narrower', async () => {
    mayGo = (at) => toWib(at).slice(11) >= '09:00' && toWib(at).slice(11) < '15:00';
    visits = openRoom(officeOf(REMBANG.replaceAll('"08:00-12:00"', '"08:00-14:00"')));
    await book(await file(), '2026-11-24T13:30');
    await until('2026-11-24T13:30');
    expect(told.map(({ kind, at }) => [kind, at])).toEqual([
      ['visit-reminder', '2026-11-24T09:00'],
      ['visit-soon', '2026-11-24T11:30'],
    ]);
  });

  it('is reminded of once when the clock jumps back, and by two processes', async () => {
    await book(await file(), '2026-11-24T11:00');
    await until('2026-11-23T17:00');
    clock.set(wib('2026-11-23T10:00'));
    await visits.look();
    visits = openRoom();
    clock.set(wib('2026-11-23T16:30'));
    await Promise.all([visits.look(), openRoom().look()]);
    expect(kinds()).toEqual(['visit-reminder']);
  });

  it('is reminded of once when the process dies between the telling and its mark', async () => {
    const visit = await book(await file(), '2026-11-24T11:00');
    dies = true;
    clock.set(wib('2026-11-23T16:00'));
    await visits.look();
    expect(await marksOf(visit)).toEqual([]);
    const { untold = [] } = (await test.store.applications.find('KL-2611-0001-7')) ?? {};
    expect(untold.map(({ news }) => news.kind)).toEqual(['visit-reminder']);
    dies = false;
    visits = openRoom();
    clock.set(wib('2026-11-23T16:01'));
    await visits.look();
    expect(await marksOf(visit)).toEqual(['reminded-day']);
    const application = await test.store.applications.find('KL-2611-0001-7');
    expect(application?.untold).toHaveLength(1);
    expect(application?.history).toHaveLength(1);
  });

  it('that is moved is another one, and reminded of anew', async () => {
    const number = await file();
    await book(number, '2026-11-24T11:00');
    await until('2026-11-23T16:00');
    await book(number, '2026-11-26T11:00');
    await until('2026-11-26T11:00');
    expect(told.map(({ kind, at }) => [kind, at])).toEqual([
      ['visit-reminder', '2026-11-23T16:00'],
      ['visit-reminder', '2026-11-25T16:00'],
      ['visit-soon', '2026-11-26T09:00'],
    ]);
  });

  it('of a case that has ended is freed instead', async () => {
    const number = await file();
    await book(number, '2026-11-24T11:00');
    await becomes(number, 'cancelled');
    await until('2026-11-23T16:00');
    expect(told).toEqual([]);
    expect(await aheadOf(number)).toEqual([]);
  });
});

describe('a pick-up for which the document is not there', () => {
  it('has another time after the next working day, told in place of the reminder', async () => {
    const number = await file('production');
    await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    await until('2026-11-24T12:00');
    expect(told).toMatchObject([{ kind: 'visit-early', at: '2026-11-23T16:00' }]);
    const [moved] = await aheadOf(number);
    expect(moved).toMatchObject({ movedBy: 'early', point: 'kantor', activity: 'pickup' });
    expect(toWib(moved?.startAt ?? 0)).toBe('2026-11-25T08:00');
    expect(told[0]?.slot?.startAt).toBe(moved?.startAt);
  });

  it('that is late again waits three working days', async () => {
    const number = await file('production');
    await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    await until('2026-11-24T17:00');
    expect(kinds()).toEqual(['visit-early', 'visit-early']);
    // Wednesday to Monday: Saturday and Sunday are no working days.
    expect(toWib(told[1]?.slot?.startAt ?? 0)).toBe('2026-11-30T08:00');
  });

  it('is left alone once it is ready', async () => {
    const number = await file('production');
    await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    await until('2026-11-23T12:00');
    await becomes(number, 'ready');
    await until('2026-11-24T10:00');
    expect(kinds()).toEqual(['visit-reminder', 'visit-soon']);
  });

  it('is told however late it was booked', async () => {
    const number = await file('production');
    clock.set(wib('2026-11-23T15:00'));
    await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    await until('2026-11-23T16:00');
    expect(kinds()).toEqual(['visit-early']);
  });

  it('asks not to come when no time is free, once, and moves when one is', async () => {
    const number = await file('production');
    await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    const full = officeOf(
      REMBANG,
      'closures:\n  - { date: 2026-11-25, until: 2027-04-01, reason: { id: a, en: a } }\n',
    );
    visits = openRoom(full);
    await until('2026-11-23T19:00');
    expect(told).toMatchObject([{ kind: 'visit-early', was: { startAt: wib('2026-11-24T10:00') } }]);
    expect(told[0]).not.toHaveProperty('slot');
    visits = openRoom();
    await until('2026-11-23T20:00');
    expect(told).toHaveLength(2);
    expect(told[1]?.slot).toBeDefined();
  });

  it('is told after a crash between the move and the telling', async () => {
    const number = await file('production');
    await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    const { find } = test.store.applications;
    let loads = 0;
    // The case is loaded before the move, and again to be told.
    test.store.applications.find = async (wanted) => {
      if (++loads >= 3) throw new Error('the process dies');
      return find(wanted);
    };
    clock.set(wib('2026-11-23T16:00'));
    await visits.look();
    test.store.applications.find = find;
    expect(told).toEqual([]);
    expect(await aheadOf(number)).toMatchObject([{ movedBy: 'early' }]);
    visits = openRoom();
    clock.set(wib('2026-11-23T16:05'));
    await visits.look();
    await until('2026-11-23T18:10');
    expect(kinds()).toEqual(['visit-early']);
  });
});

describe('a visit to which nobody came', () => {
  /** Somebody else came on that day: the office uses the list. */
  const usesList = async () => {
    const other = await book(await file('verification', 2), '2026-11-24T08:00');
    await mark(other, 'arrived');
  };
  const missed = () => told.filter(({ kind }) => kind === 'visit-missed');

  it('is told an hour after its end, and offered again, when the office uses the list', async () => {
    const visit = await book(await file(), '2026-11-24T10:00');
    await usesList();
    await until('2026-11-24T20:00');
    expect(missed()).toMatchObject([
      { at: '2026-11-24T11:30', again: true, slot: { startAt: visit.startAt } },
    ]);
    expect(await marksOf(visit)).toContain('missed');
  });

  it('means nothing where nobody marks who came', async () => {
    const visit = await book(await file(), '2026-11-24T10:00');
    const other = await book(await file('verification', 2), '2026-11-24T08:00');
    await test.store.visits.mark({ booking: other.id, mark: 'served', at: 1, by: 'system' });
    await until('2026-11-25T20:00', 15);
    expect(missed()).toEqual([]);
    expect(await marksOf(visit)).not.toContain('missed');
  });

  it.each(['arrived', 'served'] as const)('was one when it is marked %s', async (kind) => {
    const visit = await book(await file(), '2026-11-24T10:00');
    await usesList();
    await until('2026-11-24T10:10');
    await mark(visit, kind);
    await until('2026-11-24T20:00');
    expect(missed()).toEqual([]);
  });

  it('is not missed by whose case has moved on since', async () => {
    const number = await file();
    await book(number, '2026-11-24T10:00');
    await usesList();
    await until('2026-11-24T10:10');
    await becomes(number, 'approved', { event: 'approve' });
    await until('2026-11-24T20:00');
    expect(missed()).toEqual([]);
  });

  it('is not theirs to be missed when the document was not there', async () => {
    await book(await file('production'), '2026-11-24T10:00', { activity: 'pickup' });
    clock.set(wib('2026-11-24T10:05'));
    await usesList();
    await until('2026-11-24T20:00');
    expect(missed()).toEqual([]);
  });

  it('is told soon after the counter says so, and not when that was taken back at once', async () => {
    const [visit, other] = [
      await book(await file(), '2026-11-24T10:00'),
      await book(await file('verification', 2), '2026-11-24T10:00'),
    ];
    clock.set(wib('2026-11-24T10:40'));
    await mark(visit, 'missed');
    await mark(other, 'missed');
    await visits.look();
    expect(missed()).toEqual([]);
    await test.store.visits.unmark(other.id, 'missed');
    await until('2026-11-24T10:42', 1);
    expect(missed()).toMatchObject([{ number: 'KL-2611-0001-7', at: '2026-11-24T10:41' }]);
  });

  it('in the evening is told in the morning', async () => {
    const visit = await book(await file(), '2026-11-24T19:00');
    await until('2026-11-24T19:40');
    await mark(visit, 'missed');
    clock.set(wib('2026-11-24T20:00'));
    await visits.look();
    await until('2026-11-25T09:00');
    expect(missed()).toMatchObject([{ at: '2026-11-25T08:00' }]);
  });

  it('is offered again twice for each case', async () => {
    const number = await file();
    for (const day of ['23', '24', '25']) {
      clock.set(wib(`2026-11-${day}T07:00`));
      const visit = await book(number, `2026-11-${day}T10:00`);
      await until(`2026-11-${day}T10:40`);
      await mark(visit, 'missed');
      await until(`2026-11-${day}T11:00`);
    }
    expect(missed().map(({ again }) => again)).toEqual([true, true, undefined]);
  });

  it('is not told to who has another time already', async () => {
    const number = await file();
    const visit = await book(number, '2026-11-24T10:00');
    await usesList();
    await until('2026-11-24T10:35');
    await book(number, '2026-11-26T10:00');
    await until('2026-11-24T20:00');
    expect(missed()).toEqual([]);
    expect(await marksOf(visit)).toContain('missed');
  });

  it('is told once by two processes, and after a clock that jumps back', async () => {
    await book(await file(), '2026-11-24T10:00');
    await usesList();
    clock.set(wib('2026-11-24T11:30'));
    await Promise.all([visits.look(), openRoom().look()]);
    clock.set(wib('2026-11-24T11:00'));
    await openRoom().look();
    clock.set(wib('2026-11-24T12:00'));
    await openRoom().look();
    expect(missed()).toHaveLength(1);
  });
});

describe('the end of a case', () => {
  const end = (number: string, how: 'handed-over' | 'closed') =>
    createEndVisit({ ...test.store, clock, office: () => office })(number, how);

  it('by handing over makes the visit of the day a served one, also before its hour', async () => {
    const number = await file('completed');
    const visit = await book(number, '2026-11-20T10:00', { activity: 'pickup' });
    await end(number, 'handed-over');
    await end(number, 'handed-over');
    expect(await marksOf(visit)).toEqual(['served']);
    expect(await aheadOf(number)).toHaveLength(1);
  });

  it('frees the seat of another day', async () => {
    const number = await file('completed');
    const visit = await book(number, '2026-11-24T10:00', { activity: 'pickup' });
    await end(number, 'handed-over');
    expect(await aheadOf(number)).toEqual([]);
    expect(await marksOf(visit)).toEqual([]);
  });

  it('without anybody coming frees every seat that lies ahead, a held one too', async () => {
    const number = await file('rejected');
    await book(number, '2026-11-20T10:00', { heldUntil: wib('2026-11-20T11:00') });
    await end(number, 'closed');
    expect(await aheadOf(number)).toEqual([]);
  });
});
