/** Endpoints about oneself: log in, log out, who am I, change the password. */

import type { Response } from 'express';
import type { z } from 'zod';
import { ApiError } from '../api/api-error.ts';
import { clearCookie, setCookie } from '../api/cookie.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { Operator } from '../ports.ts';
import { loginSchema, type Me, meSchema, passwordSchema } from '../schemas/accounts.ts';
import type { Accounts } from './accounts.ts';
import { type OfficeFacts, viewMe } from './me.ts';
import type { Sessions } from './sessions.ts';

export interface SessionEndpointDeps {
  accounts: Accounts;
  sessions: Sessions;
  office: OfficeFacts;
  /** Whether the public address is https. */
  secure: boolean;
}

const LOGIN_REFUSALS = { busy: 'TOO_MANY_REQUESTS', code: 'CODE_NEEDED', refused: 'BAD_LOGIN' } as const;

/** Builds the endpoints under `/api/session`, `/api/me` and `/api/password`. */
export function createSessionEndpoints(deps: SessionEndpointDeps): Endpoint[] {
  const enter = async (operator: Operator, response: Response): Promise<Me> => {
    const { token, session } = await deps.sessions.open(operator);
    setCookie(response, token, deps.secure);
    return viewMe({ operator, session }, deps.office);
  };

  return [
    createEndpoint({
      method: 'post',
      path: '/session',
      summary:
        'Log in; sets the session cookie. CODE_NEEDED asks for the code of the second factor as well. Five failures shut ' +
        'an account for 15 minutes.',
      access: 'anyone',
      body: loginSchema,
      result: meSchema,
      refusals: [401, 429],
      async run({ body, response }) {
        const login = await deps.accounts.login(body);
        if (!login.ok) throw new ApiError(LOGIN_REFUSALS[login.reason]);
        return enter(login.operator, response);
      },
    }),
    createEndpoint<z.ZodType, z.ZodUndefined>({
      method: 'delete',
      path: '/session',
      summary: 'Log out.',
      access: 'signed',
      async run({ signed, response }) {
        await deps.sessions.close(signed.session);
        clearCookie(response, deps.secure);
        return undefined;
      },
    }),
    createEndpoint({
      method: 'get',
      path: '/me',
      summary: 'Who is logged in, what their role may do, and the token that every change must carry.',
      access: 'signed',
      result: meSchema,
      run: async ({ signed }) => viewMe(signed, deps.office),
    }),
    createEndpoint({
      method: 'post',
      path: '/password',
      summary: 'Change the own password; ends all other sessions.',
      access: 'signed',
      body: passwordSchema,
      result: meSchema,
      async run({ signed, body, response }) {
        const change = await deps.accounts.changePassword(signed.operator, body);
        if (!change.ok) throw new ApiError(change.reason === 'weak' ? 'WEAK_PASSWORD' : 'BAD_LOGIN');
        return enter(change.operator, response);
      },
    }),
  ];
}
