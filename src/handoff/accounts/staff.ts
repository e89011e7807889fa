/** Everybody's accounts, as whoever may change them does: in the web app, or on the command line. Each change is audited. */
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Json } from '../../json.ts';
import type { AuditLog, Operator, OperatorStore, Role } from '../ports.ts';
import { createOneTimePassword } from './first-operator.ts';
import { hashPassword } from './passwords.ts';
import { isAllowed } from './roles.ts';
import type { Turns } from './turns.ts';

export interface StaffDeps {
  operators: OperatorStore;
  audit: AuditLog;
  clock: Clock;
  ids: Pick<Ids, 'id'>;
  turns: Turns;
}

/** What can be changed of an account; what is absent stays. */
export interface AccountChange {
  name?: string | undefined;
  role?: Role | undefined;
  disabled?: boolean | undefined;
  /** Takes the second factor away (a lost phone). */
  totp?: false | undefined;
}

export type StaffResult<Reason> = { ok: true; operator: Operator } | { ok: false; reason: Reason };
export type WithPassword<Reason> =
  | { ok: true; operator: Operator; password: string }
  | { ok: false; reason: Reason };

/** `by` is an operator's id, or `cli`: whoever has the machine is asked nothing more. */
export interface Staff {
  list(): Promise<Operator[]>;
  /** With a one-time password, kept nowhere else, that must be changed at the first log-in. */
  add(account: { username: string; name: string; role: Role }, by: string): Promise<WithPassword<'taken'>>;
  /**
   * A new role and being disabled end the account's sessions. Nobody changes their own role, disables themself or takes
   * their own second factor away here, and somebody who may change accounts stays: `not-possible`.
   */
  change(id: string, change: AccountChange, by: string): Promise<StaffResult<'unknown' | 'not-possible'>>;
  /** A new one-time password; ends the account's sessions and its lock. Not for oneself. */
  resetPassword(id: string, by: string): Promise<WithPassword<'unknown' | 'not-possible'>>;
}

/** Builds them over the store. */
export function createStaff(deps: StaffDeps): Staff {
  const { operators, clock, turns } = deps;

  /** Nobody else changes this account meanwhile; changes come one after another, so that two cannot both be the last. */
  const alone = <T>(id: string, work: (operator: Operator) => Promise<T>) =>
    turns.run(ALL, async () => {
      const known = await operators.find(id);
      if (!known) return { ok: false, reason: 'unknown' } as const;
      return turns.run(known.username, async () => work((await operators.find(id)) ?? known));
    });

  return {
    list: () => operators.list(),

    async add(account, by) {
      const { password, ...secret } = await createPassword(deps);
      const createdAt = clock.now();
      const operator: Operator = { id: deps.ids.id(), ...account, ...secret, disabled: false, createdAt };
      if ((await operators.add(operator)) === 'taken') return { ok: false, reason: 'taken' };
      await note(deps, by, 'operator.add', operator.id, { role: account.role });
      return { ok: true, operator, password };
    },

    change: (id, change, by) =>
      alone(id, async (operator) => {
        const next = apply(operator, change);
        const changes = describeChanges(operator, next);
        if (id === by && changes.some(({ isGrave }) => isGrave)) return { ok: false, reason: 'not-possible' };
        if (by !== CLI && !(await keepsSomebody(operators, operator, next)))
          return { ok: false, reason: 'not-possible' };
        if (changes.length === 0) return { ok: true, operator };
        await operators.update(next);
        if (changes.some(({ endsSessions }) => endsSessions)) await operators.closeSessions(id);
        for (const { action, details } of changes) await note(deps, by, action, id, details);
        return { ok: true, operator: next };
      }),

    resetPassword: (id, by) =>
      alone(id, async (operator) => {
        if (id === by) return { ok: false, reason: 'not-possible' };
        const { password, ...secret } = await createPassword(deps);
        const next = { ...operator, ...secret };
        await operators.update(next);
        await operators.closeSessions(id);
        await note(deps, by, 'operator.reset-password', id, {});
        return { ok: true, operator: next, password };
      }),
  };
}

/** Who acts from the command line. */
export const CLI = 'cli';
/** No username has a space: the turn of all changes together. */
const ALL = 'all accounts';

interface Change {
  action: string;
  details: { [key: string]: Json };
  endsSessions?: boolean;
  /** Not to be done to oneself. */
  isGrave?: boolean;
}

function apply({ totp, ...operator }: Operator, change: AccountChange): Operator {
  return {
    ...operator,
    name: change.name ?? operator.name,
    role: change.role ?? operator.role,
    disabled: change.disabled ?? operator.disabled,
    ...(totp && change.totp !== false ? { totp } : {}),
  };
}

/** What is different, as the audit log will say it; names are left out of it. */
function describeChanges(before: Operator, after: Operator): Change[] {
  const changes: Change[] = [];
  if (before.name !== after.name) changes.push({ action: 'operator.rename', details: {} });
  if (before.role !== after.role) {
    const details = { from: before.role, to: after.role };
    changes.push({ action: 'operator.role', details, endsSessions: true, isGrave: true });
  }
  if (before.disabled !== after.disabled) {
    const action = after.disabled ? 'operator.disable' : 'operator.enable';
    changes.push({ action, details: {}, endsSessions: true, isGrave: true });
  }
  if (before.totp && !after.totp) changes.push({ action: 'operator.totp-off', details: {}, isGrave: true });
  return changes;
}

/** Whether somebody is left who may change accounts; an account that could not do so before takes nothing away. */
async function keepsSomebody(store: OperatorStore, before: Operator, after: Operator): Promise<boolean> {
  const may = ({ disabled, role }: Operator) => !disabled && isAllowed(role, 'accounts');
  if (!may(before) || may(after)) return true;
  return (await store.list()).some((operator) => operator.id !== after.id && may(operator));
}

async function createPassword({ ids }: StaffDeps) {
  const password = createOneTimePassword(ids);
  const passwordHash = await hashPassword(password);
  return { password, passwordHash, mustChangePassword: true, failures: 0, lockedUntil: 0 };
}

function note(
  { audit, clock }: StaffDeps,
  actor: string,
  action: string,
  subject: string,
  details: { [key: string]: Json },
) {
  return audit.append({ at: clock.now(), actor, action, subject, details });
}
