/** Effect `hand-off`: tells the operators that a chat waits, and the citizen when somebody will answer. */
import type { Clock } from '../clock.ts';
import type { EffectHandler, Hub } from '../conversation/ports.ts';
import type { AuditLog } from './ports.ts';

/** When an operator will answer at the latest, and whether the office is open now (main asks the office calendar). */
export type AnswerTime = (now: number) => { at: number; open: boolean };

/**
 * `hand-off {reason}` -> `{answerBy, open}`, `answerBy` in milliseconds since the epoch. The chat is in the inbox by
 * its own commit already: this only wakes the screens, so running it twice does no harm. That a complaint begins is noted
 * in the audit log, by which its words stay hidden from those who may not read them (inbox/secrets.ts).
 */
export function createHandOffHandler(deps: {
  hub: Hub;
  clock: Clock;
  audit: AuditLog;
  answerTime: AnswerTime;
}): EffectHandler {
  return {
    type: 'hand-off',
    async run({ params: { reason } }, { conversation: { id } }) {
      const now = deps.clock.now();
      if (reason === 'complaint') {
        const line = { at: now, actor: 'bot', action: 'conversation.complaint', subject: id, details: {} };
        await deps.audit.append(line);
      }
      deps.hub.publish('inbox', id);
      const { at, open } = deps.answerTime(now);
      return { result: { answerBy: at, open } };
    },
  };
}
