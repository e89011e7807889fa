import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Office } from '../../src/office.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import type { Activity, Booking, VisitMarkKind } from '../../src/pickup/ports.ts';
import { createQueue } from '../../src/pickup/queue/queue.ts';
import { createVisitDays, type VisitDays } from '../../src/pickup/visits/day.ts';
import { officeOf, openTestStore, REMBANG, wib } from './world.ts';

/** Tuesday. */
const TODAY = '2026-11-24';
const CLERK = { id: 'op-1', name: 'Ani' };

let now: number;
let office: Office;
let changes: number;
let opened: Awaited<ReturnType<typeof openTestStore>>;
let days: VisitDays;

beforeEach(async () => {
  now = wib('2026-11-20T09:00');
  office = officeOf(REMBANG);
  changes = 0;
  opened = await openTestStore();
  const deps = { office: () => office, calendar: createCalendar(() => office), clock: { now: () => now } };
  const { bookings, visits, queue } = opened.store;
  const changed = () => {
    changes += 1;
  };
  days = createVisitDays({
    ...deps,
    bookings,
    visits,
    queue: createQueue({ ...deps, queue, changed }),
    changed,
  });
});
afterEach(() => opened.close());

async function book(
  application: string,
  local: string,
  { point = 'kantor', activity = 'submit' as Activity, minutes = 30, heldUntil = 0 } = {},
): Promise<Booking> {
  const startAt = wib(local);
  const reserved = await opened.store.bookings.reserve({
    ...{ application, service: 'akta', capacity: 9, now },
    slot: { point, activity, startAt, endAt: startAt + minutes * 60_000 },
    ...(heldUntil === 0 ? {} : { heldUntil }),
  });
  if (!reserved.ok) throw new Error(reserved.reason);
  return reserved.booking;
}

async function marksOf({ id }: Booking): Promise<VisitMarkKind[]> {
  return (await opened.store.visits.marksOf([id])).map(({ mark }) => mark).sort();
}

const put = (booking: Booking, mark: 'arrived' | 'served' | 'missed', isOn = true) =>
  days.mark({ booking: booking.id, mark, isOn, by: CLERK });

describe('one point on one day', () => {
  test('has all times of each activity with who comes, the empty ones too', async () => {
    await book('KL-1', `${TODAY}T08:30`);
    await book('KL-2', `${TODAY}T08:30`);
    await book('KL-3', `${TODAY}T13:30`, { activity: 'pickup' });
    await book('KL-4', '2026-11-25T08:30');
    await book('KL-5', `${TODAY}T09:00`, { point: 'lasem', activity: 'pickup', minutes: 60 });
    now = wib(`${TODAY}T08:00`);
    const day = await days.of('kantor');
    expect(day).toMatchObject({ point: 'kantor', date: TODAY, address: 'Jl. Pemuda 1', closed: undefined });
    const [submit, pickup] = day?.activities ?? [];
    expect([submit?.activity, submit?.slots.length, pickup?.activity, pickup?.slots.length]).toEqual([
      ...['submit', 8, 'pickup', 12],
    ]);
    const who = (at: number) => submit?.slots[at]?.visits.map(({ application }) => application).sort();
    expect([who(0), who(1)]).toEqual([[], ['KL-1', 'KL-2']]);
    expect(submit?.slots[1]).toMatchObject({ startAt: wib(`${TODAY}T08:30`), capacity: 2 });
    expect(pickup?.slots.at(-1)?.visits).toMatchObject([{ application: 'KL-3', marks: [] }]);
    expect(submit?.queue).toBeUndefined();
  });

  test('still shows who comes at times that the calendar has no more', async () => {
    await book('KL-1', `${TODAY}T08:30`);
    await book('KL-2', `${TODAY}T08:10`, { minutes: 20 });
    office = officeOf(
      REMBANG,
      `closures:\n  - { date: ${TODAY}, reason: { id: alat rusak, en: broken }, points: [kantor] }\n`,
    );
    const day = await days.of('kantor', TODAY);
    expect(day?.closed).toEqual({ id: 'alat rusak', en: 'broken' });
    expect(day?.activities[0]?.slots).toMatchObject([
      { startAt: wib(`${TODAY}T08:10`), capacity: 0, visits: [{ application: 'KL-2' }] },
      { startAt: wib(`${TODAY}T08:30`), capacity: 0, visits: [{ application: 'KL-1' }] },
    ]);
  });

  test('tells why it is closed only when none of its activities is open', async () => {
    expect((await days.of('kantor', '2026-11-28'))?.closed).toEqual({
      ...{ id: 'tidak ada jam layanan hari itu', en: 'no opening hours that day' },
    });
    expect((await days.of('lasem', TODAY))?.closed).toBeUndefined();
    expect(await days.of('nowhere', TODAY)).toBeUndefined();
  });

  test('has the walk-ins where there are some, and where there were', async () => {
    const walkIns = (text: string) =>
      text.replace('capacity: 2 }', 'capacity: 2, walkIns: { perHour: 9, perDay: 7 } }');
    office = officeOf(walkIns(REMBANG));
    expect((await days.of('kantor', TODAY))?.activities[0]?.queue).toEqual({ perDay: 7, tickets: [] });
    const wanted = {
      point: 'kantor',
      activity: 'submit',
      date: TODAY,
      holder: 'c',
      at: now,
      perDay: 7,
    } as const;
    await opened.store.queue.take({ ...wanted, expectedAt: () => now });
    office = officeOf(REMBANG);
    const [submit] = (await days.of('kantor', TODAY))?.activities ?? [];
    expect(submit?.queue).toMatchObject({ perDay: 0, tickets: [{ number: 1 }] });
  });
});

describe('what the counter marks', () => {
  let visit: Booking;
  beforeEach(async () => {
    visit = await book('KL-1', `${TODAY}T08:30`);
    now = wib(`${TODAY}T09:30`);
  });

  test('excludes each other: who was served has arrived, who was missed has not', async () => {
    await put(visit, 'served');
    expect(await marksOf(visit)).toEqual(['arrived', 'served']);
    await put(visit, 'missed');
    expect(await marksOf(visit)).toEqual(['missed']);
    await put(visit, 'arrived');
    expect(await marksOf(visit)).toEqual(['arrived']);
  });

  test('is taken off again, with what followed from it; the marks of others stay', async () => {
    await opened.store.visits.mark({ booking: visit.id, mark: 'late', at: now, by: 'citizen' });
    await put(visit, 'served');
    await put(visit, 'arrived', false);
    expect(await marksOf(visit)).toEqual(['late']);
    await put(visit, 'served');
    await put(visit, 'served', false);
    expect(await marksOf(visit)).toEqual(['arrived', 'late']);
  });

  test('says who and when, once, and tells those who look', async () => {
    expect(await put(visit, 'arrived')).toMatchObject({ ok: true, booking: { application: 'KL-1' } });
    now += 60_000;
    await put(visit, 'arrived');
    expect(await opened.store.visits.marksOf([visit.id])).toEqual([
      { booking: visit.id, mark: 'arrived', at: now - 60_000, by: CLERK },
    ]);
    expect(changes).toBe(2);
  });

  test('is possible up to three days later, and not before its day', async () => {
    now = wib('2026-11-27T23:59');
    expect((await put(visit, 'arrived')).ok).toBe(true);
    now = wib('2026-11-28T00:00');
    expect(await put(visit, 'served')).toEqual({ ok: false, reason: 'unknown' });
    now = wib('2026-11-23T23:59');
    expect(await put(visit, 'served')).toEqual({ ok: false, reason: 'unknown' });
  });

  test('is not that somebody was missed before the time has come, nor anything of a time that is only held', async () => {
    now = wib(`${TODAY}T08:29`);
    expect(await put(visit, 'missed')).toEqual({ ok: false, reason: 'not-now' });
    expect((await put(visit, 'arrived')).ok).toBe(true);
    const held = await book('KL-2', `${TODAY}T09:00`, { heldUntil: now + 60_000 });
    expect(await put(held, 'arrived')).toEqual({ ok: false, reason: 'not-now' });
    expect(await days.mark({ booking: 'nobody', mark: 'arrived', isOn: true, by: CLERK })).toMatchObject({
      reason: 'unknown',
    });
    expect(await marksOf(held)).toEqual([]);
  });
});
