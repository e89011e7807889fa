/** Who is logged in, as the web app is told. */
import type { Me } from '../schemas/accounts.ts';
import { permissionsOf } from './roles.ts';
import type { Signed } from './sessions.ts';

/** What every operator is told of the office: its name, its clock, its canned words, its services. */
export type OfficeFacts = Me['office'];

/** Neither the password's hash nor the secret of the second factor is in it. */
export function viewMe({ operator, session }: Signed, office: OfficeFacts): Me {
  const { id, username, name, role, mustChangePassword } = operator;
  return {
    operator: { id, username, name, role, hasTotp: operator.totp !== undefined },
    mustChangePassword,
    permissions: [...permissionsOf(role)],
    csrf: session.csrf,
    expiresAt: session.expiresAt,
    office,
  };
}
