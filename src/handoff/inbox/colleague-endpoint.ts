/** Endpoint of the colleagues whom a chat or a request can be given to. */
import { isAllowed } from '../accounts/roles.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { OperatorStore } from '../ports.ts';
import { colleaguesSchema } from '../schemas/accounts.ts';
import type { Presence } from './presence.ts';

/** Builds `GET /api/colleagues`: those who are here come first, then by name; oneself is among them. */
export function createColleagueEndpoint(deps: {
  operators: Pick<OperatorStore, 'list'>;
  presence: Pick<Presence, 'isHere'>;
}): Endpoint {
  return createEndpoint({
    method: 'get',
    path: '/colleagues',
    summary: 'Who may answer chats, and who has a page open now.',
    access: 'answer',
    result: colleaguesSchema,
    async run() {
      const operators = (await deps.operators.list()).filter(
        ({ disabled, role }) => !disabled && isAllowed(role, 'answer'),
      );
      const colleagues = operators
        .map(({ id, name, role }) => ({ id, name, role, isHere: deps.presence.isHere({ id }) }))
        .sort((a, b) => Number(b.isHere) - Number(a.isHere) || a.name.localeCompare(b.name, 'id'));
      return { colleagues };
    },
  });
}
