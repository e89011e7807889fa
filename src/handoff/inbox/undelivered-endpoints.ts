/** Endpoints of what was given up. */
import type { z } from 'zod';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import { undeliveredSchema } from '../schemas/inbox.ts';
import type { GivenUp } from './undelivered.ts';

/** Builds the endpoints under `/api/undelivered`. */
export function createUndeliveredEndpoints(givenUp: GivenUp): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/undelivered',
      summary: 'What was given up after its last try, newest first: messages not sent, and other work.',
      access: 'undelivered',
      result: undeliveredSchema,
      run: () => givenUp.list(),
    }),
    createEndpoint<z.ZodType, z.ZodUndefined>({
      method: 'post',
      path: '/undelivered/{id}/retry',
      summary: 'Send a message once more. Other work is asked for anew when its chat goes back to the bot.',
      access: 'undelivered',
      refusals: [404, 409],
      async run({ id, signed }) {
        await givenUp.retry(id, signed.operator);
        return undefined;
      },
    }),
  ];
}
