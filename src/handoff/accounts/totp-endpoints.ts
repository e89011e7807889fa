/** Endpoints of one's own second factor: begin, put in force, take away. */
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { Session } from '../ports.ts';
import { meSchema, totpBeginSchema, totpConfirmSchema, totpSchema } from '../schemas/accounts.ts';
import type { Accounts } from './accounts.ts';
import { type OfficeFacts, viewMe } from './me.ts';
import { createSecret, describeSecret, isOwnSecret } from './totp.ts';

export interface TotpEndpointDeps {
  accounts: Accounts;
  office: OfficeFacts;
  ids: { id(): string };
  /** The store's keyed hash. */
  hash: (kind: string, text: string) => string;
}

/** Builds the endpoints under `/api/totp`. */
export function createTotpEndpoints(deps: TotpEndpointDeps): Endpoint[] {
  const { accounts, office, hash } = deps;
  // A secret is good for the session that gave its password for it, and for no other.
  const purpose = ({ tokenHash }: Session) => tokenHash;

  return [
    createEndpoint({
      method: 'post',
      path: '/totp',
      summary: 'A secret for an authenticator, shown this once; in force when it is confirmed by a code.',
      access: 'signed',
      body: totpBeginSchema,
      result: totpSchema,
      refusals: [409],
      async run({ signed, body }) {
        if (signed.operator.totp) throw new ApiError('NOT_POSSIBLE');
        if (!(await accounts.confirm(signed.operator, body.password))) throw new ApiError('BAD_LOGIN');
        const secret = createSecret(deps, purpose(signed.session));
        return describeSecret(secret, { issuer: office.name, label: signed.operator.username });
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/totp/confirm',
      summary: 'Put the second factor in force, by the code that the authenticator shows.',
      access: 'signed',
      body: totpConfirmSchema,
      result: meSchema,
      refusals: [409],
      async run({ signed, body }) {
        if (!isOwnSecret(hash, body.secret, purpose(signed.session))) throw new ApiError('INVALID_REQUEST');
        const set = await accounts.setTotp(signed.operator, body);
        if (!set.ok) throw new ApiError(set.reason === 'wrong' ? 'BAD_CODE' : 'NOT_POSSIBLE');
        return viewMe({ ...signed, operator: set.operator }, office);
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/totp/remove',
      summary: 'Take the own second factor away; needs the password.',
      access: 'signed',
      body: totpBeginSchema,
      result: meSchema,
      async run({ signed, body }) {
        const removed = await accounts.removeTotp(signed.operator, body.password);
        if (!removed.ok) throw new ApiError('BAD_LOGIN');
        return viewMe({ ...signed, operator: removed.operator }, office);
      },
    }),
  ];
}
