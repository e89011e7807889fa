/** How long the office waits for an applicant, and what follows. Pure: nothing is written or told here. */
import type { ApplicationNews, NewsKind } from '../conversation/types.ts';
import type { Flows } from '../flows/schema.ts';
import { withHistory } from './history.ts';
import { nextState } from './lifecycle.ts';
import type { Application, HistoryEntry } from './ports.ts';
import { refusedIn } from './service-facts.ts';

/** `timing` of flows.yaml, and the zone in which days end. */
export interface WaitingRules {
  timing: Pick<Flows['timing'], 'correction' | 'keep'>;
  timeZone: string;
}

/** Days before the last one on which an applicant is reminded. Indonesia's days all have 24 hours. */
const REMINDED_BEFORE_DAYS = 3;
const DAY_MS = 86_400_000;

interface Wait {
  /** What it began with. */
  event: HistoryEntry['event'];
  lasts: keyof WaitingRules['timing'];
  reminder: NewsKind;
  ended: NewsKind;
}

const WAITS: { [state in Application['state']]?: Wait } = {
  correction: {
    event: 'ask-correction',
    lasts: 'correction',
    reminder: 'correction-reminder',
    ended: 'expired',
  },
  ready: { event: 'finish', lasts: 'keep', reminder: 'ready-reminder', ended: 'uncollected' },
};

/** The states in which the office waits. */
export const WAITING_STATES = Object.keys(WAITS) as Application['state'][];

/** The end of the day on which a wait of this ISO 8601 duration ends, its last millisecond. */
export function lastDay(from: number, duration: string, timeZone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).add(duration);
  return day.startOfDay().add({ days: 1 }).epochMilliseconds - 1;
}

/**
 * The application after what is due at `now`: expired when its last day is over, or the reminder three days before,
 * once; with its news. Undefined when nothing is due.
 */
export function afterWaiting(
  application: Application,
  now: number,
  { timing, timeZone }: WaitingRules,
): Application | undefined {
  const { state, history } = application;
  const wait = WAITS[state];
  const begun = wait ? history.findLastIndex(({ event }) => event === wait.event) : -1;
  const from = history[begun]?.at;
  if (!wait || from === undefined) return undefined;
  const dueAt = lastDay(from, timing[wait.lasts], timeZone);
  if (now > dueAt) return expired(application, now, wait);
  const remindAt = dueAt + 1 - (REMINDED_BEFORE_DAYS + 1) * DAY_MS;
  const isReminded = history.slice(begun + 1).some(isReminder);
  if (now < remindAt || remindAt < from || isReminded) return undefined;
  const entry = { at: now, event: 'note', by: 'system', state, reason: 'Pemohon diingatkan' } as const;
  return withHistory(application, entry, { kind: wait.reminder, dueAt, ...asked(application) });
}

function expired(application: Application, now: number, { ended }: Wait): Application | undefined {
  const state = nextState(application.state, 'expire', 'system');
  if (!state) return undefined;
  return withHistory(
    { ...application, state },
    { at: now, event: 'expire', by: 'system', state },
    { kind: ended },
  );
}

/** Our other notes were written for news of their own. */
function isReminder({ event, by, news }: HistoryEntry): boolean {
  return event === 'note' && by === 'system' && news === undefined;
}

/** What is still to be corrected. */
function asked(application: Application): Pick<ApplicationNews, 'refused'> {
  return application.state === 'correction' ? { refused: refusedIn(application) } : {};
}
