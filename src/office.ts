/** `office.yaml`: who we are, where and when we are there, and for how many at once. The file explains itself to its editors. */
import { z } from 'zod';
import { lettersSchema } from './office/letters.ts';
import { repliesSchema } from './office/replies.ts';
import { retentionSchema } from './office/retention.ts';
import { templatesSchema } from './office/templates.ts';
import { weekHoursSchema, windowSchema } from './office/week-hours.ts';
import { type Problem, readYaml } from './yaml-file.ts';

export type { WeekHours, Window } from './office/week-hours.ts';

/** What a citizen may come for; each has its own hours. */
export const ACTIVITIES = ['submit', 'pickup', 'record'] as const;

/** Indonesia's zones; none has daylight saving time. */
const TIME_ZONES = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'] as const;

/** Only what is `active` is offered to citizens. */
const status = z.enum(['planned', 'active', 'suspended', 'broken']).default('active');

const words = z.strictObject({ id: z.string().min(1), en: z.string().min(1) });
/** A Kemendagri region code, `64.08` (regency) or `64.08.04` (district). */
const regency = z
  .string()
  .regex(/^\d\d\.\d\d$/, { message: 'is not a regency code; write for example "64.08"' });
const district = z
  .string()
  .regex(/^\d\d\.\d\d\.\d\d$/, { message: 'is not a district code; write for example "64.08.04"' });
const location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
const pointId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' });
const date = z.iso.date({ message: 'is not a date; write it as 2026-12-25' });
const capacity = z.int().min(0).max(1000);

/** How a point or one of its activities stands: out of order up to and including `until`, without it nobody knows how long. */
const standing = { status, reason: words.optional(), until: date.optional() };
const standingSchema = z.object(standing);
export type Standing = z.infer<typeof standingSchema>;
export type PointStatus = Standing['status'];

const activitySchema = z.strictObject({
  ...standing,
  hours: weekHoursSchema,
  /** Slots are cut from the start of each window; what is left over at its end is not offered. */
  slotMinutes: z.int().min(5).max(480),
  /** How many applications one slot takes. */
  capacity,
  /** Those who come without a time: how many an hour are served, and how many numbers a day are given. None without it. */
  walkIns: z.strictObject({ perHour: z.int().min(1).max(500), perDay: z.int().min(1).max(2000) }).optional(),
});
export type OfficeActivity = z.infer<typeof activitySchema>;

/** A kiosk (ADM) at which people print by themselves: nobody needs a time for it. */
const printSchema = z.strictObject({ ...standing, hours: weekHoursSchema });

/** What a point is; `mobile` goes from place to place (jemput bola). */
export const POINT_KINDS = ['office', 'district', 'mall', 'kiosk', 'mobile', 'village'] as const;

/** Where a mobile point stands: on a date, or on each such weekday. Its hours there replace the usual ones. */
const stopSchema = z.strictObject({
  date: date.optional(),
  day: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).optional(),
  address: z.string().min(1),
  location: location.optional(),
  district: district.optional(),
  hours: z.array(windowSchema).min(1).optional(),
});
export type RouteStop = z.infer<typeof stopSchema>;

const pointSchema = z.strictObject({
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

/** What a day off is: a national holiday, cuti bersama, or a day of the region or the office. */
export const CLOSURE_KINDS = ['national', 'joint-leave', 'local'] as const;

/** From `date` up to and including `until`; one day without it. */
const period = { date, until: date.optional(), reason: words };

const closureSchema = z.strictObject({
  ...period,
  kind: z.enum(CLOSURE_KINDS).optional(),
  /** Closed points only; without, the whole office with its chat is closed. */
  points: z.array(pointId).min(1).optional(),
});

const change = z.strictObject({ hours: weekHoursSchema.optional(), capacity: capacity.optional() });
const specialSchema = z.strictObject({
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

const shape = z.strictObject({
  /** The government it belongs to, printed above its name (`Pemerintah Kabupaten Contoh`). */
  authority: z.string().min(1).optional(),
  name: z.string().min(1),
  /** The name in chats and SMS. */
  shortName: z.string().min(1),
  region: z.string().min(1),
  address: z.string().min(1),
  website: z.url({
    protocol: /^https?$/,
    message: 'is not a web address; write for example https://disdukcapil.contoh.go.id',
  }),
  timeZone: z.enum(TIME_ZONES),
  /** The regency or city, by its code: its kecamatan are known by name. */
  regency: regency.optional(),
  /** Where a kecamatan lies in which no point is. */
  districts: z.record(district, location).default({}),
  /** When operators answer. */
  chat: weekHoursSchema,
  /** Between these times an SMS may come unasked. */
  smsHours: windowSchema,
  /** What the activities are called in the line of opening hours. */
  activities: z.strictObject({ submit: words, pickup: words, record: words }),
  /** By id; the first is the main office, the rest in the order in which citizens are sent there instead. */
  points: z.record(pointId, pointSchema),
  closures: z.array(closureSchema).default([]),
  /** Other hours or capacities for a while (Ramadan, half the staff at home); the first entry that says something counts. */
  special: z.array(specialSchema).default([]),
  /** In these hours nobody is served, whatever the hours of a point say (rest, Friday prayer). */
  breaks: weekHoursSchema.optional(),
  /** How many visits of a service the whole office takes on one day. */
  quotas: z.record(z.string(), z.strictObject({ perDay: z.int().min(0).max(100_000) })).default({}),
  /** Canned replies that operators choose from. */
  replies: repliesSchema,
  /** What stands on our letters. */
  letters: lettersSchema,
  /** Messages that WhatsApp has approved. */
  templates: templatesSchema,
  /** How long what is kept. */
  retention: retentionSchema,
});

/** Who we are, as read and checked. */
export type Office = z.infer<typeof shape>;

const officeSchema = shape.superRefine((office, context) => {
  const report = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  checkMainPoint(office, report);
  checkSlots(office, report);
  checkPeriods(office, report);
});

type Report = (path: PropertyKey[], message: string) => void;

/**
 * Reads the text of `office.yaml`; `file` is only named in problems, which come all at once, with line and column.
 * A valid office has at least one point and hours at its main office or chat.
 */
export function loadOffice(
  text: string,
  file: string,
): { ok: true; office: Office } | { ok: false; problems: Problem[] } {
  const read = readYaml(text, file, officeSchema);
  return read.ok ? { ok: true, office: read.value } : read;
}

/** The main office: its id and data. */
export function mainPoint(office: Office): { id: string; point: ServicePoint } {
  const [[id, point] = []] = Object.entries(office.points);
  if (id === undefined || point === undefined) throw new Error('an office without a point passed its schema');
  return { id, point };
}

/** Without any working day no promise could be given a date. */
function checkMainPoint(office: Office, report: Report): void {
  if (Object.keys(office.points).length === 0) {
    report(['points'], 'needs at least one point, the main office');
    return;
  }
  const { submit } = mainPoint(office).point.activities;
  const days = [...office.chat, ...(submit?.hours ?? [])];
  if (days.every((windows) => windows.length === 0))
    report(['chat'], 'has no hours, nor has submit at the main office; the office needs a working day');
}

function checkSlots(office: Office, report: Report): void {
  for (const [id, point] of Object.entries(office.points)) {
    for (const activity of ACTIVITIES) {
      const { hours = [], slotMinutes = 0 } = point.activities[activity] ?? {};
      const isShort = hours.flat().some((window) => window.endMinute - window.startMinute < slotMinutes);
      if (isShort)
        report(
          ['points', id, 'activities', activity, 'slotMinutes'],
          'is longer than one of the spans in hours',
        );
    }
  }
}

function checkPeriods(office: Office, report: Report): void {
  for (const key of ['closures', 'special'] as const) {
    office[key].forEach(({ date: from, until, points = [] }, i) => {
      if (until !== undefined && until < from) report([key, i, 'until'], `lies before date (${from})`);
      const named = Array.isArray(points)
        ? points.entries()
        : Object.keys(points).map((id) => [id, id] as const);
      for (const [at, id] of named)
        if (!Object.hasOwn(office.points, id))
          report(
            [key, i, 'points', at],
            `there is no point "${id}"; points are ${Object.keys(office.points).join(', ')}`,
          );
    });
  }
}
