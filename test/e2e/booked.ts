/** Citizens with a card to pick up and a time for it, as many as a test needs. */
import { createMarks } from '../../src/applications/marks.ts';
import type { Json } from '../../src/json.ts';
import type { Office } from '../../src/office.ts';
import { listSlots } from '../../src/pickup/calendar/slots.ts';
import type { Booking } from '../../src/pickup/ports.ts';
import type { Service } from '../../src/service.ts';
import { createPhone, type Phone, waitFor } from './phone.ts';

export interface Citizen {
  phone: Phone;
  number: string;
  booking: Booking;
  /** Messages that had come to the phone before. */
  heard: number;
}

const DAY_MS = 24 * 3_600_000;

/** So many who have greeted the bot, each with a finished card and the earliest time that is free at a point, from `from` on. */
export async function bookCitizens(
  service: Service,
  wanted: {
    count: number;
    office: Office;
    point: string;
    from: number;
    firstPhone: number;
    /** At most so many in a slot. */
    perSlot?: number;
    names?: readonly string[];
  },
): Promise<Citizen[]> {
  const { office, point, from, count, perSlot = Infinity } = wanted;
  const slots = listSlots(office, { point, activity: 'pickup', from, to: from + 60 * DAY_MS });
  const seats = slots.flatMap((slot) => Array.from({ length: Math.min(slot.capacity, perSlot) }, () => slot));
  const citizens = seats.slice(0, count).map(async (slot, at): Promise<Citizen> => {
    const id = `+62812${String(wanted.firstPhone + at).padStart(8, '0')}`;
    const phone = createPhone(service.url, 'whatsapp', id);
    await phone.say('halo');
    const { messages } = await phone.until((screen) => screen.messages.length > 1, 'a welcome');
    const number = await fileCard(service, id, wanted.names?.[at]);
    const { capacity, ...time } = slot;
    const reserved = await service.store.bookings.reserve({
      ...{ application: number, service: 'ktp-hilang-rusak', slot: time, capacity },
      now: service.clock.now(),
    });
    if (!reserved.ok) throw new Error(`no seat for ${number}: ${reserved.reason}`);
    return { phone, number, booking: reserved.booking, heard: messages.length };
  });
  return Promise.all(citizens);
}

let serial = 0;

async function fileCard(
  { store, engine, clock, flows }: Service,
  phone: string,
  name?: string,
): Promise<string> {
  serial += 1;
  const now = clock.now();
  const answers = {
    pemohon_nama: { v: (name ?? `Warga Nomor${serial}`) as Json },
    pemohon_nik: { v: `64080412058${String(serial).padStart(5, '0')}` },
  };
  const service = 'ktp-hilang-rusak';
  const { number } = await store.applications.create({
    ...{ service, answers, state: 'ready', filedBy: `booked.${serial}` },
    conversation: engine.conversationId({ channel: 'whatsapp', id: phone }),
    marks: createMarks({ hash: store.sealer.hash, flows }).of({ service, answers }),
    ...{ submittedAt: now - DAY_MS, dueAt: now + DAY_MS },
    ...{ pin: '482913', pinFailures: 0, pinLockedUntil: 0 },
    numberFor: (next) => `KL-2611-${String(next).padStart(4, '0')}-0`,
    series: 'KL-2611',
  });
  return number;
}

/** The visit that a citizen has before them. */
export async function visitOf({ store, clock }: Service, number: string): Promise<Booking | undefined> {
  const all = await store.bookings.findByApplication(number, clock.now());
  return all.find(({ endAt }) => endAt > clock.now());
}

/** What came to a phone since; waits until at least one message has. */
export async function newsOf({ phone, heard }: Citizen): Promise<string[]> {
  const { messages } = await waitFor(
    phone.screen,
    (screen) => screen.messages.length > heard,
    'a message to come',
  );
  return messages.slice(heard).flatMap(({ direction, text }) => (direction === 'out' ? [text] : []));
}

/** Slots in which more sit than they take; empty is right. */
export async function overBooked({ store, clock }: Service, office: Office): Promise<string[]> {
  const from = clock.now();
  const to = from + 60 * DAY_MS;
  const found = Object.keys(office.points).map(async (point) => {
    const taken = await store.bookings.countTaken(point, 'pickup', from, to, clock.now());
    const slots = listSlots(office, { point, activity: 'pickup', from, to });
    return slots
      .filter((slot) => (taken.get(slot.startAt) ?? 0) > slot.capacity)
      .map((slot) => `${point} ${slot.startAt}`);
  });
  return (await Promise.all(found)).flat();
}
