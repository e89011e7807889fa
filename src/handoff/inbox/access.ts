/** Which chats an operator may see, and who holds one. */
import { isHolder } from '../../conversation/attention.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Attention, Conversation } from '../../conversation/types.ts';
import { isAllowed } from '../accounts/roles.ts';
import { ApiError } from '../api/api-error.ts';
import type { Operator } from '../ports.ts';

/** An operator, as far as chats are concerned. */
export type Viewer = Pick<Operator, 'id' | 'name' | 'role'>;

/** Any chat that this operator may see, also one that the bot has. Throws ApiError NOT_FOUND for all others. */
export async function loadChat(
  store: Pick<ConversationStore, 'load'>,
  id: string,
  viewer: Pick<Viewer, 'role'>,
): Promise<Conversation> {
  const conversation = await store.load(id);
  // The same answer for a complaint as for a chat that does not exist.
  if (!conversation || !maySee(conversation, viewer)) throw new ApiError('NOT_FOUND');
  return conversation;
}

/** Complaints (illegal fees, officials) are for those with the permission only. */
export function maySee({ attention }: Conversation, { role }: Pick<Viewer, 'role'>): boolean {
  return attention.status === 'bot' || attention.reason !== 'complaint' || isAllowed(role, 'complaints');
}

/** Whether a colleague has the chat, by a lease that runs. */
export function isHeldByAnother(attention: Attention, operator: { id: string }, now: number): boolean {
  return attention.status === 'claimed' && !isHolder(attention, operator) && attention.until > now;
}

/** Why an operator without the claim may not act: TAKEN with the holder's name, or NOT_CLAIMED. */
export function refusal(attention: Attention): ApiError {
  if (attention.status === 'claimed') return new ApiError('TAKEN', { by: attention.operator.name });
  return new ApiError('NOT_CLAIMED');
}
