/** `loket operator`: accounts of those who answer, from the command line. Everything is in the audit log as `cli`. */

import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { type AccountChange, CLI, createStaff, type Staff } from '../handoff/accounts/staff.ts';
import { createAccountTurns } from '../handoff/accounts/turns.ts';
import type { AuditLog, Operator, OperatorStore, Role } from '../handoff/ports.ts';
import type { Ids } from '../ids.ts';
import { formatTable, type Io, print } from './io.ts';

/** Those who may be given to an account. */
const ROLES = ['operator', 'verifier', 'supervisor', 'admin', 'auditor'] as const satisfies readonly Role[];

export interface OperatorDeps {
  operators: OperatorStore;
  audit: AuditLog;
  clock: Clock;
  ids: Ids;
  io: Io;
}

/**
 * Makes an account and writes its one-time password (alone) to `output`; it must be changed at the first log-in.
 * Throws AppError TAKEN, or INVALID_REQUEST for a name or role that cannot be.
 */
export async function addOperator(
  deps: OperatorDeps,
  account: { username: string; name: string | undefined; role: string },
): Promise<void> {
  const { username, name = username } = account;
  if (!/^[a-z0-9][a-z0-9._-]{1,31}$/i.test(username)) {
    throw new AppError('INVALID_REQUEST', {
      detail: 'a username has 2 to 32 letters, digits, dots, dashes; for example siti.n',
    });
  }
  const role = readRole(account.role);
  const added = await staffOf(deps).add({ username, name, role }, CLI);
  if (!added.ok) throw new AppError('TAKEN', { detail: `there is an operator "${username}" already` });
  print(deps.io.errors, `Added ${username} (${role}). One-time password, to be changed at the first log-in:`);
  print(deps.io.output, added.password);
}

/** Lists the accounts, for people or as JSON; never a hash. */
export async function listOperators(deps: OperatorDeps, options: { json: boolean }): Promise<void> {
  const accounts = (await deps.operators.list()).map(
    ({ username, name, role, disabled, createdAt, lockedUntil, totp }) => ({
      username,
      name,
      role,
      state: stateOf({ disabled, lockedUntil }, deps.clock.now()),
      totp: totp !== undefined,
      createdAt: new Date(createdAt).toISOString(),
    }),
  );
  if (options.json) return print(deps.io.output, JSON.stringify(accounts, null, 2));
  const rows = accounts.map(({ username, role, state, totp, createdAt, name }) => [
    username,
    role,
    state,
    totp ? 'yes' : 'no',
    createdAt.slice(0, 10),
    name,
  ]);
  print(deps.io.output, formatTable([['username', 'role', 'state', 'totp', 'since', 'name'], ...rows]));
}

/** Shuts an account and ends its sessions; its history stays. Throws AppError NOT_FOUND, like all that follow. */
export async function disableOperator(deps: OperatorDeps, username: string): Promise<void> {
  const operator = await change(deps, username, { disabled: true });
  print(deps.io.errors, `${operator.username} cannot log in any more, and is logged out.`);
}

/** Opens it again, with the password it had. */
export async function enableOperator(deps: OperatorDeps, username: string): Promise<void> {
  const operator = await change(deps, username, { disabled: false });
  print(deps.io.errors, `${operator.username} can log in again.`);
}

/** Gives another role, and ends the sessions that had the old one. Throws AppError INVALID_REQUEST too. */
export async function setRole(deps: OperatorDeps, username: string, role: string): Promise<void> {
  const operator = await change(deps, username, { role: readRole(role) });
  print(deps.io.errors, `${operator.username} is now ${operator.role}.`);
}

/** Takes the second factor away, for somebody whose phone is lost. */
export async function removeTotp(deps: OperatorDeps, username: string): Promise<void> {
  const operator = await change(deps, username, { totp: false });
  print(deps.io.errors, `${operator.username} logs in by the password alone.`);
}

/** As for a new account: a one-time password. Opens a locked or disabled account again. */
export async function resetPassword(deps: OperatorDeps, username: string): Promise<void> {
  const operator = await getOperator(deps, username);
  const staff = staffOf(deps);
  if (operator.disabled) await staff.change(operator.id, { disabled: false }, CLI);
  const reset = await staff.resetPassword(operator.id, CLI);
  if (!reset.ok) throw notFound(username);
  print(deps.io.errors, `One-time password of ${operator.username}, to be changed at the first log-in:`);
  print(deps.io.output, reset.password);
}

async function change(deps: OperatorDeps, username: string, changes: AccountChange): Promise<Operator> {
  const changed = await staffOf(deps).change((await getOperator(deps, username)).id, changes, CLI);
  if (!changed.ok) throw notFound(username);
  return changed.operator;
}

function staffOf(deps: OperatorDeps): Staff {
  return createStaff({ ...deps, turns: createAccountTurns() });
}

function readRole(given: string): Role {
  const role = ROLES.find((each) => each === given);
  if (role) return role;
  throw new AppError('INVALID_REQUEST', { detail: `role "${given}" is not one of ${ROLES.join(', ')}` });
}

async function getOperator({ operators }: OperatorDeps, username: string): Promise<Operator> {
  const operator = await operators.findByUsername(username);
  if (!operator) throw notFound(username);
  return operator;
}

function notFound(username: string): AppError {
  return new AppError('NOT_FOUND', { detail: `there is no operator "${username}"; see loket operator list` });
}

function stateOf(operator: Pick<Operator, 'disabled' | 'lockedUntil'>, now: number): string {
  if (operator.disabled) return 'disabled';
  return operator.lockedUntil > now ? 'locked' : 'active';
}
