/** The history of an application, and the news that go with it. */
import type { ApplicationNews, NewsKind } from '../conversation/types.ts';
import type { Application, HistoryEntry } from './ports.ts';

/**
 * What operators look at and decide upon: it rises by one with each change that they see, and not when a wrong PIN is
 * counted or news is told, of a visit neither. A decision about another revision than the present one is out of date.
 */
export function revisionOf({ history }: { history: readonly { news?: string }[] }): number {
  return history.filter(({ news }) => news === undefined).length;
}

/** The application with one more line of history and, where the citizen is to hear of it, the news in the same write. */
export function withHistory(
  application: Application,
  entry: HistoryEntry,
  news?: Partial<ApplicationNews> & { kind: NewsKind },
): Application {
  const { number, service, dueAt, version } = application;
  const history = [...application.history, entry];
  if (!news) return { ...application, history };
  // The version that this will be written as: no other write has it.
  const id = `${number}.${version + 1}.${news.kind}`;
  return {
    ...application,
    history,
    untold: [...application.untold, { id, news: { number, service, dueAt, ...news } }],
  };
}
