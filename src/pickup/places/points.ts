/** The service points as they are now: office.yaml, and what operators have changed since. */
import type { Logger } from 'pino';
import { z } from 'zod';
import { createLiveSetting } from '../../conversation/live-setting.ts';
import type { Hub, SettingStore } from '../../conversation/ports.ts';
import type { Json } from '../../json.ts';
import { ACTIVITIES, type Office } from '../../office.ts';
import { applyChanges, type DayOff, type PointChange } from './changes.ts';

/** At hand in every process; another hears of a change at once, and at the latest within a minute. */
export interface Points {
  /** The office as it is now. From memory, never throws; the same object until something changes. */
  office(): Office;
  changes(): readonly PointChange[];
  daysOff(): readonly DayOff[];
  /**
   * Durable when resolved. What the change does not say (standing or capacity) stays as an earlier change has it.
   * Throws AppError of the store.
   */
  change(change: PointChange): Promise<void>;
  /** Back to what office.yaml says; `standing`: a capacity that was changed stays. */
  restore(of: Pick<PointChange, 'point' | 'activity'>, what?: 'standing'): Promise<void>;
  /** The whole list anew. */
  setDaysOff(days: readonly DayOff[]): Promise<void>;
  /** Reads them now, where hearing of a change a moment later would be too late. Throws AppError of the store. */
  refresh(): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}

/** Of the setting, and of the hub's topic. */
const NAME = 'points';

const words = z.object({ id: z.string(), en: z.string() });
const changeSchema = z.object({
  point: z.string(),
  activity: z.enum([...ACTIVITIES, 'print']).optional(),
  standing: z
    .object({
      status: z.enum(['planned', 'active', 'suspended', 'broken']),
      reason: words.optional(),
      until: z.string().optional(),
    })
    .optional(),
  capacity: z.number().int().min(0).optional(),
  since: z.number(),
  by: z.string(),
});
const dayOffSchema = z.object({
  date: z.string(),
  until: z.string().optional(),
  reason: words,
  points: z.array(z.string()).optional(),
  by: z.string(),
});

interface Stored {
  changes: PointChange[];
  daysOff: DayOff[];
}

/** Over `office`, as office.yaml has it; nothing is read before `start`. */
export function createPoints(deps: {
  office: Office;
  settings: SettingStore;
  hub: Hub;
  log: Logger;
}): Points {
  const setting = createLiveSetting<Stored>({ ...deps, name: NAME, parse: readStored });
  let applied: { of: Stored; office: Office } | undefined;

  return {
    refresh: setting.refresh,
    start: setting.start,
    stop: setting.stop,
    changes: () => setting.value().changes,
    daysOff: () => setting.value().daysOff,
    office() {
      const of = setting.value();
      if (applied?.of !== of) applied = { of, office: applyChanges(deps.office, of) };
      return applied.office;
    },
    change: (change) =>
      setting.change(({ changes, daysOff }) => {
        const before = changes.find((one) => isSame(one, change));
        return { changes: [...without(changes, change), { ...before, ...change }], daysOff };
      }),
    restore: (of, what) =>
      setting.change(({ changes, daysOff }) => {
        const { standing: _, ...rest } = changes.find((one) => isSame(one, of)) ?? {};
        const kept = what === 'standing' && 'point' in rest && rest.capacity !== undefined ? [rest] : [];
        return { changes: [...without(changes, of), ...kept], daysOff };
      }),
    setDaysOff: (days) => setting.change(({ changes }) => ({ changes, daysOff: [...days] })),
  };
}

type Of = Pick<PointChange, 'point' | 'activity'>;

function isSame(a: Of, b: Of): boolean {
  return a.point === b.point && a.activity === b.activity;
}

function without(changes: readonly PointChange[], of: Of): PointChange[] {
  return changes.filter((one) => !isSame(one, of));
}

/** What this version cannot read of what another wrote counts as nothing; the rest stands. */
function readStored(stored: Json | undefined): Stored {
  const { changes, daysOff } = listsSchema.parse(stored);
  return {
    changes: readable<PointChange>(changeSchema, changes),
    daysOff: readable<DayOff>(dayOffSchema, daysOff),
  };
}

const listSchema = z.array(z.unknown()).catch([]);
const listsSchema = z
  .object({ changes: listSchema, daysOff: listSchema })
  .catch({ changes: [], daysOff: [] });

/** What was stored has no key that is undefined (live-setting.ts). */
function readable<One>(schema: z.ZodType, all: unknown[]): One[] {
  return all.flatMap((one) => {
    const read = schema.safeParse(one);
    return read.success ? [read.data as One] : [];
  });
}
