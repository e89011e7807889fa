/** The six digits that, with its number, open a case. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Application, ApplicationStore } from './ports.ts';

/** Digits of a PIN. */
export const PIN_LENGTH = 6;
/** From so many wrong PINs in a row each further one shuts the case for an hour: 24 guesses a day at most. */
const MAX_PIN_FAILURES = 5;
/** How long a case stays shut to look-ups. */
const PIN_LOCK_MS = 3_600_000;

/** Races with operators' writes are rare and short; more than this is a fault of the store. */
const MAX_CONFLICTS = 20;
/** Compared when there is no such application. */
const NO_PIN = '-'.repeat(PIN_LENGTH);

export type PinVerdict = 'ok' | 'wrong' | 'locked' | 'unknown';

/**
 * Compares a PIN with that of the case, counts a wrong one and forgets the count at a right one. While the case is shut
 * even the right PIN is `locked`, and nothing is counted. Takes as long whether the case exists or not, but for the
 * write of a count. Callers must say `unknown` and `wrong` in the same words.
 */
export async function checkPin(
  store: ApplicationStore,
  clock: Clock,
  number: string,
  pin: string,
): Promise<PinVerdict> {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const application = await store.find(number);
    const isRight = isEqual(pin, application?.pin ?? NO_PIN);
    if (!application) return 'unknown';
    if (clock.now() < application.pinLockedUntil) return 'locked';
    const next = isRight ? forgiven(application) : counted(application, clock.now());
    if (!next || (await store.update(next)) === 'updated') return isRight ? 'ok' : 'wrong';
  }
  throw new AppError('STORE_CONFLICT', {
    detail: `application ${number} keeps changing while its PIN is checked`,
  });
}

/** Undefined when there is nothing to forget: the usual look-up writes nothing. */
function forgiven(application: Application): Application | undefined {
  if (application.pinFailures === 0) return undefined;
  return { ...application, version: application.version + 1, pinFailures: 0, pinLockedUntil: 0 };
}

function counted(application: Application, now: number): Application {
  const pinFailures = application.pinFailures + 1;
  const pinLockedUntil = pinFailures >= MAX_PIN_FAILURES ? now + PIN_LOCK_MS : 0;
  return { ...application, version: application.version + 1, pinFailures, pinLockedUntil };
}

/** In a time that does not depend on where the two differ. */
function isEqual(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
