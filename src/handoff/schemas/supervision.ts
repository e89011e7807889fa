/** Shapes of what a supervisor, an admin and an auditor look at. Times are milliseconds since the epoch. */
import { z } from 'zod';
import { id, operatorRef, time, words } from './basics.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Waits are in ms, null where nobody waited. */
const waits = z.object({
  count: z.number().int(),
  medianMs: z.number().nullable(),
  p90Ms: z.number().nullable(),
});

/** `from` and `until` are days of the office, both included, at most 366. */
export const STATISTICS_QUERY = ['from', 'until'] as const;

export const statisticsSchema = z.object({
  from: day,
  until: day,
  days: z.array(
    z.object({
      day,
      submitted: z.number().int(),
      completed: z.number().int(),
      handoffs: z.number().int(),
      resolved: z.number().int(),
      /** From the first unanswered message to the claim. */
      waits,
    }),
  ),
  services: z.array(
    z.object({
      service: z.string(),
      title: z.string(),
      submitted: z.number().int(),
      /** Done by the office within the promised time, and later; and what is open past its time now. */
      kept: z.number().int(),
      broken: z.number().int(),
      overdue: z.number().int(),
    }),
  ),
  operators: z.array(
    operatorRef.extend({
      claims: z.number().int(),
      replies: z.number().int(),
      resolved: z.number().int(),
      decisions: z.number().int(),
      waits,
    }),
  ),
  /** Where citizens give up: how many were asked each question, and how many went on. */
  funnel: z.array(
    z.object({
      service: z.string(),
      title: z.string(),
      begun: z.number().int(),
      filed: z.number().int(),
      steps: z.array(
        z.object({
          step: z.string(),
          label: z.string(),
          asked: z.number().int(),
          handoffs: z.number().int(),
        }),
      ),
    }),
  ),
  /** What is open now. */
  open: z.object({
    waiting: z.number().int(),
    claimed: z.number().int(),
    requests: z.number().int(),
    late: z.number().int(),
  }),
});

/** Phones that file for many unrelated families: brokers, or village officers who may. */
export const filersSchema = z.object({
  filers: z.array(
    z.object({
      conversation: id,
      /** Masked. */
      address: z.string(),
      applications: z.number().int(),
      families: z.number().int(),
      lastAt: time,
      officer: z.object({ name: z.string(), village: z.string(), by: z.string(), at: time }).nullable(),
    }),
  ),
});
export const officerSchema = z.strictObject({ name: words(80), village: words(80) });

export const noticesSchema = z.object({
  notices: z.array(
    z.object({
      kind: z.enum(['siak', 'blangko']),
      isOn: z.boolean(),
      since: time.nullable(),
      until: time.nullable(),
      reason: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
});
export const noticeChangeSchema = z.strictObject({
  kind: z.enum(['siak', 'blangko']),
  isOn: z.boolean(),
  until: time.optional(),
  reason: words(200).optional(),
});

export const AUDIT_QUERY = ['before', 'actor', 'action', 'subject', 'from', 'until'] as const;
export const auditSchema = z.object({
  /** Newest first, at most 100. */
  lines: z.array(
    z.object({
      seq: z.number().int(),
      at: time,
      actor: z.string(),
      /** The operator's name, where the actor is one. */
      name: z.string().nullable(),
      action: z.string(),
      subject: z.string(),
      details: z.string(),
      hash: z.string(),
    }),
  ),
  /** Give it as `before` for the next page; null: that was all. */
  next: z.number().int().nullable(),
});
export const auditCheckSchema = z.object({
  ok: z.boolean(),
  entries: z.number().int().nullable(),
  brokenAt: z.number().int().nullable(),
});

export type Statistics = z.infer<typeof statisticsSchema>;
export type Filers = z.infer<typeof filersSchema>;
export type Notices = z.infer<typeof noticesSchema>;
export type Audit = z.infer<typeof auditSchema>;
export type AuditCheck = z.infer<typeof auditCheckSchema>;
