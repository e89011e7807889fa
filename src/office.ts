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
const pointId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' });
const date = z.iso.date({ message: 'is not a date; write it as 2026-12-25' });
const capacity = z.int().min(0).max(1000);

const activitySchema = z.strictObject({
  status,
  hours: weekHoursSchema,
  /** Slots are cut from the start of each window; what is left over at its end is not offered. */
  slotMinutes: z.int().min(5).max(480),
  /** How many applications one slot takes. */
  capacity,
});
export type OfficeActivity = z.infer<typeof activitySchema>;

/** A kiosk (ADM) at which people print by themselves: nobody needs a time for it. */
const printSchema = z.strictObject({ status, hours: weekHoursSchema });

const pointSchema = z.strictObject({
  name: words,
  address: z.string().min(1),
  status,
  activities: z.strictObject({
    submit: activitySchema.optional(),
    pickup: activitySchema.optional(),
    record: activitySchema.optional(),
    print: printSchema.optional(),
  }),
});
export type ServicePoint = z.infer<typeof pointSchema>;

/** From `date` up to and including `until`; one day without it. */
const period = { date, until: date.optional(), reason: words };

const closureSchema = z.strictObject({
  ...period,
  /** Closed points only; without, the whole office with its chat is closed. */
  points: z.array(pointId).min(1).optional(),
});

const change = z.strictObject({ hours: weekHoursSchema.optional(), capacity: capacity.optional() });
const specialSchema = z.strictObject({
  ...period,
  chat: weekHoursSchema.optional(),
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
