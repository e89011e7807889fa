/** What interpretation knows beside the message itself. */
import type { AnswerContext } from '../flows/answers/types.ts';
import type { Commands } from '../flows/commands.ts';
import type { Flows } from '../flows/schema.ts';
import type { Understanding } from '../flows/understanding.ts';
import type { PlaceFinder } from '../flows/wish/find-place.ts';
import type { Capabilities } from './types.ts';

/** What interpretation knows beside the message. */
export interface Knowledge {
  flows: Flows;
  commands: Commands;
  understanding: Understanding;
  answerContext: Omit<AnswerContext, 'now'>;
  /** The points of the office as it is now, and the kecamatan by name. */
  places: PlaceFinder;
}

export interface Moment {
  now: number;
  can: Capabilities;
  /** The transcript entry that holds the message. */
  entry: string;
  /** Where the citizen writes from: a phone number on most channels, for "this number" as an answer. */
  from: string;
}
