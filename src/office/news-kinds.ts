/** What an applicant may hear of an application, and what may be told of it in a message template. */

/**
 * `cards-again`: what is ready can be fetched, for there are blank cards again. `...-reminder`: its last day comes near. `uncollected`: a finished document that nobody fetched. `delayed`: it is past the
 * promised time. `visit-...`: of the booked visit: the day before, two hours before, moved by the office (`-moved`), back to
 * its old time (`-restored`), no other time yet (`-waiting`), nobody came (`-missed`), the document is not there yet (`-early`).
 */
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
  'cards-again',
  'ready-reminder',
  'handed-over',
  'cancelled',
  'expired',
  'uncollected',
  'delayed',
  'visit-reminder',
  'visit-soon',
  'visit-moved',
  'visit-restored',
  'visit-waiting',
  'visit-missed',
  'visit-early',
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
  'slot',
  'place',
  'was',
  'office',
  'region',
  'hours',
  'address',
  'website',
] as const;
