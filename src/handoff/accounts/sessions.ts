/** Sessions of operators: a random token in a cookie, of which the store knows only a keyed hash. */
import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Operator, OperatorStore, Session } from '../ports.ts';

/** A working day and a bit; then one logs in again. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

export interface SessionDeps {
  store: OperatorStore;
  clock: Clock;
  ids: Pick<Ids, 'id'>;
  /** A keyed hash for look-ups (the store's sealer). */
  hash: (kind: string, text: string) => string;
}

/** An operator who is logged in, with the session it is by. */
export interface Signed {
  operator: Operator;
  session: Session;
}

export interface Sessions {
  /** Opens a session; `token` goes into the cookie and nowhere else. */
  open(operator: Operator): Promise<{ token: string; session: Session }>;
  /** Who holds this token; undefined when unknown, expired, or the operator was disabled. */
  find(token: string): Promise<Signed | undefined>;
  /** The same for a session found earlier: is it still good? */
  recheck(session: Session): Promise<Signed | undefined>;
  close(session: Session): Promise<void>;
  /** Ends all of an operator's sessions, wherever they are. */
  closeAll(operator: string): Promise<void>;
}

/** Builds the sessions over the store. */
export function createSessions(deps: SessionDeps): Sessions {
  const findByHash = async (tokenHash: string): Promise<Signed | undefined> => {
    const session = await deps.store.findSession(tokenHash);
    if (!session || session.expiresAt <= deps.clock.now()) return undefined;
    const operator = await deps.store.find(session.operator);
    return operator && !operator.disabled ? { operator, session } : undefined;
  };
  return {
    async open(operator) {
      const secret = deps.ids.id();
      const now = deps.clock.now();
      const session: Session = {
        tokenHash: deps.hash('session', secret),
        operator: operator.id,
        csrf: deps.ids.id(),
        createdAt: now,
        expiresAt: now + SESSION_MS,
      };
      await deps.store.openSession(session);
      return { token: secret, session };
    },
    find: (secret) => findByHash(deps.hash('session', secret)),
    recheck: (session) => findByHash(session.tokenHash),
    close: (session) => deps.store.closeSession(session.tokenHash),
    closeAll: (operator) => deps.store.closeSessions(operator),
  };
}

/** Compares two secrets without telling by time where they differ. */
export function isSameSecret(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
