/** Endpoints of our own papers about a request. */
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { Reveal } from '../api/reveal.ts';
import { letterSchema, papersSchema, printedSchema, printSchema, writtenSchema } from '../schemas/papers.ts';
import type { PaperActs } from './papers.ts';

/** Builds the endpoints `/api/requests/{id}/papers` and `/letter`. */
export function createPaperEndpoints({ papers, reveal }: { papers: PaperActs; reveal: Reveal }): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/requests/{id}/papers',
      summary: 'What can be printed for a request, and what a letter about it begins from.',
      access: 'requests',
      result: papersSchema,
      refusals: [404],
      run: ({ id }) => papers.list(id),
    }),
    createEndpoint({
      method: 'post',
      path: '/requests/{id}/papers',
      summary:
        'Make a paper, or give the one there is: receipt, filled form, pick-up slip, checklist. Personal ones need the key of a reveal. Audited.',
      access: 'requests',
      reveals: true,
      body: printSchema,
      result: printedSchema,
      refusals: [400, 403, 404, 409],
      run: ({ id, body, signed, reveal: key }) =>
        papers.print(id, body, signed.operator, reveal.isShown(key, signed.session, id)),
    }),
    createEndpoint({
      method: 'post',
      path: '/requests/{id}/letter',
      summary:
        'Write a letter of the office, sign it and send it if so asked. Passphrase and NIK are used once and kept nowhere. The same id again has no second effect.',
      access: 'requests',
      body: letterSchema,
      result: writtenSchema,
      refusals: [400, 404, 409, 502],
      run: ({ id, body, signed }) => papers.write(id, body, signed.operator),
    }),
  ];
}
