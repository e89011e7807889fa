/** What people of the office add to the transcript. */
import type { Flows } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { isHolder } from './attention.ts';
import type { Outgoing } from './outgoing.ts';
import type { Conversation, Event } from './types.ts';

/** False when it was not theirs to do: then nothing is noted, and it may be tried again. */
export function officeWrites(
  flows: Flows,
  event: Event,
  out: Outgoing,
  { before, state, events }: { before: Conversation; state: TalkState; events: TalkEvent[] },
): boolean {
  switch (event.type) {
    case 'operator.reply':
      if (!isHolder(before.attention, event.operator) || state.where.room !== 'handoff') return false;
      out.reply(event.operator.name, event);
      return true;
    case 'operator.note':
      out.note({ author: event.operator.name, text: event.text });
      return true;
    case 'operator.answer': {
      if (events.length === 0) return false;
      const service = flows.services[state.talk.service ?? ''];
      const label = service?.steps.find(({ id }) => id === event.step)?.label.id ?? event.step;
      out.note({ author: event.operator.name, text: `${flows.labels.filled.id}: ${label}` });
      return true;
    }
    case 'phone.reply':
      out.note({ direction: 'out', author: 'phone', at: event.at, text: event.text, status: 'sent' });
      return true;
    default:
      return true;
  }
}
