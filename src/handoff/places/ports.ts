/** What the pages of service points need of the other rooms; app.ts passes it. Times are ms since the epoch. */
import type { OperatorRef } from '../../conversation/types.ts';
import type { OutageView, PointsView, StockView } from '../schemas/places.ts';

type PointView = PointsView['points'][number];
type ActivityId = PointView['activities'][number]['id'];

/** A point, or one of its activities. */
export interface PointPart {
  point: string;
  activity?: ActivityId;
}

/** The points as they are now. */
export interface PointBoard {
  view(): Promise<PointsView>;
  /** The activities of a point, with the slots' capacity; undefined when there is no such point. */
  find(point: string): { id: ActivityId; capacity: number | null }[] | undefined;
  /** Whether an operator has changed the capacity there. */
  hasOwnCapacity(of: PointPart): boolean;
  /** Durable when resolved; what it does not say stays. `reason` is in the operator's words, `by` is the operator's name. */
  change(
    of: PointPart,
    to: {
      standing?: { status: PointView['status']; reason?: string; until?: string };
      capacity?: number;
    },
    by: string,
  ): Promise<void>;
  /** Back to office.yaml. */
  restore(of: PointPart): Promise<void>;
  /** All days off that are not in office.yaml, anew. */
  setDaysOff(
    days: { date: string; until?: string; reason: string; points?: string[] }[],
    by: string,
  ): Promise<void>;
  /** Whether the office would still work on some day soon, with these days off in place of those it has. */
  hasEnoughDays(days: { date: string; until?: string; reason: string; points?: string[] }[]): boolean;
  /** The office's date now. */
  today(): string;
}

/** What is out of order, and who is to be moved. */
export interface OutageWanted {
  /** Absent with the cause `calendar`. */
  point?: string;
  activity?: 'submit' | 'pickup' | 'record';
  cause: OutageView['cause'];
  reason?: string;
  until?: string;
}

/** Outages: those who are booked there get another time. */
export interface OutageBoard {
  /** Whose visits would be moved. */
  preview(wanted: OutageWanted): Promise<{ visits: number; firstAt: number | null; lastAt: number | null }>;
  /** Durable when resolved; the moving goes on by itself. */
  begin(wanted: OutageWanted, by: string): Promise<OutageView>;
  /** Newest first. */
  list(): OutageView[];
  /** Undefined: there is no such outage; `false`: it is undone already. */
  undo(id: string, by: string): Promise<OutageView | false | undefined>;
}

/** Blank cards. */
export interface StockBoard {
  view(point: string): Promise<StockView>;
  /** Durable when resolved; the same `id` again adds nothing. What it added to the count. */
  add(
    line: {
      id: string;
      point: string;
      kind: StockView['lines'][number]['kind'];
      count: number;
      reference?: string | undefined;
    },
    by: OperatorRef,
  ): Promise<number>;
}
