/** Keys that show what is masked: good for one session and one chat or request, stored nowhere. */

import { isSameSecret } from '../accounts/sessions.ts';
import type { Session } from '../ports.ts';

export interface Reveal {
  /** Given once the reveal is in the audit log. The same session and subject have the same key. */
  keyFor(session: Session, subject: string): string;
  /** Whether the key that came with a call (header `X-Reveal`) is that of this session and subject. */
  isShown(given: string | undefined, session: Session, subject: string): boolean;
}

/** `hash` is the store's keyed hash; the key ends with the session. */
export function createReveal({ hash }: { hash: (kind: string, text: string) => string }): Reveal {
  const keyFor = (session: Session, subject: string) => hash('reveal', `${session.tokenHash}:${subject}`);
  return {
    keyFor,
    isShown: (given, session, subject) =>
      given !== undefined && isSameSecret(keyFor(session, subject), given),
  };
}
