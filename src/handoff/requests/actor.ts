/** As what an operator acts on requests. */
import { ApiError } from '../api/api-error.ts';
import type { Operator } from '../ports.ts';
import type { RequestActor } from './ports.ts';

/** Throws ApiError FORBIDDEN for roles that have nothing to do with requests (accounts/roles.ts). */
export function actorOf({ id, name, role }: Operator): RequestActor {
  if (role === 'admin' || role === 'auditor') throw new ApiError('FORBIDDEN');
  return { by: { id, name }, actor: role };
}
