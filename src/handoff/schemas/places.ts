/** What travels about service points, outages, blank cards, the visits of a day and the queue. Times are ms since the epoch. */
import { z } from 'zod';
import { time, words } from './basics.ts';

const pointId = z.string().max(60);
const activity = z.enum(['submit', 'pickup', 'record']);
const status = z.enum(['planned', 'active', 'suspended', 'broken']);
/** A day of the office, `YYYY-MM-DD`. */
const date = z.iso.date();
/** In both languages; the second falls back to the first where only one was written. */
const bilingual = z.object({ id: words(200), en: words(200) });

/** Out of order up to and including `until`; null: nobody knows how long. */
const standing = { status, reason: bilingual.nullable(), until: date.nullable() };

/** Blank cards: null where no ledger is kept. `isOut`: citizens are not asked to come for a card. */
const stock = z.object({ count: z.number().int(), isOut: z.boolean() }).nullable();

export const pointsSchema = z.object({
  points: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      address: z.string(),
      kind: z.enum(['office', 'district', 'mall', 'kiosk', 'mobile', 'village']),
      ...standing,
      /** Not as office.yaml has it: who changed it, and when. */
      changed: z.object({ by: z.string(), at: time }).nullable(),
      activities: z.array(
        z.object({
          id: z.enum(['submit', 'pickup', 'record', 'print']),
          name: z.string(),
          ...standing,
          changed: z.object({ by: z.string(), at: time }).nullable(),
          /** The usual hours in one line, with the zone. */
          hours: z.string(),
          /** Null for a kiosk, at which nobody needs a time. */
          capacity: z.number().int().nullable(),
          slotMinutes: z.number().int().nullable(),
          /** Visits ahead. */
          booked: z.number().int(),
        }),
      ),
      stock,
    }),
  ),
  /** Days off: of office.yaml (`isFixed`), and entered here. */
  days: z.array(
    z.object({
      date,
      until: date.nullable(),
      reason: bilingual,
      points: z.array(z.string()).nullable(),
      isFixed: z.boolean(),
      by: z.string().nullable(),
    }),
  ),
  /** What the office should still enter (`holidays-missing 2027`), as sentences in Indonesian. */
  warnings: z.array(z.string()),
  /** Who is booked at a time that the calendar does not have (any more), and is moved by nobody yet; null: nobody. */
  strays: z.object({ visits: z.number().int(), firstAt: time, lastAt: time }).nullable(),
});
export type PointsView = z.infer<typeof pointsSchema>;

/** What an operator changes of a point or activity; `restore` alone: back to office.yaml. Capacity is the supervisor's. */
export const pointChangeSchema = z.strictObject({
  activity: z.enum(['submit', 'pickup', 'record', 'print']).optional(),
  restore: z.literal(true).optional(),
  status: status.optional(),
  reason: words(200).optional(),
  until: date.optional(),
  capacity: z.number().int().min(0).max(1000).optional(),
});

export const daysOffSchema = z.strictObject({
  days: z
    .array(
      z.strictObject({
        date,
        until: date.optional(),
        reason: words(200),
        points: z.array(pointId).min(1).optional(),
      }),
    )
    .max(200),
});

/** Who is to be moved. */
export const outageRequestSchema = z.discriminatedUnion('cause', [
  /** Who is booked there from now on, up to the end of `until`: it is out of order. */
  z.strictObject({
    point: pointId,
    /** Absent: the whole point. */
    activity: activity.optional(),
    /** `blangko`: only visits for a card are moved. */
    cause: z.enum(['device', 'closed', 'blangko']),
    reason: words(200).optional(),
    until: date.optional(),
  }),
  /** Whose time the calendar does not have (any more), at all points: the `strays`. */
  z.strictObject({ cause: z.literal('calendar') }),
]);
/** What would be done, before it is. */
export const outagePreviewSchema = z.object({
  visits: z.number().int(),
  firstAt: time.nullable(),
  lastAt: time.nullable(),
});

const outage = z.object({
  id: z.string(),
  /** Null with the cause `calendar`: no place is out of order. */
  point: z.string().nullable(),
  pointName: z.string().nullable(),
  activity: activity.nullable(),
  cause: z.enum(['device', 'closed', 'blangko', 'calendar']),
  reason: z.string().nullable(),
  until: date.nullable(),
  at: time,
  by: z.string(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  total: z.number().int(),
  /** Treated so far; `moved`: have another time, `waiting`: none was free, `own`: had changed or cancelled by themselves. */
  done: z.number().int(),
  moved: z.number().int(),
  waiting: z.number().int(),
  own: z.number().int(),
  /** When undone: how many are back at their old time. */
  restored: z.number().int(),
  /** Who has another time, or none, and is still to be told: nobody is woken at night. */
  untold: z.number().int(),
});
export const outageSchema = z.object({ outage });
/** Newest first. */
export const outagesSchema = z.object({ outages: z.array(outage) });
export type OutageView = z.infer<typeof outage>;

/** The ledger of a point, newest first. */
export const stockSchema = z.object({
  count: z.number().int(),
  isOut: z.boolean(),
  lines: z.array(
    z.object({
      id: z.string(),
      at: time,
      by: z.string(),
      kind: z.enum(['received', 'used', 'spoiled', 'counted']),
      change: z.number().int(),
      reference: z.string().nullable(),
    }),
  ),
});
export type StockView = z.infer<typeof stockSchema>;
/** `counted`: the count as it is now. `id` makes a repeat harmless. `reference` is the BAST number, which `received` needs. */
export const stockLineSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['received', 'used', 'spoiled', 'counted']),
  count: z.number().int().min(0).max(1_000_000),
  reference: words(80).optional(),
});

const visitMark = z.enum(['reminded-day', 'reminded-soon', 'on-way', 'late', 'arrived', 'served', 'missed']);

const visit = z.object({
  booking: z.string(),
  number: z.string(),
  service: z.string(),
  /** The applicant, masked as in lists. */
  name: z.string().nullable(),
  startAt: time,
  endAt: time,
  /** Kept for an answer only. */
  isHeld: z.boolean(),
  marks: z.array(z.object({ mark: visitMark, at: time })),
});

/** One point on one day. */
export const visitDaySchema = z.object({
  point: z.string(),
  pointName: z.string(),
  address: z.string(),
  date,
  /** Why it is closed that day; null: it is open. */
  closed: z.string().nullable(),
  activities: z.array(
    z.object({
      id: activity,
      name: z.string(),
      /** All slots of the day in order, also the empty ones; those outside today's calendar that still have visits too. */
      slots: z.array(
        z.object({
          startAt: time,
          endAt: time,
          capacity: z.number().int(),
          visits: z.array(visit),
        }),
      ),
      /** Walk-ins; null where none are taken. */
      queue: z
        .object({
          perDay: z.number().int(),
          tickets: z.array(
            z.object({
              id: z.string(),
              label: z.string(),
              number: z.number().int(),
              at: time,
              expectedAt: time,
              calledAt: time.nullable(),
              endedAt: time.nullable(),
              outcome: z.enum(['served', 'gone']).nullable(),
            }),
          ),
        })
        .nullable(),
    }),
  ),
  totals: z.object({
    capacity: z.number().int(),
    booked: z.number().int(),
    arrived: z.number().int(),
    served: z.number().int(),
    missed: z.number().int(),
  }),
});
export type VisitDay = z.infer<typeof visitDaySchema>;
export type Visit = z.infer<typeof visit>;

/** Puts a mark of the counter on a visit, or takes it off. */
export const visitMarkSchema = z.strictObject({
  mark: z.enum(['arrived', 'served', 'missed']),
  isOn: z.boolean(),
});

/** A number for somebody at the counter. */
export const ticketRequestSchema = z.strictObject({ point: pointId, activity });
export const ticketSchema = z.object({
  ticket: z.object({
    id: z.string(),
    label: z.string(),
    number: z.number().int(),
    expectedAt: time,
    calledAt: time.nullable(),
    outcome: z.enum(['served', 'gone']).nullable(),
  }),
});
/** Null: nobody waits. */
export const calledSchema = z.object({ ticket: ticketSchema.shape.ticket.nullable() });
export const ticketEndSchema = z.strictObject({ outcome: z.enum(['served', 'gone']).nullable() });
