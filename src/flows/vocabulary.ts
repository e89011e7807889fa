/** The codes that `flows.yaml` gives words to. Parsers, intake and the lifecycle use them; a test compares. */
/** Why a file is refused when it is looked at (documents/intake/). `rephotographed`: a photo of a screen or of another photo. */
export const FILE_REASONS = [
  'type',
  'size',
  'empty',
  'broken',
  'dark',
  'bright',
  'blurred',
  'small',
  'cut',
  'screenshot',
  'rephotographed',
  'password',
  'active',
  'pages',
  'virus',
] as const;
export type FileReason = (typeof FILE_REASONS)[number];

/** What may be read off a photo of a document, and what of it. A reading proposes; it never decides. */
export const READINGS = {
  ktp: ['nik', 'name', 'birth-date', 'birth-place'],
  kk: ['kk', 'head-name', 'nik'],
  'surat-lahir': ['child-name', 'birth-date', 'birth-time', 'mother-name', 'father-name'],
} as const;
export type ReadingKind = keyof typeof READINGS;

/** Our forms of Permendagri 109/2019 that Loket fills in. */
export const FORMS = [
  'F-1.02',
  'F-1.03',
  'F-1.05',
  'F-1.06',
  'F-1.07',
  'F-2.01',
  'F-2.03',
  'F-2.04',
] as const;
export type FormCode = (typeof FORMS)[number];

/** Why an answer is not taken, by step kind (`errors.<kind>.<reason>`). */
export const REASONS: Readonly<Record<string, readonly string[]>> = {
  nik: ['not-16-digits', 'letters', 'region', 'date', 'serial', 'repeated', 'two-values', 'other-number'],
  kk: ['not-16-digits', 'letters', 'repeated', 'two-values', 'other-number'],
  name: ['empty', 'digits', 'symbols', 'too-long', 'question'],
  date: ['unreadable', 'impossible', 'future', 'past', 'two-values'],
  time: ['unreadable', 'impossible', 'two-values'],
  phone: ['unreadable', 'length', 'landline', 'two-values'],
  email: ['unreadable', 'two-values'],
  number: ['unreadable', 'range', 'two-values'],
  'yes-no': ['unreadable', 'both'],
  choice: ['unreadable', 'both'],
  text: ['too-short', 'too-long', 'format'],
  'akta-number': ['unreadable', 'too-long', 'two-values'],
  document: ['not-a-file', 'gone', ...FILE_REASONS],
  location: ['unreadable'],
};

/** Remarks on answers that are taken all the same (`warnings.<code>`); each needs words. */
export const WARNINGS = [
  'region-unknown',
  'looks-like-nik',
  'date-implausible',
  'one-word',
  'abbreviation',
  'birth-differs',
  'sex-differs',
] as const;

/** Remarks that are for operators: words are welcome, and not needed. */
export const QUIET_WARNINGS = ['year-assumed', 'weekday-differs'] as const;

/** The states of an application (`states.<state>`). */
export const STATES = [
  'draft',
  'submitted',
  'verification',
  'correction',
  'approved',
  'production',
  'ready',
  'completed',
  'rejected',
  'cancelled',
  'expired',
] as const;

/** Nothing more happens to an application in these, but for a supervisor who opens a rejected one again. */
export const CLOSED_STATES = [
  'completed',
  'rejected',
  'cancelled',
  'expired',
] as const satisfies (typeof STATES)[number][];

/** True when it is in one of them. */
export function isClosedState(state: (typeof STATES)[number]): boolean {
  return CLOSED_STATES.some((closed) => closed === state);
}

/** The decisions of the office on an application; each is an event of applications/lifecycle.ts. */
export const DECISIONS = [
  'take',
  'ask-correction',
  'approve',
  'reject',
  'reopen',
  'produce',
  'return',
  'finish',
  'hand-over',
  'cancel',
] as const;
export type Decision = (typeof DECISIONS)[number];

/** Names that the understanding and the statechart use themselves: no service or FAQ entry can be called so. */
export const RESERVED = [
  'idle',
  'visit',
  'back',
  'handoff',
  'loket',
  'petugas',
  'sapaan',
  'di-luar-layanan',
] as const;
