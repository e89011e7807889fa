/** Who may do what in the operator application. The server asks this at every request; the web app only hides. */
import type { Role } from '../ports.ts';

/**
 * `inbox`: see chats and their files. `answer`: claim, reply, hand back. `complaints`: chats about illegal fees or officials,
 * which nobody else sees. `requests`: see and prepare requests. `decide`: approve and reject them. `walk-in`: fill in for a
 * person at the counter. `places`: visits of the day, the queue, what is out of order at a point. `undelivered`: see what was given up, and have messages sent once more. `supervise`: statistics,
 * giving work to others, filers. `notices`: declare what is out of order,
 * capacities and days off. `accounts`: everybody's accounts. `audit`: the
 * audit log, which names no citizen.
 */
export type Permission =
  | 'inbox'
  | 'answer'
  | 'complaints'
  | 'requests'
  | 'decide'
  | 'walk-in'
  | 'places'
  | 'undelivered'
  | 'supervise'
  | 'notices'
  | 'accounts'
  | 'audit';

const COUNTER: readonly Permission[] = ['inbox', 'answer', 'requests', 'walk-in', 'places'];

const ALLOWED: { [role in Role]: readonly Permission[] } = {
  operator: COUNTER,
  verifier: [...COUNTER, 'decide'],
  // In a small office one person is all of it.
  supervisor: [
    ...COUNTER,
    'decide',
    'complaints',
    'undelivered',
    'supervise',
    'notices',
    'accounts',
    'audit',
  ],
  // Keeps the machine running; what citizens write is not an administrator's to read.
  admin: ['undelivered', 'notices', 'accounts', 'audit'],
  auditor: ['audit'],
};

/** Whether a role may do something. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return ALLOWED[role].includes(permission);
}

/** Everything that a role may do. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ALLOWED[role];
}
