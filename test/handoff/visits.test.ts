import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ticketSchema, VisitDay } from '../../src/handoff/schemas/places.ts';
import { pagesOf, textOf } from '../documents/papers/pdfs.ts';
import { describeWith } from '../services.ts';
import { type Counter, openCounter, START } from './counter.ts';
import { openOfficeWorld } from './office-world.ts';
import { openStream } from './stream.ts';

/** Monday, 10.00 WITA: START. */
const TODAY = '2026-11-23';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Ticket = (typeof ticketSchema)['_zod']['output']['ticket'];

let counter: Counter;
let ani: Awaited<ReturnType<Counter['login']>>;
beforeEach(async () => {
  counter = await openCounter();
  await counter.addOperator('ani');
  ani = await counter.login('ani');
});
afterEach(() => counter.close());

/** Files an application and books a time for it; answers number and booking. */
async function book(
  name: string,
  startAt: number,
  more: { activity?: 'submit' | 'pickup'; heldUntil?: number } = {},
) {
  counter.wait(1);
  const number = await counter.file('talk', { pemohon_nama: name, pemohon_nik: '6472015708900003' });
  const { activity = 'submit', heldUntil } = more;
  const reserved = await counter.store.bookings.reserve({
    ...{ application: number, service: 'akta-kelahiran', capacity: 6, now: START },
    slot: { point: 'kantor', activity, startAt, endAt: startAt + HOUR / 2 },
    ...(heldUntil === undefined ? {} : { heldUntil }),
  });
  if (!reserved.ok) throw new Error(reserved.reason);
  return { number, booking: reserved.booking.id };
}

const read = async (query = '') => JSON.parse((await ani.get(`/api/visits${query}`)).text) as VisitDay;
const mark = (booking: string, name: string, isOn = true) =>
  ani.post(`/api/visits/${booking}/marks`, { mark: name, isOn });
const give = (activity = 'submit', point = 'kantor') => ani.post('/api/queue/tickets', { point, activity });
const ticketIn = ({ text }: { text: string }) => (JSON.parse(text) as { ticket: Ticket }).ticket;

describe('the visits of a day', () => {
  test('are listed with number, service and masked name at their times, with totals', async () => {
    const siti = await book('Siti Rahmawati Putri', START + HOUR);
    const held = await book('Budi', START + HOUR, { heldUntil: START + HOUR });
    await book('Wayan Sudra', START + 2 * HOUR, { activity: 'pickup' });
    await book('Komang Ayu', START + DAY);
    await mark(siti.booking, 'arrived');
    const day = await read();
    expect(day).toMatchObject({
      ...{ point: 'kantor', pointName: 'Loket pelayanan Disdukcapil', date: TODAY, closed: null },
      totals: { booked: 2, arrived: 1, served: 0, missed: 0 },
    });
    const [submit, pickup] = day.activities;
    const visits = submit?.slots.find(({ startAt }) => startAt === START + HOUR)?.visits ?? [];
    expect(visits.toSorted((a, b) => a.number.localeCompare(b.number))).toMatchObject([
      { ...siti, name: 'Siti R. P.', service: 'Akta kelahiran', isHeld: false, marks: [{ mark: 'arrived' }] },
      { ...held, name: 'Bud...', isHeld: true, marks: [] },
    ]);
    expect(pickup?.slots.flatMap((slot) => slot.visits)).toMatchObject([{ name: 'Wayan S.' }]);
    expect(day.totals.capacity).toBe(
      day.activities.flatMap(({ slots }) => slots).reduce((sum, { capacity }) => sum + capacity, 0),
    );
    expect(JSON.stringify(day)).not.toMatch(/Rahmawati|6472015708900003/);
  });

  test('are those of another day and point when those are named', async () => {
    await book('Komang Ayu', START + DAY);
    const tomorrow = await read('?point=kantor&date=2026-11-24');
    expect(tomorrow.totals.booked).toBe(1);
    const closed = await read('?point=kantor&date=2026-11-28');
    expect([closed.closed, closed.totals.capacity]).toEqual(['tidak ada jam layanan hari itu', 0]);
    expect((await read('?point=kecamatan-hulu')).pointName).toBe('Kantor Kecamatan Hulu');
  });

  test.each([
    ['?point=nowhere', 404],
    ['?point=__proto__', 404],
    ['?date=2026-02-31', 400],
    ['?date=kemarin', 400],
    ['?point=a&point=b', 400],
  ])('are refused for %s', async (query, status) => {
    expect((await ani.get(`/api/visits${query}`)).status).toBe(status);
  });

  test('keep the time of who came after an application was erased, without a name', async () => {
    const { number } = await book('Siti Rahmawati', START + HOUR);
    const found = await counter.store.applications.find(number);
    await counter.store.applications.update({
      ...(found ?? fail()),
      version: (found?.version ?? 0) + 1,
      answers: {},
    });
    const visits = (await read()).activities.flatMap(({ slots }) => slots.flatMap((slot) => slot.visits));
    expect(visits).toMatchObject([{ number, name: null }]);
  });
});

describe('marking a visit', () => {
  test('is audited by number, without a name, and is news for who looks', async () => {
    const { number, booking } = await book('Siti Rahmawati', START - HOUR);
    const stream = await openStream(counter.url, ani);
    expect((await mark(booking, 'served')).status).toBe(204);
    expect((await mark(booking, 'served', false)).status).toBe(204);
    await expect.poll(stream.events).toContain('visits');
    await stream.close();
    expect((await read()).totals).toMatchObject({ arrived: 1, served: 0 });
    const lines = (await counter.audited()).filter(({ action }) => action === 'visit.mark');
    expect(lines).toMatchObject([
      { actor: 'op-ani', subject: number, details: { booking, mark: 'served', isOn: true } },
      { actor: 'op-ani', subject: number, details: { booking, mark: 'served', isOn: false } },
    ]);
  });

  test('is refused for what is not there, for a day to come, and for what only we mark', async () => {
    const { booking } = await book('Siti Rahmawati', START + DAY);
    expect((await mark(booking, 'arrived')).status).toBe(404);
    expect((await mark('nobody', 'arrived')).status).toBe(404);
    const later = await book('Budi Santoso', START + HOUR);
    expect(await mark(later.booking, 'missed')).toMatchObject({
      status: 409,
      body: { error: { code: 'NOT_POSSIBLE' } },
    });
    expect((await mark(later.booking, 'reminded-day')).status).toBe(400);
    expect(await counter.actions()).toEqual([]);
  });
});

describe('the queue at the counter', () => {
  test('gives numbers in order, calls them one by one and notes how it ended', async () => {
    const [one, two] = [ticketIn(await give()), ticketIn(await give())];
    expect([one.label, two.label]).toEqual(['A-001', 'A-002']);
    expect(two.expectedAt).toBe(START + HOUR / 12);
    const called = await ani.post('/api/queue/call', { point: 'kantor', activity: 'submit' });
    expect(ticketIn(called)).toMatchObject({ id: one.id, calledAt: START });
    expect(ticketIn(await ani.post(`/api/queue/tickets/${one.id}`, { outcome: 'gone' })).outcome).toBe(
      'gone',
    );
    expect(ticketIn(await ani.post(`/api/queue/tickets/${one.id}`, { outcome: null })).outcome).toBeNull();
    const queue = (await read()).activities.find(({ id }) => id === 'submit')?.queue;
    expect(queue?.tickets).toMatchObject([
      { label: 'A-001', calledAt: START, endedAt: null },
      { label: 'A-002', calledAt: null },
    ]);
  });

  test('calls nobody when nobody waits', async () => {
    const answer = await ani.post('/api/queue/call', { point: 'kantor', activity: 'pickup' });
    expect(JSON.parse(answer.text)).toEqual({ ticket: null });
    expect(await counter.actions()).toEqual([]);
  });

  test('says why there is no number', async () => {
    expect(await give('record')).toMatchObject({ status: 409, body: { error: { reason: 'none' } } });
    counter.wait(10 * HOUR);
    expect(await give()).toMatchObject({
      status: 409,
      body: { error: { code: 'NOT_POSSIBLE', reason: 'closed' } },
    });
    expect((await give('submit', 'nowhere')).status).toBe(404);
    expect((await ani.post('/api/queue/tickets/nobody', { outcome: 'served' })).status).toBe(404);
    expect((await ani.get('/api/queue/tickets/nobody/slip.pdf')).status).toBe(404);
  });

  test('is audited with point and number', async () => {
    const { id } = ticketIn(await give());
    await ani.post('/api/queue/call', { point: 'kantor', activity: 'submit' });
    await ani.post(`/api/queue/tickets/${id}`, { outcome: 'served' });
    const details = { ticket: 'A-001', date: TODAY };
    expect(await counter.audited()).toMatchObject([
      { action: 'queue.ticket', subject: 'kantor', details },
      { action: 'queue.call', subject: 'kantor', details },
      { action: 'queue.end', subject: 'kantor', details: { ...details, outcome: 'served' } },
    ]);
  });

  test('is nothing for a role that has no counter', async () => {
    await counter.addOperator('wati', { role: 'auditor' });
    const wati = await counter.login('wati');
    expect((await wati.get('/api/visits')).status).toBe(403);
    expect((await wati.post('/api/queue/call', { point: 'kantor', activity: 'submit' })).status).toBe(403);
  });
});

describeWith('pdftotext', 'the slip of a number', () => {
  test('has number, purpose, place, day and expected time with its zone, and that it is free', async () => {
    await give('pickup');
    const { id } = ticketIn(await give('pickup'));
    const response = await fetch(`${counter.url}/api/queue/tickets/${id}/slip.pdf`, {
      headers: { cookie: ani.cookie() },
    });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = textOf(bytes);
    expect(pagesOf(bytes)).toHaveLength(1);
    for (const part of [
      'B-002',
      'Mengambil hasil',
      'Loket pelayanan',
      'Senin 23 November 2026',
      '10.03 WITA',
      'GRATIS',
    ])
      expect(text).toContain(part);
  });
});

describe('what citizens do by chat', () => {
  test('is news for who looks at the day: a number taken, a time held', async () => {
    const world = await openOfficeWorld();
    try {
      let news = 0;
      world.store.hub.subscribe('visits', () => {
        news += 1;
      });
      const phone = world.phone();
      await phone.say('halo');
      expect(news).toBe(0);
      await phone.say('antrean');
      expect(news).toBe(1);
      const answers = ['ktp hilang', 'ya', '1', 'Siti Aminah Putri', '7371011505900002', '7371011201100003'];
      for (const answer of [...answers, '081234567890', 'bawa semua']) await phone.say(answer);
      expect(news).toBe(1);
      await phone.say('ya');
      expect(news).toBe(2);
    } finally {
      await world.close();
    }
  });

  test('gives a number that the counter sees, calls, and whose owner hears of it', async () => {
    const world = await openOfficeWorld();
    try {
      const rina = await world.operator('Rina');
      const phone = world.phone('sms');
      await phone.say('halo');
      expect(await phone.say('antrean')).toContain('A-001');
      expect(await phone.say('ANTRIAN')).toMatch(/Nomor A-001, .*0 nomor lagi/);
      const { ticket } = JSON.parse(
        (await rina.post('/api/queue/call', { point: 'kantor', activity: 'submit' })).text,
      );
      expect(ticket.label).toBe('A-001');
      expect(await phone.say('antrean')).toContain('A-001 sudah dipanggil');
    } finally {
      await world.close();
    }
  });
});

function fail(): never {
  throw new Error('there is no such application');
}
