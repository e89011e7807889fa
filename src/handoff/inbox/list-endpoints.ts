/** Endpoints of the lists of chats. */
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import { chatListSchema, inboxSchema, searchSchema } from '../schemas/inbox.ts';
import type { ChatLists } from './chat-lists.ts';

/** Builds `/api/inbox`, `/api/closed` and `/api/search`. */
export function createListEndpoints(lists: ChatLists): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/inbox',
      summary: 'Chats that wait for or are with an operator, first unanswered message first; always masked.',
      access: 'inbox',
      result: inboxSchema,
      run: ({ signed }) => lists.inbox(signed.operator),
    }),
    createEndpoint({
      method: 'get',
      path: '/closed',
      summary: 'Chats that an operator gave back to the bot, latest first.',
      access: 'inbox',
      result: chatListSchema,
      run: ({ signed }) => lists.closed(signed.operator),
    }),
    createEndpoint({
      method: 'post',
      path: '/search',
      summary:
        'Chats by application number, phone number, NIK, KK number or name. The words are kept nowhere.',
      access: 'inbox',
      body: searchSchema,
      result: chatListSchema,
      run: ({ signed, body }) => lists.search(signed.operator, body.text),
    }),
  ];
}
