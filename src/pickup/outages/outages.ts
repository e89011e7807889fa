/**
 * A point or a device is out of order: nobody is offered a time there, and whoever has one gets another, in the order of
 * their times, and is told once. It is worked off bit by bit by one process, goes on after a crash, and can be undone.
 */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Hub, Leases, SettingStore } from '../../conversation/ports.ts';
import { createWatch } from '../../conversation/watch.ts';
import type { Points } from '../places/points.ts';
import type { Activity } from '../ports.ts';
import { isStanding, openAgain, shut, standingBefore } from './desk.ts';
import type { OutageCause, OutageRecord, OutageSummary } from './record.ts';
import { changeRecord, createOutageRecords } from './records.ts';
import { createOutageRun, type RunDeps } from './run.ts';
import { createOutageVisits, endOfDay } from './visits.ts';

/** What is out of order; visits there from now on, up to the end of `until`, are moved. */
export interface OutageWanted {
  /** Absent with the cause `calendar`. */
  point?: string;
  /** Absent: the whole point. */
  activity?: Activity;
  /**
   * `blangko`: only visits for a card are moved, and the desk stays open. `calendar`, alone: visits at times that the calendar
   * does not have (any more), at all points.
   */
  cause: OutageCause;
  /** For citizens, in the operator's words. */
  reason?: string;
  /** The last day out of order; absent: nobody knows. */
  until?: string;
}

export interface Outages {
  /** What `begin` would do. */
  preview(wanted: OutageWanted): Promise<{ visits: number; firstAt: number | null; lastAt: number | null }>;
  /** Shuts the desk and notes whose visits are to be moved; durable when resolved. Throws AppError of the store. */
  begin(wanted: OutageWanted, by: string): Promise<OutageSummary>;
  /** The latest, newest first. From memory. */
  list(): readonly OutageSummary[];
  /** Opens the desk and has visits moved back. Undefined: there is no such outage; `false`: it is undone already. */
  undo(id: string): Promise<OutageSummary | false | undefined>;
  /** Blank cards are out there. From memory. */
  isBlankOut(point: string): boolean;
  /** Reads what is kept, and goes on listening. */
  start(): Promise<void>;
  /** Works on them from now on: one process of those that do. */
  startWork(): void;
  /** Resolves when the visit under way is done. */
  stop(): Promise<void>;
  /** Works off what can be done now; answers how many visits were treated or told. */
  look(): Promise<number>;
}

export interface OutagesDeps extends Omit<RunDeps, 'records' | 'affected' | 'openDesk' | 'refreshPoints'> {
  points: Points;
  settings: SettingStore;
  hub: Hub;
  log: Logger;
  leases?: Leases | undefined;
  needsBlangko(service: string): boolean;
}

/** The index is in memory: looking at it costs nothing. */
const LOOK_EVERY_MS = 1_000;

/** Wires them; nothing is read before `start`, and nothing moves before `startWork`. */
export function createOutages(deps: OutagesDeps): Outages {
  const { points, clock, log } = deps;
  const records = createOutageRecords(deps);
  const wordsOf = ({ cause, reason }: Pick<OutageRecord, 'cause' | 'reason'>) =>
    reason === undefined ? deps.whyOf(cause) : { id: reason, en: reason };

  const affected = createOutageVisits({ ...deps, records });
  const openDesk = (record: OutageRecord) => openAgain(points, record, records.list(), wordsOf);
  const run = createOutageRun({ ...deps, records, affected, openDesk, refreshPoints: points.refresh });
  const watch = createWatch({
    name: 'outages',
    everyMs: LOOK_EVERY_MS,
    leases: deps.leases,
    lookOnce: run.look,
    failed: (err) => log.error({ err }, 'could not work on outages; trying again'),
  });

  return {
    async preview(wanted) {
      // A day off that another process has just heard of.
      if (wanted.cause === 'calendar') await points.refresh();
      const visits = await affected(wanted);
      return {
        visits: visits.length,
        firstAt: visits[0]?.startAt ?? null,
        lastAt: visits.at(-1)?.startAt ?? null,
      };
    },
    async begin(wanted, by) {
      const before = await standingBefore(points, records, wanted);
      const about = { ...wanted, id: randomBytes(8).toString('hex'), at: clock.now(), by };
      if (wanted.cause === 'calendar') await points.refresh();
      // The desk first: who is booked until then is moved.
      await shut(points, about, wordsOf(about));
      const items = (await affected(wanted)).map((booking) => ({ booking }));
      const record: OutageRecord = { ...about, state: 'running', items, ...(before ? { before } : {}) };
      await records.save({ version: 0, record });
      return inNumbers(about.id);
    },
    list: records.list,
    async undo(id) {
      const known = records.list().find((one) => one.id === id);
      if (!known) return undefined;
      const held = await changeRecord(records, id, (record) =>
        isStanding(record) ? { ...record, state: 'undoing' } : undefined,
      );
      if (!held) return false;
      await openDesk(held.record);
      return inNumbers(id);
    },
    isBlankOut: (point) =>
      records
        .list()
        .some((one) => one.cause === 'blangko' && one.point === point && isStanding(one) && !isOver(one)),
    start: records.start,
    startWork: watch.start,
    async stop() {
      run.stop();
      await watch.stop();
      records.stop();
    },
    look: watch.look,
  };

  function inNumbers(id: string): OutageSummary {
    const found = records.list().find((one) => one.id === id);
    if (!found) throw new Error('an outage that was just written is not listed');
    return found;
  }

  function isOver({ until }: OutageSummary): boolean {
    return (endOfDay(until, points.office().timeZone) ?? Number.POSITIVE_INFINITY) <= clock.now();
  }
}
