/** Why a file was refused, for the people who have the chat: the citizen is told by them. */
import type { Flows } from '../flows/schema.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Outgoing } from './outgoing.ts';
import { serviceAt } from './place.ts';
import type { Event } from './types.ts';

/** Notes it in the transcript, in Indonesian, once a person has the chat; before that the bot tells the citizen. */
export function noteRefusal(flows: Flows, event: Event, state: TalkState, out: Outgoing): void {
  if (event.type !== 'effect.done' || event.effectType !== 'intake' || state.where.room !== 'handoff') return;
  const result = event.result as { ok: boolean; step: string; reason?: string; page?: number; of?: number };
  if (result.ok) return;
  const { reason = '', page, of } = result;
  const label = serviceAt(flows, state)?.steps.find(({ id }) => id === result.step)?.label.id;
  const which = page !== undefined && of !== undefined && of > 1 ? `${page}/${of}` : undefined;
  const what = [flows.labels.refusedFile.id, label, which].filter((part) => part !== undefined).join(', ');
  const words = flows.errors.document;
  out.note({ author: 'bot', text: `${what}. ${(words?.[reason] ?? words?.default)?.id ?? reason}` });
}
