/** Endpoints of the inbox: what waits, one chat, and what an operator does with it. */
import type { z } from 'zod';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { Operator } from '../ports.ts';
import { conversationSchema, inboxSchema, replySchema } from '../schemas/inbox.ts';
import type { Claims } from './claims.ts';
import type { Views } from './views.ts';

const CONFLICTS = [404, 409] as const;

/** Builds the endpoints under `/api/inbox` and `/api/conversations`. */
export function createInboxEndpoints({ views, claims }: { views: Views; claims: Claims }): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/inbox',
      summary: 'Chats that wait for or are with an operator, longest waiting first.',
      access: 'inbox',
      result: inboxSchema,
      run: ({ signed }) => views.inbox(signed.operator),
    }),
    createEndpoint({
      method: 'get',
      path: '/conversations/{id}',
      summary: 'One chat of the inbox. Long numbers are masked unless the claim is yours.',
      access: 'inbox',
      result: conversationSchema,
      refusals: [404],
      run: ({ id, signed }) => views.conversation(id, signed.operator),
    }),
    createEndpoint({
      method: 'post',
      path: '/conversations/{id}/claim',
      summary:
        'Take the chat, or renew the own claim (it ends by itself some minutes after the last sign of life).',
      access: 'answer',
      result: conversationSchema,
      refusals: CONFLICTS,
      async run({ id, signed }) {
        await claims.claim(id, refer(signed.operator));
        return views.conversation(id, signed.operator);
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/conversations/{id}/reply',
      summary: 'Answer the citizen. The same id again has no second effect.',
      access: 'answer',
      body: replySchema,
      result: conversationSchema,
      refusals: CONFLICTS,
      async run({ id, signed, body }) {
        await claims.reply(id, refer(signed.operator), body);
        return views.conversation(id, signed.operator);
      },
    }),
    createAction('release', 'Put the chat back into the queue.', (id, operator) =>
      claims.release(id, operator),
    ),
    createAction('resolve', 'Give the chat back to the bot, at the step where it stood.', (id, operator) =>
      claims.resolve(id, operator),
    ),
  ];
}

function createAction(
  name: string,
  summary: string,
  act: (id: string, operator: { id: string; name: string }) => Promise<void>,
): Endpoint {
  return createEndpoint<z.ZodType, z.ZodUndefined>({
    method: 'post',
    path: `/conversations/{id}/${name}`,
    summary,
    access: 'answer',
    refusals: CONFLICTS,
    async run({ id, signed }) {
      await act(id, refer(signed.operator));
      return undefined;
    },
  });
}

function refer({ id, name }: Operator): { id: string; name: string } {
  return { id, name };
}
