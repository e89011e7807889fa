/** A promised time that has passed. Pure: nothing is written or told here. */
import { withHistory } from './history.ts';
import type { Application } from './ports.ts';

/** The states in which the office owes something. */
export const OWING_STATES = [
  'submitted',
  'verification',
  'approved',
  'production',
] as const satisfies Application['state'][];

/**
 * The application after its promise was broken: told once, with a note that names whom. A new promise (a correction that came)
 * may be broken anew. Undefined when nothing is owed, or it was told.
 */
export function afterPromise(application: Application, now: number): Application | undefined {
  const { state, dueAt, history } = application;
  if (now <= dueAt || !OWING_STATES.some((owing) => owing === state)) return undefined;
  const id = `delayed-${dueAt}`;
  if (history.some(({ news }) => news === id)) return undefined;
  const reason = 'Lewat dari waktu yang dijanjikan; pemohon diberi tahu';
  const note = { at: now, event: 'note', by: 'system', state, reason, news: id } as const;
  return withHistory(application, note, { kind: 'delayed' });
}
