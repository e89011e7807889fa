/** The calls of chats; each throws ApiFailure. `reveal` is the key that shows what is masked. */
import type { Colleague } from '../../schemas/accounts.ts';
import type { FileView } from '../../schemas/basics.ts';
import type { ChatList, ConversationView, Inbox, ReplyBody, Undelivered } from '../../schemas/inbox.ts';
import { ask, upload } from '../shell/api.ts';

const chat = (id: string, act = '') => `/conversations/${encodeURIComponent(id)}${act}`;

export const inboxApi = {
  inbox: () => ask<Inbox>('GET', '/inbox'),
  closed: () => ask<ChatList>('GET', '/closed'),
  search: (text: string) => ask<ChatList>('POST', '/search', { text }),
  undelivered: () => ask<Undelivered>('GET', '/undelivered'),
  retry: (id: string) => ask<void>('POST', `/undelivered/${encodeURIComponent(id)}/retry`),
  colleagues: () =>
    ask<{ colleagues: Colleague[] }>('GET', '/colleagues').then(({ colleagues }) => colleagues),
};

/** What is done with one chat. Most answer its view, some nothing: then it is fetched again. */
export type ChatCalls = ReturnType<typeof createChatCalls>;

export function createChatCalls(id: string, reveal: string | undefined) {
  const post = (act: string, body?: unknown) =>
    ask<ConversationView | undefined>('POST', chat(id, act), body, reveal);
  return {
    view: () => ask<ConversationView>('GET', chat(id), undefined, reveal),
    reveal: () => ask<{ key: string }>('POST', chat(id, '/reveal')).then(({ key }) => key),
    claim: () => post('/claim'),
    /** A heartbeat: reopens nothing that was handed back meanwhile. */
    renew: () => post('/claim', { renew: true }),
    release: () => post('/release'),
    resolve: () => post('/resolve'),
    transfer: (to: string) => post('/transfer', { to }),
    reply: (reply: ReplyBody) => post('/reply', reply),
    note: (note: { id: string; text: string }) => post('/note', note),
    ask: (step: string) => post('/ask', { step }),
    answer: (answer: { id: string; step: string; text: string }) => post('/answer', answer),
    upload: (file: File, onProgress: (part: number) => void) =>
      upload<{ file: FileView }>(chat(id, '/files'), file, onProgress).then((kept) => kept.file),
    /** The checklist of a service, made for this chat. */
    checklist: (service: string) =>
      ask<{ file: FileView }>('POST', chat(id, '/papers'), { service }).then(({ file }) => file),
  };
}
