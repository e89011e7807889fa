/** Endpoints of one chat: its view, who has it, and what an operator writes into it. */
import type { z } from 'zod';
import type { Permission } from '../accounts/roles.ts';
import { type Call, createEndpoint, type Endpoint } from '../api/endpoint.ts';
import {
  answerSchema,
  askSchema,
  claimSchema,
  conversationSchema,
  noteSchema,
  replySchema,
  revealedSchema,
  speakSchema,
  transferSchema,
  walkInSchema,
} from '../schemas/inbox.ts';
import type { Viewer } from './access.ts';
import type { ChatViews, Look } from './chat-view.ts';
import type { Claims } from './claims.ts';
import type { Replies } from './replies.ts';
import type { StandIn } from './stand-in.ts';

const CONFLICTS = [404, 409] as const;

export interface ChatParts {
  views: ChatViews;
  claims: Claims;
  replies: Replies;
  standIn: StandIn;
}

/** Builds the endpoints under `/api/conversations`, and `/api/walk-ins`. */
export function createChatEndpoints(parts: ChatParts): Endpoint[] {
  return [
    ...viewEndpoints(parts),
    ...claimEndpoints(parts),
    ...writingEndpoints(parts),
    ...counterEndpoints(parts),
  ];
}

function viewEndpoints({ views }: ChatParts): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/conversations/{id}',
      summary: 'One chat, also one that the bot has. Long numbers are masked without the key of a reveal.',
      access: 'inbox',
      reveals: true,
      result: conversationSchema,
      refusals: [404],
      run: (call) => views.view(call.id, lookOf(call)),
    }),
    createEndpoint({
      method: 'post',
      path: '/conversations/{id}/reveal',
      summary: 'The key that shows the numbers of this chat, unless a colleague has it. Each is audited.',
      access: 'answer',
      result: revealedSchema,
      refusals: CONFLICTS,
      run: (call) => views.reveal(call.id, lookOf(call)),
    }),
  ];
}

function claimEndpoints({ views, claims }: ChatParts): Endpoint[] {
  return [
    createEndpoint({
      method: 'post',
      path: '/conversations/{id}/claim',
      summary:
        'Take the chat (also from the bot, or a closed one), or renew the own claim: it ends some minutes after the last sign of life. `renew` takes nothing that is not held already.',
      access: 'answer',
      reveals: true,
      body: claimSchema,
      result: conversationSchema,
      refusals: CONFLICTS,
      async run(call) {
        await (call.body?.renew ? claims.renew : claims.claim)(call.id, call.signed.operator);
        return views.view(call.id, lookOf(call));
      },
    }),
    silent('release', 'Put the chat back into the queue.', (call) =>
      claims.release(call.id, call.signed.operator),
    ),
    silent('resolve', 'Give the chat back to the bot, at the step where it stood.', (call) =>
      claims.resolve(call.id, call.signed.operator),
    ),
    silent(
      'transfer',
      "Give the claim to a colleague; a supervisor also somebody else's.",
      ({ id, signed, body }) => claims.transfer(id, signed.operator, body.to),
      transferSchema,
    ),
  ];
}

function writingEndpoints({ views, replies }: ChatParts): Endpoint[] {
  return [
    writing(views, {
      name: 'reply',
      summary: 'Answer the citizen. The same id again has no second effect.',
      body: replySchema,
      act: (id, operator, body) => replies.reply(id, operator, body),
    }),
    writing(views, {
      name: 'note',
      summary: 'Leave words for colleagues, which the citizen never sees.',
      body: noteSchema,
      act: (id, operator, body) => replies.note(id, operator, body),
    }),
    writing(views, {
      name: 'answer',
      summary:
        'Answer a question of the form for the citizen. Refused with the reason that the bot would give.',
      body: answerSchema,
      refusals: [422],
      act: (id, operator, body) => replies.answer(id, operator, body),
    }),
    writing(views, {
      name: 'ask',
      summary: 'Give the chat back to the bot, which asks this question again.',
      body: askSchema,
      act: (id, operator, { step }) => replies.ask(id, operator, step),
    }),
  ];
}

function counterEndpoints({ views, standIn }: ChatParts): Endpoint[] {
  return [
    createEndpoint({
      method: 'post',
      path: '/walk-ins',
      summary: 'Begin a chat for a person at the counter, without a phone.',
      access: 'walk-in',
      result: walkInSchema,
      run: ({ signed }) => standIn.begin(signed.operator),
    }),
    writing(views, {
      name: 'speak',
      summary: "Say something in the citizen's place; a chat of one's own goes back to the bot first.",
      access: 'walk-in',
      body: speakSchema,
      act: (id, operator, body) => standIn.speak(id, operator, body),
    }),
  ];
}

/** An act that is answered by the chat as it is then. */
function writing<B extends z.ZodType>(
  views: ChatViews,
  about: {
    name: string;
    summary: string;
    body: B;
    access?: Permission;
    refusals?: readonly number[];
    act(id: string, operator: Viewer, body: z.output<B>): Promise<void>;
  },
): Endpoint {
  return createEndpoint({
    method: 'post',
    path: `/conversations/{id}/${about.name}`,
    summary: about.summary,
    access: about.access ?? 'answer',
    reveals: true,
    body: about.body,
    result: conversationSchema,
    refusals: [...CONFLICTS, ...(about.refusals ?? [])],
    async run(call) {
      await about.act(call.id, call.signed.operator, call.body);
      return views.view(call.id, lookOf(call));
    },
  });
}

/** An act that is answered by nothing: the operator turns to another chat. */
function silent<B extends z.ZodType>(
  name: string,
  summary: string,
  act: (call: Call<z.output<B>>) => Promise<void>,
  body?: B,
): Endpoint {
  return createEndpoint<B, z.ZodUndefined>({
    method: 'post',
    path: `/conversations/{id}/${name}`,
    summary,
    access: 'answer',
    ...(body ? { body } : {}),
    refusals: CONFLICTS,
    async run(call) {
      await act(call);
      return undefined;
    },
  });
}

function lookOf({ signed, reveal }: Pick<Call<unknown>, 'signed' | 'reveal'>): Look {
  return { operator: signed.operator, session: signed.session, reveal };
}
