/** Who may do what in the operator application. The server asks this at every request; the web app only hides. */
import type { Role } from '../ports.ts';

/**
 * `inbox`: see chats that wait and their files. `answer`: claim, reply, hand back. `undelivered`: see what was given up,
 * and have messages sent once more.
 */
export type Permission = 'inbox' | 'answer' | 'undelivered';

const ALLOWED: { [role in Role]: readonly Permission[] } = {
  operator: ['inbox', 'answer'],
  verifier: ['inbox', 'answer'],
  supervisor: ['inbox', 'answer', 'undelivered'],
  admin: ['inbox', 'answer', 'undelivered'],
  // Reads the audit log, which names no citizen; chats are not an auditor's to read.
  auditor: [],
};

/** Whether a role may do something. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return ALLOWED[role].includes(permission);
}
