/** Ids of entries and effects: `<conversation>.<the rest>`. */
import { AppError } from '../../errors.ts';

/** Throws AppError INVALID_REQUEST when the id does not name its conversation, which look-ups by id alone rely on. */
export function assertOwnId(conversation: string, id: string): void {
  if (id.startsWith(conversation) && id[conversation.length] === '.' && !conversation.includes('.')) return;
  throw new AppError('INVALID_REQUEST', {
    detail: 'ids begin with the id of their conversation, which has no dot',
  });
}

/** The conversation that an id names; the id itself when it names none. */
export function conversationOf(id: string): string {
  const dot = id.indexOf('.');
  return dot < 0 ? id : id.slice(0, dot);
}

/** The ids of a conversation lie between these two. */
export function idRange(conversation: string): [from: string, to: string] {
  return [`${conversation}.`, `${conversation}/`];
}

/** Sorts what a conversation's commits brought: by version, then by place. */
export function orderOf(version: number, index: number): number {
  return version * 4096 + index;
}
