/**
 * The queue of those who come without a time (`walkIns` in office.yaml): numbers of today, with the expected time. One a
 * day for each holder and activity, wherever it is; nobody takes the numbers of another day.
 */
import type { Clock } from '../../clock.ts';
import type { Office } from '../../office.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { bookableActivity, dateAt } from '../calendar/openings.ts';
import type { Activity, QueueStore, Ticket } from '../ports.ts';

/** So long before the doors open numbers are given. */
const BEFORE_OPENING_MS = 60 * 60_000;
const HOUR_MS = 3_600_000;
const LETTERS: Record<Activity, string> = { submit: 'A', pickup: 'B', record: 'C' };

/** `none`: nobody is taken without a time there. `opensAt`: when numbers are given again; absent: nobody knows. */
export type Taken =
  | { ok: true; ticket: Ticket; isNew: boolean }
  | { ok: false; reason: 'none' }
  | { ok: false; reason: 'closed' | 'full'; opensAt?: number };

/** How far a number is. */
export interface Progress {
  label: string;
  /** The number that was called last. */
  current: string | undefined;
  /** Numbers before it that were not called yet. */
  ahead: number;
  /** As it looks now. */
  expectedAt: number;
}

export interface Queue {
  /** The number of a holder for today, the same again when asked again. Throws AppError of the store. */
  take(wanted: { point: string; activity: Activity; holder: string }): Promise<Taken>;
  progressOf(ticket: Ticket): Promise<Progress>;
  /** Today's, by activity and number; of another day on `date`. */
  list(point: string, date?: string): Promise<Ticket[]>;
  find(id: string): Promise<Ticket | undefined>;
  /** The next number of today, for exactly one who calls; undefined when nobody waits. */
  call(point: string, activity: Activity): Promise<Ticket | undefined>;
  /** The outcome, or null to take it back; undefined when there is no such number. */
  end(id: string, outcome: Ticket['outcome'] | null): Promise<Ticket | undefined>;
}

export interface QueueDeps {
  office(): Office;
  calendar: Pick<Calendar, 'windows' | 'nextOpen' | 'addOpenTime'>;
  queue: QueueStore;
  clock: Clock;
  /** Tells those who look at the queue that it has changed. */
  changed(): void;
}

/** `A-012`: a letter for what one comes for, and the number. */
export function labelOf({ activity, number }: Pick<Ticket, 'activity' | 'number'>): string {
  return `${LETTERS[activity]}-${String(number).padStart(3, '0')}`;
}

/** How those without a time are taken; undefined where they are not. */
export function walkInsOf(office: Office, point: string, activity: Activity) {
  return bookableActivity(office, { point, activity })?.walkIns;
}

/** Builds it over the store. */
export function createQueue(deps: QueueDeps): Queue {
  const { queue, clock, changed } = deps;
  const today = () => dateAt(clock.now(), deps.office().timeZone).toString();
  const told = <Change>(change: Change): Change => {
    if (change !== undefined) changed();
    return change;
  };
  return {
    async take(wanted) {
      const taken = await take(deps, wanted);
      if (taken.ok && taken.isNew) changed();
      return taken;
    },
    progressOf: async (ticket) => progress(deps, ticket, await queue.list(ticket.point, ticket.date)),
    list: (point, date = today()) => queue.list(point, date),
    find: queue.find,
    call: async (point, activity) => told(await queue.callNext(point, activity, today(), clock.now())),
    end: async (id, outcome) => told(await queue.end(id, outcome, clock.now())),
  };
}

async function take(
  deps: QueueDeps,
  { point, activity, holder }: { point: string; activity: Activity; holder: string },
): Promise<Taken> {
  const at = deps.clock.now();
  const date = dateAt(at, deps.office().timeZone);
  const own = await deps.queue.findByHolder(holder, date.toString());
  const had = own.find((ticket) => ticket.activity === activity);
  if (had) return { ok: true, ticket: had, isNew: false };

  const walkIns = walkInsOf(deps.office(), point, activity);
  if (!walkIns) return { ok: false, reason: 'none' };
  const windows = deps.calendar.windows(point, activity, date);
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last || at < first.startAt - BEFORE_OPENING_MS || at >= last.endAt)
    return { ok: false, reason: 'closed', ...opening(deps, { point, activity }, at) };

  const full = { ok: false, reason: 'full', ...opening(deps, { point, activity }, last.endAt) } as const;
  const before = await deps.queue.list(point, date.toString());
  const calledAhead = before.filter((one) => one.activity === activity && isCalled(one)).length;
  const expected = (waiting: number) => expectedAt(deps, { point, activity }, at, waiting);
  // Those who wait now fill the day: a number would be a promise that is not kept.
  if ((expected(waitingBefore(before, activity)) ?? last.endAt) >= last.endAt) return full;
  const ticket = await deps.queue.take({
    ...{ point, activity, date: date.toString(), holder, at, perDay: walkIns.perDay },
    // Whoever comes in between may make it the last minute of the day, no later.
    expectedAt: (_number, open) =>
      Math.min(expected(Math.max(0, open - calledAhead)) ?? last.endAt, last.endAt),
  });
  return ticket === 'full' ? full : { ok: true, ticket, isNew: true };
}

/** From when numbers are given again. */
function opening(deps: QueueDeps, desk: { point: string; activity: Activity }, from: number) {
  const next = deps.calendar.nextOpen(desk.point, desk.activity, from);
  return next === undefined ? {} : { opensAt: next - BEFORE_OPENING_MS };
}

function progress(deps: QueueDeps, ticket: Ticket, all: readonly Ticket[]): Progress {
  const { activity, number } = ticket;
  const same = all.filter((one) => one.activity === activity);
  const called = same.filter(({ calledAt }) => calledAt !== undefined);
  const last = called.reduce<Ticket | undefined>(
    (a, b) => ((a?.calledAt ?? 0) > (b.calledAt ?? 0) ? a : b),
    undefined,
  );
  const ahead = waitingBefore(same, activity, number);
  return {
    label: labelOf(ticket),
    current: last && labelOf(last),
    ahead,
    expectedAt: expectedAt(deps, ticket, deps.clock.now(), ahead) ?? ticket.expectedAt,
  };
}

/** When it is the turn of who has so many before them; from the opening on where it is still closed. */
function expectedAt(
  { office, calendar }: QueueDeps,
  { point, activity }: { point: string; activity: Activity },
  from: number,
  waiting: number,
): number | undefined {
  const perHour = walkInsOf(office(), point, activity)?.perHour;
  return perHour && calendar.addOpenTime(point, activity, from, (waiting * HOUR_MS) / perHour);
}

/** How many were neither called nor ended, of those before `number`. Who was called is being served already. */
function waitingBefore(
  all: readonly Ticket[],
  activity: Activity,
  number = Number.POSITIVE_INFINITY,
): number {
  return all.filter(
    (one) =>
      one.activity === activity &&
      one.number < number &&
      one.calledAt === undefined &&
      one.endedAt === undefined,
  ).length;
}

function isCalled({ calledAt, endedAt }: Ticket): boolean {
  return calledAt !== undefined && endedAt === undefined;
}
