/** The states of a request as the list groups them, and as one request shows its way. */
import type { Decision, RequestState } from '../../schemas/requests.ts';

export type Group =
  | 'open'
  | 'submitted'
  | 'verification'
  | 'correction'
  | 'approved'
  | 'production'
  | 'ready'
  | 'completed'
  | 'closed';

/** `open`: everything that the office has in hand; what is late comes first there. */
export const GROUPS: { [group in Group]: readonly RequestState[] } = {
  open: ['submitted', 'verification', 'approved', 'production'],
  submitted: ['submitted'],
  verification: ['verification'],
  correction: ['correction'],
  approved: ['approved'],
  production: ['production'],
  ready: ['ready'],
  completed: ['completed'],
  closed: ['rejected', 'cancelled', 'expired'],
};
export const GROUP_NAMES = Object.keys(GROUPS) as Group[];

/** The way of a request that goes well. */
export const WAY: readonly RequestState[] = [
  'submitted',
  'verification',
  'approved',
  'production',
  'ready',
  'completed',
];

/** Where a state stands on the way; a correction belongs to the check, and what was closed is at no place. */
export function placeOnWay(state: RequestState): number {
  return WAY.indexOf(state === 'correction' ? 'verification' : state);
}

/** Those that end or turn back the way: shown apart, and always with a reason. */
export const NEEDS_REASON: readonly Decision[] = ['reject', 'cancel', 'return', 'reopen'];
