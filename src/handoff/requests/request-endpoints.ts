/** Endpoints of requests: lists, one request, what is done with it. */
import type { z } from 'zod';
import type { Signed } from '../accounts/sessions.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { Reveal } from '../api/reveal.ts';
import { MAX_UPLOAD_BYTES } from '../api/upload.ts';
import type { Journal } from '../inbox/journal.ts';
import type { Operator } from '../ports.ts';
import { revealedSchema, uploadedSchema } from '../schemas/inbox.ts';
import {
  assignSchema,
  bulkResultSchema,
  bulkSchema,
  decisionSchema,
  findRequestSchema,
  foundRequestSchema,
  pinSchema,
  REQUEST_QUERY,
  requestSchema,
  requestsSchema,
  resultSchema,
  verdictSchema,
} from '../schemas/requests.ts';
import { type OperatorActs, RESULT_TYPES } from './acts.ts';
import type { RequestReader } from './ports.ts';
import type { RequestViews } from './views.ts';

const REFUSALS = [400, 404, 409] as const;

interface RequestEndpointDeps {
  views: RequestViews;
  acts: OperatorActs;
  journal: Journal;
  reveal: Reveal;
  requests: Pick<RequestReader, 'find' | 'findNumber'>;
}

/** Builds the endpoints under `/api/requests`. */
export function createRequestEndpoints({
  views,
  acts,
  journal,
  reveal,
  requests,
}: RequestEndpointDeps): Endpoint[] {
  /** The request as it is after an act; shown as it was before. */
  const view = ({ id, signed, reveal: key }: { id: string; signed: Signed; reveal: string | undefined }) =>
    views.one(id, signed.operator, reveal.isShown(key, signed.session, id));

  const act = <B extends z.ZodType>(
    name: string,
    summary: string,
    body: B,
    run: (id: string, body: z.output<B>, operator: Operator) => Promise<void>,
  ): Endpoint =>
    createEndpoint({
      method: 'post',
      path: `/requests/{id}/${name}`,
      summary,
      access: 'requests',
      body,
      reveals: true,
      result: requestSchema,
      refusals: REFUSALS,
      async run(call) {
        await run(call.id, call.body, call.signed.operator);
        return view(call);
      },
    });

  return [
    createEndpoint({
      method: 'get',
      path: '/requests',
      summary: 'Requests, due soonest first; without `states` those that are open. No personal data.',
      access: 'requests',
      query: REQUEST_QUERY,
      result: requestsSchema,
      refusals: [400],
      run: ({ query, signed }) => views.list(query, signed.operator),
    }),
    createEndpoint({
      method: 'get',
      path: '/requests/{id}',
      summary: 'One request, masked unless revealed. The first view is audited.',
      access: 'requests',
      reveals: true,
      result: requestSchema,
      refusals: [404],
      async run(call) {
        const shown = await view(call);
        await journal.look(call.signed.operator, call.id, 'request.view');
        return shown;
      },
    }),
    createEndpoint<z.ZodUndefined, typeof revealedSchema>({
      method: 'post',
      path: '/requests/{id}/reveal',
      summary: 'The key that shows NIK, KK, phone numbers and private answers. Each reveal is audited.',
      access: 'requests',
      result: revealedSchema,
      refusals: [404],
      async run({ id, signed }) {
        if (!(await requests.find(id))) throw new ApiError('NOT_FOUND');
        await journal.note(signed.operator, 'request.reveal', id);
        return { key: reveal.keyFor(signed.session, id) };
      },
    }),
    act(
      'decide',
      'Take one step of the lifecycle.',
      decisionSchema,
      (id, { version, ...decided }, operator) =>
        acts.decide({ number: id, revision: version }, decided, operator),
    ),
    act(
      'verdict',
      'Accept or refuse one document or answer.',
      verdictSchema,
      (id, { version, ...judged }, operator) =>
        acts.judge({ number: id, revision: version }, judged, operator),
    ),
    act(
      'assign',
      'Give the request to somebody, or to nobody.',
      assignSchema,
      (id, { version, to }, operator) => acts.assign({ number: id, revision: version }, to, operator),
    ),
    act(
      'result',
      'Attach the finished document; it is sent at once.',
      resultSchema,
      (id, { version, file }, operator) => acts.attach({ number: id, revision: version }, file, operator),
    ),
    act(
      'pin',
      'Send the PIN of the file, in a message of its own.',
      pinSchema,
      (id, { version, pin }, operator) => acts.sendPin({ number: id, revision: version }, pin, operator),
    ),
    createEndpoint<z.ZodUndefined, typeof uploadedSchema>({
      method: 'post',
      path: '/requests/{id}/files',
      summary: 'Keep a finished document, to be attached by its id.',
      access: 'requests',
      upload: { types: RESULT_TYPES, maxBytes: MAX_UPLOAD_BYTES },
      result: uploadedSchema,
      refusals: [404],
      run: async ({ id, file, signed }) => ({ file: await acts.upload(id, file.bytes, signed.operator) }),
    }),
    createEndpoint({
      method: 'post',
      path: '/requests/bulk',
      summary: 'The same step for many requests, one after the other.',
      access: 'requests',
      body: bulkSchema,
      result: bulkResultSchema,
      async run({ body, signed }) {
        const all = body.requests.map(({ number, version }) => ({ number, revision: version }));
        const results = await acts.bulk(
          all,
          { decision: body.decision, to: body.to ?? null },
          signed.operator,
        );
        return { results: results.map(({ number, error }) => ({ number, ok: error === null, error })) };
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/requests/find',
      summary: 'The request of a number, of a receipt’s code, or of the address in its QR code.',
      access: 'requests',
      body: findRequestSchema,
      result: foundRequestSchema,
      refusals: [404],
      async run({ body }) {
        const number = await requests.findNumber(body.text);
        if (number === undefined) throw new ApiError('NOT_FOUND');
        return { number };
      },
    }),
  ];
}
