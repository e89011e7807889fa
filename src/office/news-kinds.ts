/** What an applicant may hear of an application, and what may be told of it in a message template. */

/** `...-reminder`: its last day comes near. `uncollected`: a finished document that nobody fetched. */
export const NEWS_KINDS = [
  'approved',
  'correction',
  'correction-reminder',
  'rejected',
  'reopened',
  'result',
  'pin',
  'letter',
  'ready',
  'ready-reminder',
  'handed-over',
  'cancelled',
  'expired',
  'uncollected',
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** Placeholders of the values of a template: what the news says itself (no PIN, no address of a file), and the office. */
export const NEWS_VALUES = [
  'number',
  'service',
  'document',
  'reason',
  'list',
  'due',
  'office',
  'region',
  'hours',
  'address',
  'website',
] as const;
