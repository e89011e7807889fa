/** Endpoints of phones that file for many families. */
import type { z } from 'zod';
import type { SettingStore } from '../../conversation/ports.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog } from '../ports.ts';
import { filersSchema, officerSchema } from '../schemas/supervision.ts';
import { type FilerDeps, listFilers } from './filers.ts';
import { createOfficers } from './officers.ts';

export type FilerEndpointDeps = Omit<FilerDeps, 'officers'> & { settings: SettingStore; audit: AuditLog };

/** Builds the endpoints under `/api/filers`. */
export function createFilerEndpoints(deps: FilerEndpointDeps): Endpoint[] {
  const { conversations, audit, clock } = deps;
  const officers = createOfficers(deps);
  // Who it is stands among the officers; the log names no citizen.
  const note = (actor: string, action: string, subject: string) =>
    audit.append({ at: clock.now(), actor, action, subject, details: {} });

  return [
    createEndpoint({
      method: 'get',
      path: '/filers',
      summary: 'Phones that filed for four families or more in 90 days, and those known as village officers.',
      access: 'supervise',
      result: filersSchema,
      run: () => listFilers({ ...deps, officers }),
    }),
    createEndpoint<typeof officerSchema, z.ZodUndefined>({
      method: 'post',
      path: '/filers/{id}/officer',
      summary: 'This chat is the phone of a village officer, who may file for many.',
      access: 'supervise',
      body: officerSchema,
      refusals: [404],
      async run({ id, signed: { operator }, body }) {
        if (!(await conversations.load(id))) throw new ApiError('NOT_FOUND');
        await officers.set(id, body, operator.name);
        await note(operator.id, 'filer.officer', id);
        return undefined;
      },
    }),
    createEndpoint<z.ZodType, z.ZodUndefined>({
      method: 'post',
      path: '/filers/{id}/not-officer',
      summary: 'It is not (any more).',
      access: 'supervise',
      refusals: [404],
      async run({ id, signed: { operator } }) {
        if (!(await officers.remove(id))) throw new ApiError('NOT_FOUND');
        await note(operator.id, 'filer.not-officer', id);
        return undefined;
      },
    }),
  ];
}
