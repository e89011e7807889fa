/** `loket operator`: accounts of those who answer, from the command line. Everything is in the audit log as `cli`. */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { createOneTimePassword } from '../handoff/accounts/first-operator.ts';
import { hashPassword } from '../handoff/accounts/passwords.ts';
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
  const role = ROLES.find((each) => each === account.role);
  if (!role)
    throw new AppError('INVALID_REQUEST', {
      detail: `role "${account.role}" is not one of ${ROLES.join(', ')}`,
    });
  if (!/^[a-z0-9][a-z0-9._-]{1,31}$/i.test(username)) {
    throw new AppError('INVALID_REQUEST', {
      detail: 'a username has 2 to 32 letters, digits, dots, dashes; for example siti.n',
    });
  }
  const { password, ...secret } = await oneTimePassword(deps);
  const id = deps.ids.id();
  const added = await deps.operators.add({
    id,
    username,
    name,
    role,
    ...secret,
    disabled: false,
    createdAt: deps.clock.now(),
  });
  if (added === 'taken')
    throw new AppError('TAKEN', { detail: `there is an operator "${username}" already` });
  await note(deps, 'operator.add', id, { role });
  print(deps.io.errors, `Added ${username} (${role}). One-time password, to be changed at the first log-in:`);
  print(deps.io.output, password);
}

/** Lists the accounts, for people or as JSON; never a hash. */
export async function listOperators(deps: OperatorDeps, options: { json: boolean }): Promise<void> {
  const accounts = (await deps.operators.list()).map(
    ({ username, name, role, disabled, createdAt, lockedUntil }) => ({
      username,
      name,
      role,
      state: stateOf({ disabled, lockedUntil }, deps.clock.now()),
      createdAt: new Date(createdAt).toISOString(),
    }),
  );
  if (options.json) return print(deps.io.output, JSON.stringify(accounts, null, 2));
  const rows = accounts.map(({ username, role, state, createdAt, name }) => [
    username,
    role,
    state,
    createdAt.slice(0, 10),
    name,
  ]);
  print(deps.io.output, formatTable([['username', 'role', 'state', 'since', 'name'], ...rows]));
}

/** Shuts an account and ends its sessions; its history stays. Throws AppError NOT_FOUND. */
export async function disableOperator(deps: OperatorDeps, username: string): Promise<void> {
  const operator = await getOperator(deps, username);
  await deps.operators.update({ ...operator, disabled: true });
  await deps.operators.closeSessions(operator.id);
  await note(deps, 'operator.disable', operator.id, {});
  print(deps.io.errors, `${operator.username} cannot log in any more, and is logged out.`);
}

/** As for a new account: a one-time password. Opens a locked or disabled account again. Throws AppError NOT_FOUND. */
export async function resetPassword(deps: OperatorDeps, username: string): Promise<void> {
  const operator = await getOperator(deps, username);
  const { password, ...secret } = await oneTimePassword(deps);
  await deps.operators.update({ ...operator, ...secret, disabled: false });
  await deps.operators.closeSessions(operator.id);
  await note(deps, 'operator.reset-password', operator.id, { enabled: operator.disabled });
  print(deps.io.errors, `One-time password of ${operator.username}, to be changed at the first log-in:`);
  print(deps.io.output, password);
}

async function oneTimePassword({ ids }: OperatorDeps) {
  const password = createOneTimePassword(ids);
  return {
    password,
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
    failures: 0,
    lockedUntil: 0,
  };
}

async function getOperator({ operators }: OperatorDeps, username: string): Promise<Operator> {
  const operator = await operators.findByUsername(username);
  if (!operator)
    throw new AppError('NOT_FOUND', {
      detail: `there is no operator "${username}"; see loket operator list`,
    });
  return operator;
}

function stateOf(operator: Pick<Operator, 'disabled' | 'lockedUntil'>, now: number): string {
  if (operator.disabled) return 'disabled';
  return operator.lockedUntil > now ? 'locked' : 'active';
}

function note(
  { audit, clock }: OperatorDeps,
  action: string,
  subject: string,
  details: { [key: string]: string | boolean },
) {
  return audit.append({ at: clock.now(), actor: 'cli', action, subject, details });
}
