/** The states in which an effect is under way. */
import { remember, say } from './actions.ts';

/**
 * While an effect is under way nothing may lead away from its result. The citizen is asked to wait; after a fault
 * that a person has looked at, the work is begun again (effects are idempotent).
 */
export function whileWaiting(self: string) {
  const wait = { actions: say('wait') };
  return {
    SAID: wait,
    MENU: wait,
    CANCEL: wait,
    BACK: wait,
    START: wait,
    RESUME: wait,
    RESCHEDULE: wait,
    CANCEL_VISIT: wait,
    RETURNED: wait,
    STOP: { actions: [remember(() => ({ muted: true })), say('stopped')] },
    RESOLVE: { target: self, reenter: true },
  };
}
