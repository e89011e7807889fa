/** Endpoints of everybody's accounts, for those who may change them. */
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { Operator } from '../ports.ts';
import {
  type Account,
  accountChangeSchema,
  accountSchema,
  accountsSchema,
  newAccountSchema,
  oneTimePasswordSchema,
} from '../schemas/accounts.ts';
import type { Staff, StaffDeps } from './staff.ts';

const REFUSALS = { unknown: 'NOT_FOUND', taken: 'USERNAME_TAKEN', 'not-possible': 'NOT_POSSIBLE' } as const;

/** Builds the endpoints under `/api/operators`. */
export function createAccountEndpoints({
  staff,
  clock,
}: { staff: Staff } & Pick<StaffDeps, 'clock'>): Endpoint[] {
  const view = (operator: Operator) => viewAccount(operator, clock.now());
  return [
    createEndpoint({
      method: 'get',
      path: '/operators',
      summary: 'All accounts, by username.',
      access: 'accounts',
      result: accountsSchema,
      run: async () => ({ now: clock.now(), accounts: (await staff.list()).map(view) }),
    }),
    createEndpoint({
      method: 'post',
      path: '/operators',
      summary: 'A new account; its one-time password is in the answer and kept nowhere.',
      access: 'accounts',
      body: newAccountSchema,
      result: oneTimePasswordSchema,
      refusals: [409],
      async run({ signed, body }) {
        const added = await staff.add(body, signed.operator.id);
        if (!added.ok) throw refusal(added);
        return { account: view(added.operator), password: added.password };
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/operators/{id}',
      summary:
        'Change the name or role of an account, shut or open it, or take its second factor away. A new role and being shut ' +
        'log it out. Nobody can do that to themself, and one account that may do this stays.',
      access: 'accounts',
      body: accountChangeSchema,
      result: accountSchema,
      refusals: [404, 409],
      async run({ id, signed, body }) {
        const changed = await staff.change(id, body, signed.operator.id);
        if (!changed.ok) throw refusal(changed);
        return view(changed.operator);
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/operators/{id}/password',
      summary: 'A new one-time password for somebody else; logs them out, and ends a lock.',
      access: 'accounts',
      result: oneTimePasswordSchema,
      refusals: [404, 409],
      async run({ id, signed }) {
        const reset = await staff.resetPassword(id, signed.operator.id);
        if (!reset.ok) throw refusal(reset);
        return { account: view(reset.operator), password: reset.password };
      },
    }),
  ];
}

function refusal({ reason }: { reason: keyof typeof REFUSALS }): ApiError {
  return new ApiError(REFUSALS[reason]);
}

/** Without hash and secret. */
function viewAccount(operator: Operator, now: number): Account {
  const { id, username, name, role, disabled, mustChangePassword, createdAt, lockedUntil } = operator;
  return {
    ...{ id, username, name, role, disabled, mustChangePassword, createdAt },
    hasTotp: operator.totp !== undefined,
    lockedUntil: lockedUntil > now ? lockedUntil : null,
  };
}
