/** Which `{names}` the texts of `flows.yaml` may hold, and which they must. docs/writing-flows.md explains each. */
import type { TextKey } from './text-keys.ts';

/** Filled in every text: who and where the office is. */
export const ALWAYS = ['office', 'region', 'hours', 'address', 'website'] as const;

export interface Placeholders {
  /** Without these the text would be useless to the citizen. */
  required: readonly string[];
  optional: readonly string[];
}

const none: Placeholders = { required: [], optional: [] };
const may = (...optional: string[]): Placeholders => ({ required: [], optional });
const must = (...required: string[]): Placeholders => ({ required, optional: [] });

/** Of the answers that are given while a kiosk is open (`faq.<topic>.kiosk`). */
export const KIOSK_ANSWER: Placeholders = must('kiosk');

/** By the key of `texts`, beside `ALWAYS`. */
export const TEXT_PLACEHOLDERS: Readonly<Record<TextKey, Placeholders>> = {
  welcome: must('menu'),
  menu: must('menu'),
  welcomeBack: may('service'),
  closing: none,
  consent: may('service', 'days'),
  consentUnclear: none,
  refused: none,
  cancelled: may('service'),
  paused: may('service'),
  nothingToResume: none,
  noPrevious: none,
  help: none,
  stopped: none,
  started: none,
  official: none,
  slowDown: none,
  wait: none,
  unknownKind: may('kind'),
  fileUnexpected: none,
  notUnderstoodMenu: may('menu'),
  outOfScope: none,
  documentBySms: must('url'),
  documentByCounter: none,
  formToSign: none,
  fileReceived: may('document'),
  morePages: may('pages', 'max'),
  albumRefused: must('page', 'of', 'why'),
  readProposed: must('what', 'read'),
  readDiffers: must('what', 'read', 'typed'),
  readDiffersHidden: must('what'),
  readHint: none,
  recheck: must('warning'),
  summary: must('items'),
  confirmUnclear: none,
  changeWhich: may('max'),
  flowChanged: none,
  serviceGone: none,
  submitted: { required: ['number', 'pin'], optional: ['service', 'due'] },
  submittedDigital: may('service'),
  offerSlots: { required: ['slots'], optional: ['purpose'] },
  slotUnclear: must('slots'),
  slotTaken: { required: ['slots'], optional: ['purpose'] },
  noSlots: none,
  booked: { required: ['slot', 'place'], optional: ['bring'] },
  nothingToReschedule: none,
  receiptCaption: may('number'),
  receiptLink: must('url'),
  slipCaption: may('number'),
  slipLink: must('url'),
  handoff: may('answerBy'),
  handoffUpset: may('answerBy'),
  handoffTrouble: may('answerBy'),
  handoffComplaint: may('answerBy'),
  handoffBack: none,
  handoffEnded: none,
  statusFound: { required: ['state'], optional: ['number', 'service', 'due', 'slot'] },
  statusUnknown: none,
  newsApproved: may('number', 'service'),
  newsCorrection: { required: ['list', 'due'], optional: ['number', 'service'] },
  newsCorrectionReminder: { required: ['due'], optional: ['number', 'service', 'list'] },
  newsLater: none,
  newsRejected: { required: ['reason'], optional: ['number', 'service'] },
  newsReopened: may('number', 'service', 'reason'),
  newsResult: may('number', 'service', 'document'),
  newsResultLink: { required: ['url'], optional: ['number', 'service', 'document'] },
  newsKiosk: must('kiosk'),
  newsPin: { required: ['pin'], optional: ['number', 'service'] },
  newsLetter: may('number', 'service'),
  newsLetterLink: { required: ['url'], optional: ['number', 'service'] },
  newsReady: may('number', 'service', 'document'),
  newsReadyReminder: { required: ['due'], optional: ['number', 'service', 'document'] },
  newsPickup: none,
  newsHandedOver: may('number', 'service', 'document'),
  newsCancelled: { required: ['reason'], optional: ['number', 'service'] },
  newsExpired: may('number', 'service'),
  newsUncollected: may('number', 'service', 'document'),
  correctionWaits: may('number', 'service'),
  correctionReceived: { required: ['due'], optional: ['number', 'service'] },
  correctionClosed: may('number', 'service'),
  noticeSiak: may('until', 'reason'),
  noticeBlangko: may('until', 'reason'),
  nudge: may('service'),
  switched: none,
};
