/** Lines of the audit log about chats and requests. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { Json } from '../../json.ts';
import type { AuditLog } from '../ports.ts';

/** Looking again within this time is the same look. */
const SAME_LOOK_MS = 10 * 60_000;
/** Looks remembered; of the forgotten ones the next is noted again. */
const MAX_LOOKS = 5_000;

export interface Journal {
  /** Notes what an operator did. Details are ids, codes and numbers only. */
  note(
    operator: { id: string },
    action: string,
    subject: string,
    details?: { [key: string]: Json },
  ): Promise<void>;
  /** Notes that an operator looked at a chat (or, by its own `action`, at something else), once in ten minutes. */
  look(operator: { id: string }, subject: string, action?: string): Promise<void>;
}

/** Builds it over the audit log. Looks are remembered in memory: after a restart the next one is noted again. */
export function createJournal({ audit, clock }: { audit: AuditLog; clock: Clock }): Journal {
  const looks = new LRUCache<string, number>({ max: MAX_LOOKS });
  const note: Journal['note'] = ({ id }, action, subject, details = {}) =>
    audit.append({ at: clock.now(), actor: id, action, subject, details });
  return {
    note,
    async look(operator, subject, action = 'conversation.view') {
      const [key, now] = [`${operator.id} ${subject}`, clock.now()];
      const before = looks.get(key);
      if (before !== undefined && now - before < SAME_LOOK_MS) return;
      await note(operator, action, subject);
      looks.set(key, now);
    },
  };
}
