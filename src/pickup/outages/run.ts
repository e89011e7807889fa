/** Works outages off: who is affected gets another time (or the old one back), and then is told, in the order of the visits. */
import type { Logger } from 'pino';
import { intoDaytime } from '../../conversation/quiet-hours.ts';
import { AppError } from '../../errors.ts';
import { findSlot } from '../calendar/slots.ts';
import type { Booking } from '../ports.ts';
import type { OutageItem, OutageRecord, OutageSummary } from './record.ts';
import { changeRecord, type Held, type OutageRecords } from './records.ts';
import { moveAway, moveBack, type OutageWorkDeps, tellOf } from './work.ts';

/** What working on them needs. */
export interface RunDeps extends OutageWorkDeps {
  records: OutageRecords;
  /** Who is booked there now. */
  affected(record: OutageRecord): Promise<Booking[]>;
  /** Reads the points anew: this process may not have heard yet that the desk is shut, or open again. */
  refreshPoints(): Promise<void>;
  /** Idempotent. */
  openDesk(record: OutageRecord): Promise<void>;
  log: Logger;
}

export interface OutageRun {
  /** Does what can be done now; answers how many visits were treated or told. */
  look(): Promise<number>;
  /** Ends a look under way after the visit that it is at. */
  stop(): void;
}

/** Between two notes of how far it has come. */
const SAVED_EVERY = 20;
/** [own] So long before a visit nobody's sleep counts: they would come for nothing. */
const URGENT_MS = 3 * 3_600_000;
/** So long after its beginning a process may still have booked there that had not heard of it. */
const YOUNG_MS = 5 * 60_000;
/** What waits for the morning, for the store or for a late booker is looked at this seldom; what waits for a free time: */
const REST_MS = 60_000;
const REST_WAITING_MS = 3_600_000;
/** One visit that cannot be treated keeps nobody waiting; a store that is away does. */
const MOST_FAILURES = 5;

type Act = (record: OutageRecord, item: OutageItem) => Promise<OutageItem>;

/** A process that has lost its turn and goes on does no harm, only work. */
export function createOutageRun(deps: RunDeps): OutageRun {
  const { records, clock, log } = deps;
  /** When each was looked at last, by outage and state. */
  const rested = new Map<string, { at: number; restMs: number }>();
  let isStopping = false;

  async function look(): Promise<number> {
    let count = 0;
    for (const outage of records.list().toReversed()) {
      const key = `${outage.id} ${outage.state}`;
      if (isStopping || !isOpen(outage, clock.now()) || isResting(key)) continue;
      rested.set(key, { at: clock.now(), restMs: restOf(outage, clock.now()) });
      const held = await records.load(outage.id);
      if (held?.record.state === outage.state) count += await workOn(held);
    }
    return count;
  }

  async function workOn(held: Held): Promise<number> {
    await deps.refreshPoints();
    const work = createWork(held);
    const isUndoing = held.record.state === 'undoing';
    if (isUndoing) await deps.openDesk(held.record);
    else await work.addNewcomers();
    const isTreated = await work.each(isUndoing ? needsBack : needsMove, isUndoing ? moveItBack : moveItAway);
    const isTold = isTreated && (await work.each(({ tell }) => tell !== undefined, tellInTime));
    await work.save(isTold);
    return work.changes();
  }

  const moveItAway: Act = (record, item) => moveAway(deps, record, item);
  const moveItBack: Act = (record, item) => moveBack(deps, record, item);
  const tellInTime: Act = async (record, item) =>
    isTime(item.booking.startAt) ? tellOf(deps, record, item) : item;

  /** In the daytime; and at night whoever must know before the morning is over. */
  function isTime(startAt: number): boolean {
    const now = clock.now();
    const opensAt = intoDaytime(now, deps.office().timeZone);
    return opensAt === now || startAt < opensAt + URGENT_MS;
  }

  /** The visits of one outage, noted every now and then. */
  function createWork(begun: Held) {
    let held: Held = { ...begun, record: { ...begun.record, items: [...begun.record.items] } };
    const { items, id, state } = held.record;
    let changes = 0;
    let unsaved = 0;
    const goesOn = () => !isStopping && records.list().find((one) => one.id === id)?.state === state;

    /** `isAll`: everybody was looked at. */
    async function save(isAll: boolean): Promise<void> {
      const isDone = isAll && !items.some(({ tell }) => tell);
      const next = isDone ? (state === 'undoing' ? 'undone' : 'done') : state;
      if (unsaved === 0 && next === state) return;
      const saved = await records.save({ ...held, record: { ...held.record, state: next } });
      held = saved ?? (await changeRecord(records, id, merged)) ?? held;

      /** It is undone meanwhile, or another process is at it too: what was done here is so all the same. */
      function merged(theirs: OutageRecord): OutageRecord {
        return { ...theirs, items, state: theirs.state === state ? next : theirs.state };
      }
      unsaved = 0;
    }

    return {
      save,
      changes: () => changes,
      /** Who was booked by a process that had not heard of it. */
      async addNewcomers() {
        const known = new Set(items.map(({ booking }) => booking.id));
        const { cause } = held.record;
        // Whom the calendar leaves out later is moved when somebody says so.
        if (cause === 'calendar') return;
        for (const booking of await deps.affected(held.record)) {
          const isOffered = cause !== 'blangko' && findSlot(deps.office(), booking) !== undefined;
          if (known.has(booking.id) || isOffered) continue;
          items.push({ booking });
          unsaved++;
        }
      },
      /** True when nothing kept it from doing all. */
      async each(needs: (item: OutageItem) => boolean, act: Act): Promise<boolean> {
        let failures = 0;
        for (const [at, item] of items.entries()) {
          if (!needs(item)) continue;
          if (!goesOn()) return false;
          const next = await act(held.record, item).catch((err: unknown) => {
            if (isGone(err)) return { booking: item.booking, outcome: 'own' as const };
            log.error({ outage: id, number: item.booking.application, err }, 'a visit could not be moved');
            if (++failures >= MOST_FAILURES) throw err;
            return item;
          });
          if (next === item) continue;
          items[at] = next;
          changes++;
          if (++unsaved >= Math.max(SAVED_EVERY, items.length / SAVED_EVERY)) await save(false);
        }
        return failures === 0;
      },
    };
  }

  function isResting(key: string): boolean {
    const last = rested.get(key);
    // The clock may be set back (simulator).
    return last !== undefined && Math.abs(clock.now() - last.at) < last.restMs;
  }

  return {
    look,
    stop: () => {
      isStopping = true;
    },
  };
}

/** There is something left to do, or may be. */
function isOpen({ state, at, waiting, untold, done, total }: OutageSummary, now: number): boolean {
  if (state !== 'done') return state !== 'undone';
  return waiting > 0 || untold > 0 || done < total || now - at < YOUNG_MS;
}

function restOf({ state, at, untold, done, total }: OutageSummary, now: number): number {
  const isWaiting = state === 'done' && untold === 0 && done === total && now - at >= YOUNG_MS;
  return isWaiting ? REST_WAITING_MS : REST_MS;
}

/** The application was erased meanwhile. */
function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'NOT_FOUND';
}

const needsMove = ({ outcome }: OutageItem) => outcome === undefined || outcome === 'waiting';
const needsBack = ({ outcome }: OutageItem) => outcome !== 'own' && outcome !== 'restored';
