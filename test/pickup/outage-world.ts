/** An office of two places, people with a time at one of them, and processes that move them. */
import { createTeller } from '../../src/applications/tell.ts';
import { createTellVisit, createWasTold } from '../../src/applications/tell-visit.ts';
import type { ApplicationNews } from '../../src/conversation/types.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { listSlots } from '../../src/pickup/calendar/slots.ts';
import { findGoodTimes, type GoodTimesDeps } from '../../src/pickup/offering/good-times.ts';
import { createMoveVisit } from '../../src/pickup/offering/move.ts';
import { createOutages } from '../../src/pickup/outages/outages.ts';
import { createPoints } from '../../src/pickup/places/points.ts';
import type { Booking, Slot } from '../../src/pickup/ports.ts';
import { quiet } from '../channels/twilio/world.ts';
import { officeOf, openTestStore, wib } from './world.ts';

/** Two places of one town: slots of half an hour from 08.00 to 12.00 on working days, 20 and 10 at a time. */
const TOWN = `
name: Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh
shortName: Disdukcapil Contoh
region: Kabupaten Contoh
address: Jl. Contoh
website: https://disdukcapil.contoh.go.id
timeZone: Asia/Jakarta
chat: { mon-fri: ["08:00-15:00"] }
smsHours: "08:00-20:00"
activities:
  submit: { id: pengajuan, en: submission }
  pickup: { id: pengambilan, en: pick-up }
  record: { id: perekaman, en: recording }
points:
  kantor:
    name: { id: Kantor Dukcapil, en: Registry office }
    address: Jl. Pemuda 1
    location: { latitude: -6.70, longitude: 111.34 }
    activities:
      submit: { hours: { mon-fri: ["08:00-12:00"] }, slotMinutes: 30, capacity: 20 }
      pickup: { hours: { mon-fri: ["08:00-12:00"] }, slotMinutes: 30, capacity: 20 }
  lasem:
    name: { id: Kecamatan Lasem, en: Lasem district }
    address: Jl. Raya Lasem
    location: { latitude: -6.69, longitude: 111.45 }
    activities:
      submit: { hours: { mon-fri: ["08:00-12:00"] }, slotMinutes: 30, capacity: 10 }
      pickup: { hours: { mon-fri: ["08:00-12:00"] }, slotMinutes: 30, capacity: 10 }
`;

/** A Sunday; the places are open from Monday on. */
export const SUNDAY = wib('2026-11-22T10:00');
export const WHY = { id: 'alat di sana sedang rusak', en: 'the device there is out of order' };

export type OutageWorld = Awaited<ReturnType<typeof openOutageWorld>>;
export type Told = ApplicationNews & { id: string };

/** The first process is at hand as `outages` and `points`; `startProcess` adds another. */
export async function openOutageWorld(more: { office?: string; now?: number } = {}) {
  const test = await openTestStore();
  const { applications, bookings, settings, hub } = test.store;
  const office = officeOf(more.office ?? TOWN);
  let now = more.now ?? SUNDAY;
  const clock = { now: () => now };
  const told: Told[] = [];
  const marked = new Set<string>();
  const closing: (() => Promise<void> | void)[] = [];

  /** `dieAt`: which of its acts (giving a time, telling) is its last; nobody hears of that act. */
  async function startProcess({ dieAt = Number.POSITIVE_INFINITY }: { dieAt?: number } = {}) {
    let acts = 0;
    const mortal =
      <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        acts += 1;
        if (acts > dieAt) throw new Error('the process is dead');
        const result = await act(...args);
        if (acts === dieAt) throw new Error('the process dies');
        return result;
      };
    const points = createPoints({ office, settings, hub, log: quiet });
    const teller = createTeller({
      ...{ applications, hub, log: quiet },
      engine: {
        // As the engine does: the same news again is no news.
        handle: async (_conversation, event) => {
          if (event.type !== 'application.news' || marked.has(event.id)) return undefined;
          marked.add(event.id);
          told.push({ ...event.news, id: event.id });
          return undefined;
        },
      },
    });
    const times: GoodTimesDeps = {
      ...{ office: points.office, calendar: createCalendar(points.office), bookings, clock },
      applicationFacts: (number) => applications.find(number),
      needsBlangko: (service) => service === 'ktp',
      isBlankOut: async (point) => outages.isBlankOut(point),
    };
    const outages = createOutages({
      ...{ ...times, points, settings, hub, log: quiet },
      move: mortal(createMoveVisit(times)),
      findOthers: async (visit, point) => (await findGoodTimes(times, visit, { near: { point } })).slots,
      tell: mortal(createTellVisit({ applications, teller, clock })),
      wasTold: createWasTold(applications),
      whyOf: () => WHY,
    });
    await points.start();
    await outages.start();
    closing.push(outages.stop, points.stop);
    return { points, outages };
  }
  const first = await startProcess();

  let serial = 0;
  /** Files a case that is ready to be picked up. */
  async function file(service = 'akta'): Promise<string> {
    serial += 1;
    const number = `KL-2611-${String(serial).padStart(4, '0')}-0`;
    await applications.create({
      ...{ series: 'KL-2611', numberFor: () => number, filedBy: `c${serial}:1`, conversation: `c${serial}` },
      ...{ service, state: 'ready', answers: {}, pin: '123456' },
      ...{ submittedAt: now, dueAt: now, pinFailures: 0, pinLockedUntil: 0 },
    });
    return number;
  }

  async function book(number: string, slot: Slot, service = 'akta'): Promise<Booking> {
    now += 1;
    const wanted = { application: number, service, slot, capacity: 1000, now };
    const taken = await bookings.reserve(wanted);
    if (!taken.ok) throw new Error(taken.reason);
    return taken.booking;
  }

  const slotAt = (point: string, local: string, activity: Slot['activity'] = 'pickup'): Slot => {
    const startAt = wib(local);
    return { point, activity, startAt, endAt: startAt + 30 * 60_000 };
  };

  return {
    ...first,
    store: test.store,
    clock,
    told,
    startProcess,
    file,
    book,
    slotAt,
    /** A case and its visit. */
    fileAt: async (point: string, local: string, service = 'akta') => {
      const number = await file(service);
      return { number, booking: await book(number, slotAt(point, local), service) };
    },
    /** So many cases, each with a visit at `point`, in the order of their times, from Monday 08.00 on. */
    fileMany: async (count: number, point = 'kantor') => {
      const slots = listSlots(office, { point, activity: 'pickup', from: now, to: now + 30 * 86_400_000 });
      const seats = slots
        .flatMap((slot) => Array.from({ length: slot.capacity }, () => slot))
        .slice(0, count);
      const numbers: string[] = [];
      for (const seat of seats) {
        const number = await file();
        await book(number, { ...seat, capacity: undefined } as unknown as Slot);
        numbers.push(number);
      }
      return numbers;
    },
    visitOf: async (number: string) =>
      (await bookings.findByApplication(number, now)).find(({ endAt }) => endAt > now),
    /** Slots with more people than they take. */
    overBooked: async () => {
      const all = await bookings.list({ from: 0, to: now + 400 * 86_400_000 }, now);
      const bySlot = Map.groupBy(all, ({ point, activity, startAt }) => `${point} ${activity} ${startAt}`);
      return [...bySlot.values()].filter((visits) => {
        const { point = '', activity = 'pickup' } = visits[0] ?? {};
        return visits.length > (office.points[point]?.activities[activity]?.capacity ?? 0);
      });
    },
    wait: (ms: number) => {
      now += ms;
    },
    setTime: (local: string) => {
      now = wib(local);
    },
    close: async () => {
      for (const each of closing) await each();
      await test.close();
    },
  };
}
