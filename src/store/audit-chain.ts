/** How the lines of the audit log hold on to each other; the same whatever keeps them. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '../handoff/ports.ts';

/** What stands before the first entry. */
export const FIRST_HASH = '0'.repeat(64);

/** SHA-256, hex, over the previous entry's hash and everything this one says. */
export function chainHash(previous: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actor, action, subject, details } = entry;
  const text = JSON.stringify([previous, seq, at, actor, action, subject, details]);
  return createHash('sha256').update(text).digest('hex');
}
