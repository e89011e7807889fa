/** Tells applicants of their visits, once each: the promise of a time changes nothing of the case itself. */
import type { Clock } from '../clock.ts';
import type { ApplicationNews, NewsKind } from '../conversation/types.ts';
import type { Json } from '../json.ts';
import { changeApplication } from './change.ts';
import type { Application, ApplicationStore } from './ports.ts';
import { asAnswers, bareValue } from './service-facts.ts';
import type { Teller } from './tell.ts';

/** What is told of a visit; `note` stands in the history, where operators read it (Indonesian). */
export interface VisitNews {
  /** Names this piece of news for good: the same id again tells nothing. Without dots. */
  id: string;
  news: Partial<ApplicationNews> & { kind: NewsKind };
  note: string;
}

/** `told` at the first call with an id, and `before` at each that comes after it; `unknown`: there is no such application. */
export type TellVisit = (number: string, news: VisitNews) => Promise<'told' | 'before' | 'unknown'>;

/**
 * Puts the news into the application with one write, durable when resolved, and tells it; what could not be told at once
 * the teller tells later. Whoever calls it first and marks then neither loses nor doubles it. Throws AppError of the store.
 */
export function createTellVisit(deps: {
  applications: Pick<ApplicationStore, 'find' | 'update'>;
  teller: Pick<Teller, 'tell'>;
  clock: Clock;
}): TellVisit {
  const { applications, teller, clock } = deps;
  return async (number, { id, news, note }) => {
    const outcome = await changeApplication(applications, number, (application) => {
      if (application.history.some((line) => line.news === id)) return BEFORE;
      const { service, dueAt, state } = application;
      const line = { at: clock.now(), event: 'note' as const, by: 'system' as const, state, reason: note };
      return {
        ...application,
        history: [...application.history, { ...line, news: id }],
        untold: [
          ...application.untold,
          { id: `${number}.${id}`, news: { number, service, dueAt, ...brought(application), ...news } },
        ],
      };
    });
    if (!outcome.ok) return outcome.reason === 'before' ? 'before' : 'unknown';
    await teller.tell(outcome.application);
    return 'told';
  };
}

/** Whether the application was told the news of that id, or is about to be. */
export function createWasTold(applications: Pick<ApplicationStore, 'find'>) {
  return async (number: string, id: string): Promise<boolean> =>
    (await applications.find(number))?.history.some((line) => line.news === id) === true;
}

/** The papers that were not sent are brought to the visit. */
function brought({ answers }: Application): Pick<ApplicationNews, 'answers'> {
  const papers = Object.entries(answers).filter(([, answer]) => isBrought(bareValue(answer)));
  return papers.length > 0 ? { answers: asAnswers(Object.fromEntries(papers)) } : {};
}

function isBrought(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'counter' in value;
}

const BEFORE = { ok: false, reason: 'before' } as const;
