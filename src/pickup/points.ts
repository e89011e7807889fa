/** The service points as they are now: office.yaml, and what operators have changed since. */
import type { Office, Standing } from '../office.ts';
import type { Activity } from './ports.ts';

/** What an operator has changed of a point, or of one of its activities (the device for recording, a kiosk). */
export interface PointChange {
  point: string;
  /** Absent: the point as a whole. */
  activity?: Activity | 'print';
  /** Replaces that of office.yaml with its reason and its end; absent: as there. */
  standing?: Standing;
  /** How many applications one slot takes. */
  capacity?: number;
  since: number;
  /** The operator's name. */
  by: string;
}

/** A day off that was entered while the service runs. */
export interface DayOff {
  date: string;
  until?: string;
  reason: { id: string; en: string };
  /** Absent: the whole office. */
  points?: string[];
  by: string;
}

/** At hand in every process; another hears of a change at once, and at the latest within a minute. */
export interface Points {
  /** The office as it is now. From memory, never throws; the same object until something changes. */
  office(): Office;
  changes(): readonly PointChange[];
  daysOff(): readonly DayOff[];
  /** Durable when resolved. Throws AppError of the store. */
  change(change: PointChange): Promise<void>;
  /** Back to what office.yaml says. */
  restore(of: Pick<PointChange, 'point' | 'activity'>): Promise<void>;
  /** The whole list anew. */
  setDaysOff(days: readonly DayOff[]): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}
