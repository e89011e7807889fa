/** Logging in and changing passwords. */
import type { Clock } from '../../clock.ts';
import type { AuditLog, Operator, OperatorStore } from '../ports.ts';
import { hashPassword, MIN_PASSWORD_LENGTH, verifyPassword } from './passwords.ts';

/** Wrong passwords in a row after which an account is shut. */
const MAX_LOGIN_FAILURES = 5;
/** For how long it is shut. */
const LOCK_MS = 15 * 60 * 1000;
/** Log-ins worked on at the same time, over all accounts: each costs 19 MiB and some 30 ms. */
const MAX_PENDING = 40;

export interface AccountDeps {
  store: OperatorStore;
  audit: AuditLog;
  clock: Clock;
}

type LoginResult = { ok: true; operator: Operator } | { ok: false; reason: 'refused' | 'busy' };
type PasswordResult = { ok: true; operator: Operator } | { ok: false; reason: 'wrong' | 'weak' };

export interface Accounts {
  /**
   * `refused` stands for an unknown name, a wrong password, a locked and a disabled account alike, and each takes
   * the same time. Tries for one name run one after another, so that guessing in parallel cannot outrun the lock.
   */
  login(username: string, password: string): Promise<LoginResult>;
  /** Needs the old password; a wrong one counts towards the lock like a failed log-in. Ends all sessions. */
  changePassword(operator: Operator, passwords: { old: string; new: string }): Promise<PasswordResult>;
}

/** Builds log-in over the store. */
export function createAccounts(deps: AccountDeps): Accounts {
  const inTurn = createTurns();
  // Verified in place of an account that does not exist, so that the answer takes as long.
  const decoy = hashPassword('there is no such account');

  return {
    async login(username, password) {
      if (inTurn.pending() >= MAX_PENDING) return { ok: false, reason: 'busy' };
      return inTurn.run(username.toLowerCase(), async () => {
        const known = await deps.store.findByUsername(username);
        const isRight = await verifyPassword(known?.passwordHash ?? (await decoy), password);
        const operator = await settle(deps, known, isRight);
        return operator ? { ok: true, operator } : { ok: false, reason: 'refused' };
      });
    },

    async changePassword({ id, username }, passwords) {
      return inTurn.run(username.toLowerCase(), async () => {
        const known = await deps.store.find(id);
        const isRight = known !== undefined && (await verifyPassword(known.passwordHash, passwords.old));
        const operator = await settle(deps, known, isRight, 'password.confirm');
        if (!operator) return { ok: false, reason: 'wrong' };
        if (isWeak(passwords, operator.username)) return { ok: false, reason: 'weak' };
        const changed = {
          ...operator,
          passwordHash: await hashPassword(passwords.new),
          mustChangePassword: false,
        };
        await deps.store.update(changed);
        await deps.store.closeSessions(id);
        await note(deps, id, 'password.change');
        return { ok: true, operator: changed };
      });
    },
  };
}

/** Writes down how a try went and answers the operator when it may pass. */
async function settle(
  deps: AccountDeps,
  known: Operator | undefined,
  isRight: boolean,
  action = 'login',
): Promise<Operator | undefined> {
  // Read again: an admin may have disabled the account while the password was being checked.
  const operator = known && (await deps.store.find(known.id));
  const now = deps.clock.now();
  const isOpen = operator !== undefined && !operator.disabled && operator.lockedUntil <= now;
  if (operator && isOpen && isRight) {
    const clean = { ...operator, failures: 0, lockedUntil: 0 };
    await Promise.all([deps.store.update(clean), note(deps, operator.id, action)]);
    return clean;
  }
  // Together, so that they share one write to the disk and an unknown name costs as much as a known one.
  await Promise.all([
    note(deps, operator?.id ?? 'unknown', `${action}.refused`),
    operator && isOpen ? deps.store.update(withFailure(operator, now)) : undefined,
  ]);
  return undefined;
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

/** Runs work of one key one after another, and work of different keys side by side. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  let pending = 0;
  return {
    pending: () => pending,
    async run<T>(key: string, work: () => Promise<T>): Promise<T> {
      pending += 1;
      const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        pending -= 1;
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
}
