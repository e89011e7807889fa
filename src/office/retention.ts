/** `retention` of office.yaml: how long what is kept. */
import { z } from 'zod';

const days = z
  .string()
  .regex(/^P[1-9]\d{0,3}[DW]$/, {
    message: 'is not a number of days; write for example P30D (30 days) or P4W (4 weeks)',
  })
  .default('P30D');

/** ISO 8601 durations of whole days or weeks; 30 days where nothing is said. */
export const retentionSchema = z
  .strictObject({
    /** Files and answers of a case after it was closed. */
    files: days,
    /** Files of an application that was begun and never filed. */
    drafts: days,
    /** What was said, and files of no case. */
    chat: days,
  })
  .prefault({});
