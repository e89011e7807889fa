/** Offices at random, as office.yaml would have them, and a second opinion on when their desk is open: minute by minute. */
import fc from 'fast-check';
import { loadOffice, type Office } from '../../src/office.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** No zone of Indonesia has ever another offset. */
export const OFFSET_HOURS = {
  'Asia/Jakarta': 7,
  'Asia/Pontianak': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9,
};
export type Zone = keyof typeof OFFSET_HOURS;
/** Every random date lies in these days. */
export const FIRST_DAY = '2027-02-22';
export const DAY_COUNT = 15;

type Week = Partial<Record<(typeof DAYS)[number], string[]>>;
interface Period {
  date: string;
  until?: string;
}
interface Standing {
  status: string;
  until?: string;
}

/** What is drawn; `desk` is submission at the point `kantor`. */
export interface Drawn {
  timeZone: Zone;
  hours: Week;
  slotMinutes: number;
  capacity: number;
  point: Standing;
  activity: Standing;
  opensOnHolidays: boolean;
  route?: { date?: string; day?: string; hours?: string[] }[];
  officeBreaks?: Week;
  pointBreaks?: Week;
  closures: (Period & { points?: string[] })[];
  special: (Period & { within?: Week; breaks?: Week; hours?: Week; capacity?: number })[];
}

/** The office as its file would be read; undefined when the file would be refused (breaks that leave no room). */
export function officeFrom(drawn: Drawn): Office | undefined {
  const words = { id: 'a', en: 'b' };
  const { kantor, lain } = {
    kantor: {
      ...{ name: words, address: 'Jl. A', kind: drawn.route ? 'mobile' : 'office', ...drawn.point },
      ...{ opensOnHolidays: drawn.opensOnHolidays, breaks: drawn.pointBreaks },
      route: drawn.route?.map((stop) => ({ ...stop, address: 'Jl. B' })),
      activities: {
        submit: {
          ...drawn.activity,
          ...{ hours: drawn.hours, slotMinutes: drawn.slotMinutes, capacity: drawn.capacity },
        },
      },
    },
    lain: { name: words, address: 'Jl. C', activities: {} },
  };
  const file = {
    ...{ name: 'Dinas', shortName: 'Dinas', region: 'Kota', address: 'Jl. A', website: 'https://a.go.id' },
    ...{ timeZone: drawn.timeZone, chat: CHAT, smsHours: '08:00-20:00' },
    activities: { submit: words, pickup: words, record: words },
    points: { kantor, lain },
    breaks: drawn.officeBreaks,
    closures: drawn.closures.map((closure) => ({ ...closure, reason: words })),
    special: drawn.special.map(({ hours, capacity, ...entry }) => ({
      ...entry,
      reason: words,
      points: { kantor: { submit: { hours, capacity } } },
    })),
  };
  const read = loadOffice(JSON.stringify(file), 'office.yaml');
  return read.ok ? read.office : undefined;
}

/** When operators answer, in every random office. */
const CHAT: Week = { mon: ['07:30-15:00'], wed: ['07:30-15:00'], thu: ['07:30-15:00'] };

/** For each minute of a day whether the desk (or the chat) is open, by the words of the rules and nothing of the product. */
export function openMinutes(drawn: Drawn, date: string, desk: 'submit' | 'chat' = 'submit'): boolean[] {
  const day = weekday(date);
  const specials = drawn.special.filter((entry) => isIn(entry, date));
  const isShut = drawn.closures.some(
    (closure) =>
      isIn(closure, date) &&
      (desk === 'chat'
        ? closure.points === undefined
        : closure.points?.includes('kantor') || (closure.points === undefined && !drawn.opensOnHolidays)),
  );
  const isOut = desk === 'submit' && [drawn.point, drawn.activity].some((one) => isOutOn(one, date));
  const hours = hoursOf(drawn, { date, day, desk, specials });
  const limits = specials.find(({ within }) => within)?.within?.[day] ?? [];
  const ownBreaks = desk === 'submit' ? drawn.pointBreaks : undefined;
  const breaks =
    (specials.find((entry) => entry.breaks)?.breaks ?? ownBreaks ?? drawn.officeBreaks)?.[day] ?? [];
  return Array.from({ length: 24 * 60 }, (_, minute) => {
    if (isShut || isOut || !holds(hours, minute) || holds(breaks, minute)) return false;
    return limits.length === 0 || holds(limits, minute);
  });
}

/** How many a slot takes on a date. */
export function capacityOf({ special, capacity }: Drawn, date: string): number {
  return special.find((entry) => isIn(entry, date) && entry.capacity !== undefined)?.capacity ?? capacity;
}

interface Moment {
  date: string;
  day: (typeof DAYS)[number];
  desk: 'submit' | 'chat';
  specials: Drawn['special'];
}

function hoursOf(drawn: Drawn, { date, day, desk, specials }: Moment): string[] {
  if (desk === 'chat') return CHAT[day] ?? [];
  const stop = drawn.route?.find((one) => one.date === date) ?? drawn.route?.find((one) => one.day === day);
  if (drawn.route && !stop) return [];
  const special = specials.find(({ hours }) => hours)?.hours;
  return (special ? special[day] : (stop?.hours ?? drawn.hours[day])) ?? [];
}

function isOutOn({ status, until }: Standing, date: string): boolean {
  return status !== 'active' && (until === undefined || date <= until);
}

function isIn({ date, until = date }: Period, day: string): boolean {
  return date <= day && day <= until;
}

function holds(windows: string[], minute: number): boolean {
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return windows.some((window) => window.slice(0, 5) <= time && time < window.slice(6));
}

function weekday(date: string): (typeof DAYS)[number] {
  return DAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
}

/** `2027-02-22`, so many days later. */
export function dayAfter(days: number): string {
  return new Date(Date.parse(`${FIRST_DAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** One span, or two with time between them; at least `least` minutes each, the last may end with the day. */
function windowsOf(least: number): fc.Arbitrary<string[]> {
  const length = fc.integer({ min: least, max: 300 });
  return fc
    .record({
      start: fc.integer({ min: 0, max: 700 }),
      first: length,
      gap: fc.integer({ min: 1, max: 90 }),
      second: length,
    })
    .chain(({ start, first, gap, second }) => {
      const next = start + first + gap;
      const pair = [
        `${clock(start)}-${clock(start + first)}`,
        `${clock(next)}-${clock(Math.min(1440, next + second))}`,
      ];
      return fc.constantFrom(pair, pair.slice(0, 1), [`${clock(start)}-24:00`]);
    });
}

function weekOf(least: number): fc.Arbitrary<Week> {
  const day = fc.option(windowsOf(least), { nil: undefined });
  return fc.record(Object.fromEntries(DAYS.map((name) => [name, day]))).map((week) => drop(week) as Week);
}

const day = fc.nat(DAY_COUNT - 1).map(dayAfter);
const period = fc
  .record({ from: fc.nat(DAY_COUNT - 1), days: fc.option(fc.nat(4), { nil: undefined }) })
  .map(({ from, days }) => ({
    date: dayAfter(from),
    ...(days !== undefined && { until: dayAfter(from + days) }),
  }));
const standing: fc.Arbitrary<Standing> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ status: 'active' }) },
  {
    weight: 2,
    arbitrary: fc.record({ status: fc.constantFrom('planned', 'suspended', 'broken'), until: day }),
  },
  { weight: 1, arbitrary: fc.constant({ status: 'broken' }) },
);
const stop = fc
  .oneof(fc.record({ date: day }), fc.record({ day: fc.constantFrom(...DAYS) }))
  .chain((when) => fc.option(windowsOf(60)).map((hours) => ({ ...when, ...(hours && { hours }) })));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Offices of every kind that the file can say. */
export const drawnOffice: fc.Arbitrary<Drawn> = fc
  .record({
    timeZone: fc.constantFrom<Zone[]>('Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'),
    hours: weekOf(60),
    slotMinutes: fc.integer({ min: 5, max: 60 }),
    capacity: fc.nat(5),
    point: standing,
    activity: standing,
    opensOnHolidays: fc.boolean(),
    route: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      {
        weight: 1,
        arbitrary: fc.uniqueArray(stop, {
          selector: (one) => ('date' in one ? one.date : one.day),
          minLength: 1,
          maxLength: 5,
        }),
      },
    ),
    officeBreaks: maybe(weekOf(5)),
    pointBreaks: maybe(weekOf(5)),
    closures: fc.array(
      fc
        .record({ of: period, points: maybe(fc.constantFrom(['kantor'], ['lain'], ['lain', 'kantor'])) })
        .map(({ of, points }) => ({ ...of, ...(points && { points }) })),
      { maxLength: 3 },
    ),
    special: fc.array(
      fc
        .record({
          of: period,
          rest: fc.record({
            within: maybe(weekOf(5)),
            breaks: maybe(weekOf(5)),
            hours: maybe(weekOf(5)),
            capacity: maybe(fc.nat(5)),
          }),
        })
        .map(({ of, rest }) => ({ ...of, ...drop(rest) })),
      { maxLength: 3 },
    ),
  })
  .map((drawn) => drop(drawn) as unknown as Drawn);

/** Without the keys that were not drawn. */
function drop(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
