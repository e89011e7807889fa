/** What is said in the menu of a visit that is near. Pure. */
import type { Command } from '../flows/schema.ts';
import type { Talk, TalkEvent } from '../flows/talk.ts';

/** A visit is near from the evening before it, and until some time after its end: who comes late says so then. */
const NEAR_BEFORE_MS = 36 * 3_600_000;
const NEAR_AFTER_MS = 3 * 3_600_000;

/**
 * The command as it is meant while a visit is booked: on the way and late only when it is near, not coming whenever it lies
 * ahead. Undefined otherwise: then the words may mean anything.
 */
export function aboutVisit(
  { visit }: Pick<Talk, 'visit'>,
  found: ReadonlySet<Command>,
  at: number,
): TalkEvent[] | undefined {
  if (!visit || at >= visit.slot.endAt + NEAR_AFTER_MS) return undefined;
  if (found.has('cannot')) return [{ type: 'COMING', at, how: 'cannot' }];
  if (at < visit.slot.startAt - NEAR_BEFORE_MS) return undefined;
  const how = (['on-way', 'late'] as const).find((command) => found.has(command));
  return how && [{ type: 'COMING', at, how }];
}
