/** The service points of `office.yaml`: what each can do, when, how it stands, and where it is. */
import { z } from 'zod';
import { date, district, location, words } from './basics.ts';
import { DAYS, weekHoursSchema, windowsSchema } from './week-hours.ts';

/** What a citizen may come for; each has its own hours. */
export const ACTIVITIES = ['submit', 'pickup', 'record'] as const;

/** Only what is `active` is offered to citizens. */
const status = z.enum(['planned', 'active', 'suspended', 'broken']).default('active');

export const capacitySchema = z.int().min(0).max(1000);

/** How a point or one of its activities stands: out of order up to and including `until`, without it nobody knows how long. */
const standing = { status, reason: words.optional(), until: date.optional() };
const standingSchema = z.object(standing);
export type Standing = z.infer<typeof standingSchema>;
export type PointStatus = Standing['status'];

const activitySchema = z.strictObject({
  ...standing,
  hours: weekHoursSchema,
  /** Slots are cut from the start of each window, and anew after each break; what is left over at an end is not offered. */
  slotMinutes: z.int().min(5).max(480),
  /** How many applications one slot takes. */
  capacity: capacitySchema,
  /** Those who come without a time: how many an hour are served, and how many numbers a day are given. None without it. */
  walkIns: z.strictObject({ perHour: z.int().min(1).max(500), perDay: z.int().min(1).max(2000) }).optional(),
});
export type OfficeActivity = z.infer<typeof activitySchema>;

/** A kiosk (ADM) at which people print by themselves: nobody needs a time for it. */
const printSchema = z.strictObject({ ...standing, hours: weekHoursSchema });

/** What a point is; `mobile` goes from place to place (jemput bola). */
const POINT_KINDS = ['office', 'district', 'mall', 'kiosk', 'mobile', 'village'] as const;

/** Where a mobile point stands: on a date, or on each such weekday. Its hours there replace the usual ones. */
const stopSchema = z.strictObject({
  date: date.optional(),
  day: z.enum(DAYS).optional(),
  address: z.string().min(1),
  location: location.optional(),
  district: district.optional(),
  hours: windowsSchema.min(1).optional(),
});
export type RouteStop = z.infer<typeof stopSchema>;

export const pointSchema = z.strictObject({
  name: words,
  address: z.string().min(1),
  kind: z.enum(POINT_KINDS).default('office'),
  ...standing,
  location: location.optional(),
  /** The kecamatan in which it lies. */
  district: district.optional(),
  /** A mall keeps its own hours: closures that name no points do not close it. */
  opensOnHolidays: z.boolean().default(false),
  /** Instead of the office's own. */
  breaks: weekHoursSchema.optional(),
  /** Of a `mobile` point only, which is open on these days alone. */
  route: z.array(stopSchema).min(1).optional(),
  activities: z.strictObject({
    submit: activitySchema.optional(),
    pickup: activitySchema.optional(),
    record: activitySchema.optional(),
    print: printSchema.optional(),
  }),
});
export type ServicePoint = z.infer<typeof pointSchema>;
