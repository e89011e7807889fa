/** All keys of `office.yaml`. */
import { z } from 'zod';
import { district, location, pointId, regency, words } from './basics.ts';
import { closureSchema, specialSchema } from './exceptions.ts';
import { lettersSchema } from './letters.ts';
import { pointSchema } from './points.ts';
import { repliesSchema } from './replies.ts';
import { retentionSchema } from './retention.ts';
import { templatesSchema } from './templates.ts';
import { weekHoursSchema, windowSchema } from './week-hours.ts';

/** Indonesia's zones; none has daylight saving time. */
const TIME_ZONES = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'] as const;

export const officeShape = z.strictObject({
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
export type Office = z.infer<typeof officeShape>;
