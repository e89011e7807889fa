/** Logging in, and what everybody does to their own account: password and second factor. */
import type { Clock } from '../../clock.ts';
import type { AuditLog, Operator, OperatorStore } from '../ports.ts';
import { hashPassword, MIN_PASSWORD_LENGTH, verifyPassword } from './passwords.ts';
import { findStep } from './totp.ts';
import type { Turns } from './turns.ts';

/** Wrong passwords or codes in a row after which an account is shut. */
const MAX_LOGIN_FAILURES = 5;
/** For how long it is shut. */
const LOCK_MS = 15 * 60 * 1000;
/** Log-ins worked on at the same time, over all accounts: each costs 19 MiB and some 30 ms. */
const MAX_PENDING = 40;

export interface AccountDeps {
  store: OperatorStore;
  audit: AuditLog;
  clock: Clock;
  turns: Turns;
}

type Refused<Reason> = { ok: false; reason: Reason };
type Result<Reason> = { ok: true; operator: Operator } | Refused<Reason>;

export interface Login {
  username: string;
  password: string;
  code?: string | undefined;
}

export interface Accounts {
  /**
   * `refused` stands for an unknown name, a wrong password or code, a locked and a disabled account alike, and each takes
   * the same time. `code`: the password is right, and a code of the second factor is needed with it; that is no failure.
   * Tries for one name run one after another, so that guessing in parallel cannot outrun the lock.
   */
  login(login: Login): Promise<Result<'refused' | 'busy' | 'code'>>;
  /** Needs the old password; a wrong one counts towards the lock like a failed log-in. Ends all sessions. */
  changePassword(
    operator: Operator,
    passwords: { old: string; new: string },
  ): Promise<Result<'wrong' | 'weak'>>;
  /** Whether this is the operator's password; counts like `changePassword`. */
  confirm(operator: Operator, password: string): Promise<boolean>;
  /** Puts the second factor in force when the code fits the secret; its code is used up by that. */
  setTotp(operator: Operator, totp: { secret: string; code: string }): Promise<Result<'wrong' | 'there'>>;
  /** Needs the password. */
  removeTotp(operator: Operator, password: string): Promise<Result<'wrong'>>;
}

/** Builds log-in over the store. */
export function createAccounts(deps: AccountDeps): Accounts {
  const { store, turns, clock } = deps;
  // Verified in place of an account that does not exist, so that the answer takes as long.
  const decoy = hashPassword('there is no such account');

  /** The operator as stored now, when the password is theirs. */
  async function confirmed(id: string, password: string): Promise<Operator | undefined> {
    const known = await store.find(id);
    const isRight = known !== undefined && (await verifyPassword(known.passwordHash, password));
    const settled = await settle(deps, known, { isRight, action: 'password.confirm' });
    return settled.ok ? settled.operator : undefined;
  }

  return {
    async login({ username, password, code }) {
      if (turns.pending() >= MAX_PENDING) return { ok: false, reason: 'busy' };
      return turns.run(username, async () => {
        const known = await store.findByUsername(username);
        const isRight = await verifyPassword(known?.passwordHash ?? (await decoy), password);
        return settle(deps, known, { isRight, action: 'login', factor: { code } });
      });
    },

    changePassword: ({ id, username }, passwords) =>
      turns.run(username, async () => {
        const operator = await confirmed(id, passwords.old);
        if (!operator) return { ok: false, reason: 'wrong' };
        if (isWeak(passwords, operator.username)) return { ok: false, reason: 'weak' };
        const changed = {
          ...operator,
          passwordHash: await hashPassword(passwords.new),
          mustChangePassword: false,
        };
        await store.update(changed);
        await store.closeSessions(id);
        await note(deps, id, 'password.change');
        return { ok: true, operator: changed };
      }),

    confirm: ({ id, username }, password) =>
      turns.run(username, async () => (await confirmed(id, password)) !== undefined),

    setTotp: ({ id, username }, { secret, code }) =>
      turns.run(username, async () => {
        const operator = await store.find(id);
        if (!operator || operator.totp) return { ok: false, reason: 'there' };
        const lastStep = findStep({ secret, lastStep: 0 }, code, clock.now());
        if (lastStep === undefined) return { ok: false, reason: 'wrong' };
        const changed = { ...operator, totp: { secret, lastStep } };
        await store.update(changed);
        await note(deps, id, 'totp.set');
        return { ok: true, operator: changed };
      }),

    removeTotp: ({ id, username }, password) =>
      turns.run(username, async () => {
        const operator = await confirmed(id, password);
        if (!operator) return { ok: false, reason: 'wrong' };
        const { totp, ...changed } = operator;
        if (totp) {
          await store.update(changed);
          await note(deps, id, 'totp.remove');
        }
        return { ok: true, operator: changed };
      }),
  };
}

interface Try {
  isRight: boolean;
  action: 'login' | 'password.confirm';
  /** Asks for the second factor too, of those who have one. */
  factor?: { code: string | undefined };
}

/** Writes down how a try went and answers the operator when it may pass. */
async function settle(
  deps: AccountDeps,
  known: Operator | undefined,
  { isRight, action, factor }: Try,
): Promise<Result<'refused' | 'code'>> {
  // Read again: an admin may have disabled the account while the password was being checked.
  const operator = known && (await deps.store.find(known.id));
  const now = deps.clock.now();
  const isOpen = operator !== undefined && !operator.disabled && operator.lockedUntil <= now;
  if (operator && isOpen && isRight) {
    const passed = factor ? takeCode(operator, factor.code, now) : operator;
    if (passed === 'missing') {
      await note(deps, operator.id, `${action}.code-asked`);
      return { ok: false, reason: 'code' };
    }
    if (passed) {
      const clean = { ...passed, failures: 0, lockedUntil: 0 };
      await Promise.all([deps.store.update(clean), note(deps, operator.id, action)]);
      return { ok: true, operator: clean };
    }
  }
  // Together, so that they share one write to the disk and an unknown name costs as much as a known one.
  await Promise.all([
    note(deps, operator?.id ?? 'unknown', `${action}.refused`),
    operator && isOpen ? deps.store.update(withFailure(operator, now)) : undefined,
  ]);
  return { ok: false, reason: 'refused' };
}

/** The operator with this code used up; undefined when it is wrong or was used before. */
function takeCode(
  operator: Operator,
  code: string | undefined,
  now: number,
): Operator | 'missing' | undefined {
  const { totp } = operator;
  if (!totp) return operator;
  if (code === undefined) return 'missing';
  const lastStep = findStep(totp, code, now);
  return lastStep === undefined ? undefined : { ...operator, totp: { ...totp, lastStep } };
}

function withFailure(operator: Operator, now: number): Operator {
  const failures = operator.failures + 1;
  if (failures < MAX_LOGIN_FAILURES) return { ...operator, failures };
  return { ...operator, failures: 0, lockedUntil: now + LOCK_MS };
}

function isWeak(passwords: { old: string; new: string }, username: string): boolean {
  const fresh = passwords.new.toLowerCase();
  if (passwords.new.length < MIN_PASSWORD_LENGTH || passwords.new === passwords.old) return true;
  return fresh === username.toLowerCase() || new Set(fresh).size < 4;
}

function note(deps: AccountDeps, operator: string, action: string): Promise<void> {
  const at = deps.clock.now();
  return deps.audit.append({ at, actor: operator, action, subject: operator, details: {} });
}
