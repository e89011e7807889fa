/** Effect `hand-off`: tells the operators that a chat waits, and the citizen when somebody will answer. */
import type { Clock } from '../clock.ts';
import type { EffectHandler, Hub } from '../conversation/ports.ts';

/** When an operator will answer at the latest, and whether the office is open now (main asks the office calendar). */
export type AnswerTime = (now: number) => { at: number; open: boolean };

/**
 * `hand-off {reason}` -> `{answerBy, open}`, `answerBy` in milliseconds since the epoch. The chat is in the inbox by
 * its own commit already: this only wakes the screens, so running it twice does no harm.
 */
export function createHandOffHandler(deps: {
  hub: Hub;
  clock: Clock;
  answerTime: AnswerTime;
}): EffectHandler {
  return {
    type: 'hand-off',
    async run(_effect, context) {
      deps.hub.publish('inbox', context.conversation.id);
      const { at, open } = deps.answerTime(deps.clock.now());
      return { result: { answerBy: at, open } };
    },
  };
}
