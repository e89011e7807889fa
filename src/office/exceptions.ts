/** Days that are not as usual: days off, and other hours or capacities for a while. */
import { z } from 'zod';
import { date, pointId, words } from './basics.ts';
import { capacitySchema } from './points.ts';
import { weekHoursSchema } from './week-hours.ts';

/** What a day off is: a national holiday, cuti bersama, or a day of the region or the office. */
const CLOSURE_KINDS = ['national', 'joint-leave', 'local'] as const;

/** From `date` up to and including `until`; one day without it. */
const period = { date, until: date.optional(), reason: words };

export const closureSchema = z.strictObject({
  ...period,
  kind: z.enum(CLOSURE_KINDS).optional(),
  /** Closed points only; without, the whole office with its chat is closed. */
  points: z.array(pointId).min(1).optional(),
});

const change = z.strictObject({ hours: weekHoursSchema.optional(), capacity: capacitySchema.optional() });

export const specialSchema = z.strictObject({
  ...period,
  chat: weekHoursSchema.optional(),
  /** Every desk is open within these hours only (Ramadan); a day that is not named stays as it is. */
  within: weekHoursSchema.optional(),
  /** Instead of the breaks of the office and its points. */
  breaks: weekHoursSchema.optional(),
  points: z
    .record(
      pointId,
      z.strictObject({ submit: change.optional(), pickup: change.optional(), record: change.optional() }),
    )
    .default({}),
});
