import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { QueueResult } from '../../src/flows/talk.ts';
import type { Office } from '../../src/office.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import type { Activity } from '../../src/pickup/ports.ts';
import { createQueueHandler } from '../../src/pickup/queue/effect.ts';
import { createQueue, labelOf } from '../../src/pickup/queue/queue.ts';
import { contextOf, officeOf, openTestStore, REMBANG, toWib, wib } from './world.ts';

/** Twelve an hour: five minutes each. Lasem is open on Tuesdays only. */
const OFFICE = REMBANG.replace(
  'submit: { hours: { mon-thu: ["08:00-12:00"], fri: ["08:00-10:00"] }, slotMinutes: 30, capacity: 2 }',
  'submit: { hours: { mon-thu: ["08:00-10:00", "11:00-12:00"], fri: ["08:00-10:00"] }, slotMinutes: 30, capacity: 2, walkIns: { perHour: 12, perDay: 30 } }',
).replace(
  'pickup: { hours: { tue: ["09:00-11:00"] }, slotMinutes: 60, capacity: 1 }',
  'pickup: { hours: { tue: ["09:00-11:00"] }, slotMinutes: 60, capacity: 1, walkIns: { perHour: 20, perDay: 3 } }',
);
/** Tuesday. */
const AT_NINE = wib('2026-11-24T09:00');

let now: number;
let office: Office;
let changes: number;
let opened: Awaited<ReturnType<typeof openTestStore>>;

beforeEach(async () => {
  now = AT_NINE;
  office = officeOf(OFFICE);
  changes = 0;
  opened = await openTestStore();
});
afterEach(() => opened.close());

function openQueue() {
  return createQueue({
    ...{
      office: () => office,
      calendar: createCalendar(() => office),
    },
    ...{ queue: opened.store.queue, clock: { now: () => now } },
    changed: () => {
      changes += 1;
    },
  });
}

const at = (point: string, activity: Activity, holder: string) => ({ point, activity, holder });

/** A number that must be given. */
async function take(holder: string, point = 'kantor', activity: Activity = 'submit') {
  const taken = await openQueue().take(at(point, activity, holder));
  if (!taken.ok) throw new Error(taken.reason);
  return taken;
}

async function takeMany(count: number) {
  for (let i = 0; i < count; i++) await take(`desk:${i}`);
}

describe('a number in the queue', () => {
  test('is a letter for what one comes for, and three digits', () => {
    const labels = (['submit', 'pickup', 'record'] as const).map((activity) =>
      labelOf({ activity, number: 12 }),
    );
    expect(labels).toEqual(['A-012', 'B-012', 'C-012']);
    expect(labelOf({ activity: 'submit', number: 1234 })).toBe('A-1234');
  });

  test('comes with the time that is left by those before it, over a break', async () => {
    const times: string[] = [];
    for (let i = 0; i < 14; i++) times.push(toWib((await take(`c${i}`)).ticket.expectedAt));
    expect(times.slice(0, 3)).toEqual(['2026-11-24T09:00', '2026-11-24T09:05', '2026-11-24T09:10']);
    expect(times.at(-1)).toBe('2026-11-24T11:05');
  });

  test('counts from the opening on when it is taken before, and can be so for the last hour', async () => {
    now = wib('2026-11-24T06:59');
    expect(await openQueue().take(at('kantor', 'submit', 'c1'))).toEqual({
      ...{ ok: false, reason: 'closed', opensAt: wib('2026-11-24T07:00') },
    });
    now = wib('2026-11-24T07:00');
    expect(toWib((await take('c1')).ticket.expectedAt)).toBe('2026-11-24T08:00');
    expect(toWib((await take('c2')).ticket.expectedAt)).toBe('2026-11-24T08:05');
  });

  test('is one a day for each holder and purpose, also after it has ended', async () => {
    const first = await take('c1');
    expect(await take('c1')).toEqual({ ok: true, ticket: first.ticket, isNew: false });
    await openQueue().call('kantor', 'submit');
    await openQueue().end(first.ticket.id, 'gone');
    expect((await take('c1')).ticket).toMatchObject({ id: first.ticket.id, outcome: 'gone' });
    expect((await take('c1', 'lasem', 'pickup')).ticket.number).toBe(1);
    now = wib('2026-11-25T09:00');
    expect(await take('c1')).toMatchObject({ isNew: true, ticket: { number: 1, date: '2026-11-25' } });
  });

  test('is not given where nobody is taken without a time', async () => {
    for (const [point, activity] of [
      ['kantor', 'pickup'],
      ['sale', 'record'],
      ['nowhere', 'submit'],
    ] as const)
      expect(await openQueue().take(at(point, activity, 'c1'))).toEqual({ ok: false, reason: 'none' });
  });

  test.each([
    ['after closing', '2026-11-24T12:00', '2026-11-25T07:00'],
    ['on a Saturday', '2026-11-28T09:00', '2026-11-30T07:00'],
    ['at night', '2026-11-24T23:30', '2026-11-25T07:00'],
  ])('is not given %s; the next ones are told', async (_when, local, next) => {
    now = wib(local);
    expect(await openQueue().take(at('kantor', 'submit', 'c1'))).toEqual({
      ...{ ok: false, reason: 'closed', opensAt: wib(next) },
    });
  });

  test('is not given on a day off, nor where nobody knows until when it is out of order', async () => {
    office = officeOf(OFFICE, 'closures:\n  - { date: 2026-11-24, reason: { id: libur, en: off } }\n');
    expect(await openQueue().take(at('kantor', 'submit', 'c1'))).toMatchObject({
      ...{ reason: 'closed', opensAt: wib('2026-11-25T07:00') },
    });
    office = officeOf(OFFICE.replace('address: Jl. Pemuda 1', 'address: Jl. Pemuda 1\n    status: broken'));
    expect(await openQueue().take(at('kantor', 'submit', 'c1'))).toEqual({ ok: false, reason: 'closed' });
  });

  test('is not given when all of the day are', async () => {
    for (const holder of ['c1', 'c2', 'c3']) await take(holder, 'lasem', 'pickup');
    expect(await openQueue().take(at('lasem', 'pickup', 'c4'))).toEqual({
      ...{ ok: false, reason: 'full', opensAt: wib('2026-12-01T08:00') },
    });
  });

  test('is not given when those who wait fill the day; it is again when they are served faster', async () => {
    now = wib('2026-11-24T11:50');
    await takeMany(2);
    expect(await openQueue().take(at('kantor', 'submit', 'late'))).toEqual({
      ...{ ok: false, reason: 'full', opensAt: wib('2026-11-25T07:00') },
    });
    await openQueue().call('kantor', 'submit');
    expect(toWib((await take('late')).ticket.expectedAt)).toBe('2026-11-24T11:55');
  });

  test('tells those who look at the queue of every change, and of nothing else', async () => {
    const { ticket } = await take('c1');
    await take('c1');
    expect(changes).toBe(1);
    await openQueue().call('kantor', 'submit');
    await openQueue().call('kantor', 'submit');
    await openQueue().end(ticket.id, 'served');
    await openQueue().end('nobody', 'served');
    expect(changes).toBe(3);
  });
});

describe('how far a number is', () => {
  test('says who was called last, how many are before it, and when it is its turn as things stand', async () => {
    await takeMany(5);
    const { ticket } = await take('c1');
    const queue = openQueue();
    expect(await queue.progressOf(ticket)).toEqual({
      ...{ label: 'A-006', current: undefined, ahead: 5, expectedAt: AT_NINE + 25 * 60_000 },
    });
    const [first] = [await queue.call('kantor', 'submit'), await queue.call('kantor', 'submit')];
    await queue.end(first?.id ?? '', 'served');
    now += 3 * 60_000;
    await queue.call('kantor', 'submit');
    expect(await queue.progressOf(ticket)).toEqual({
      ...{ label: 'A-006', current: 'A-003', ahead: 2, expectedAt: now + 10 * 60_000 },
    });
  });

  test('leaves out what comes for something else', async () => {
    await take('x', 'lasem', 'pickup');
    const { ticket } = await take('c1');
    expect(await openQueue().progressOf(ticket)).toMatchObject({ ahead: 0, current: undefined });
  });
});

describe('a citizen who asks for a number', () => {
  const cases = new Map<string, string[]>();
  beforeEach(() => cases.clear());

  async function ask(params = {}, { holder = 'talk-1', isRepeat = false } = {}): Promise<QueueResult> {
    const calendar = createCalendar(() => office);
    const handler = createQueueHandler({
      ...{ office: () => office, calendar, clock: { now: () => now }, queue: openQueue() },
      bookings: opened.store.bookings,
      openApplications: async (conversation) => cases.get(conversation) ?? [],
    });
    const effect = { id: 'e1', type: 'queue', params };
    return (await handler.run(effect, contextOf(holder, isRepeat))).result as unknown as QueueResult;
  }

  async function book(local: string, activity: Activity = 'submit', more = {}, point = 'kantor') {
    cases.set('talk-1', ['KL-1']);
    const startAt = wib(local);
    const slot = { point, activity, startAt, endAt: startAt + 30 * 60_000 };
    const reserved = await opened.store.bookings.reserve({
      ...{ application: 'KL-1', service: 's', slot, capacity: 9, now, ...more },
    });
    expect(reserved.ok).toBe(true);
  }

  const KANTOR = { id: 'Kantor Dukcapil, Jl. Pemuda 1', en: 'Registry office, Jl. Pemuda 1' };

  test('gets one for handing in papers at the first place with a queue, and hears how far it is', async () => {
    await takeMany(2);
    const told = { activity: 'submit', label: 'A-003', current: null, ahead: 2, place: KANTOR };
    expect(await ask()).toEqual({ outcome: 'taken', ...told, expectedAt: AT_NINE + 10 * 60_000 });
    expect(await ask()).toEqual({ outcome: 'stands', ...told, expectedAt: AT_NINE + 10 * 60_000 });
  });

  test('hears of it as new when the answer to the first ask was lost', async () => {
    await ask();
    expect(await ask({}, { isRepeat: true })).toMatchObject({ outcome: 'taken', label: 'A-001' });
  });

  test('hears when it was called, and when it is over', async () => {
    await ask();
    const called = await openQueue().call('kantor', 'submit');
    expect(await ask()).toMatchObject({ outcome: 'called', label: 'A-001' });
    await openQueue().end(called?.id ?? '', 'served');
    expect(await ask()).toMatchObject({ outcome: 'ended', label: 'A-001' });
  });

  test('who has a time today is told that time and gets no number', async () => {
    await book('2026-11-24T11:00');
    expect(await ask()).toMatchObject({
      ...{ outcome: 'booked', slot: { startAt: wib('2026-11-24T11:00'), place: KANTOR } },
    });
    expect(await opened.store.queue.list('kantor', '2026-11-24')).toEqual([]);
  });

  test('a time that is only held, or was today and is over, does not stand in the way', async () => {
    await book('2026-11-24T11:00', 'submit', { heldUntil: now + 60_000 });
    expect(await ask()).toMatchObject({ outcome: 'taken' });
    now = wib('2026-11-24T08:00');
    await book('2026-11-24T08:30');
    now = AT_NINE + 60_000;
    expect(await ask()).toMatchObject({ outcome: 'stands' });
  });

  test('gets it for what the next visit is for, at the place of that visit', async () => {
    await book('2026-12-01T09:00', 'pickup', {}, 'lasem');
    expect(await ask()).toMatchObject({
      outcome: 'taken',
      label: 'B-001',
      place: { id: 'Kecamatan Lasem, Jl. Raya Lasem' },
    });
  });

  test('gets it for the pick-up when a document is ready, at the first place that has a queue for that', async () => {
    expect(await ask({ isCollecting: true })).toMatchObject({ activity: 'pickup', label: 'B-001' });
  });

  test('gets none at a place that was named and has no queue', async () => {
    expect(await ask({ near: { point: 'sale' } })).toEqual({
      ...{ outcome: 'none', place: { id: 'Kecamatan Sale, Jl. Sale', en: 'Sale district, Jl. Sale' } },
    });
    expect(await ask({ near: { point: 'nowhere' } })).toMatchObject({ outcome: 'taken', place: KANTOR });
  });

  test('hears why there is none today, and when there will be', async () => {
    office = officeOf(OFFICE, 'closures:\n  - { date: 2026-11-24, reason: { id: Pilkada, en: Election } }\n');
    expect(await ask()).toEqual({
      ...{ outcome: 'closed', opensAt: wib('2026-11-25T07:00'), place: KANTOR },
      why: { id: 'Pilkada', en: 'Election' },
    });
  });

  test('hears that the doors were shut after the number was given', async () => {
    await ask();
    office = officeOf(
      OFFICE.replace(
        'address: Jl. Pemuda 1',
        'address: Jl. Pemuda 1\n    status: broken\n    until: 2026-11-24',
      ),
    );
    expect(await ask()).toMatchObject({
      ...{ outcome: 'closed', opensAt: wib('2026-11-25T08:00') },
      why: { id: 'sedang ada gangguan, s.d. Selasa 24 November 2026' },
    });
  });

  test('of two who ask at once, and of a hundred, each has a number of their own', async () => {
    office = officeOf(OFFICE.replace('perHour: 12, perDay: 30', 'perHour: 400, perDay: 100'));
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, i) => ask({}, { holder: `talk-${i % 110}` })),
    );
    const labels = answers.flatMap((one) => ('label' in one ? [one.label] : []));
    expect(new Set(labels).size).toBe(100);
    expect(answers.filter(({ outcome }) => outcome === 'full').length).toBeGreaterThanOrEqual(10);
  });
});
