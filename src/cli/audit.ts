/** `loket audit verify`: whether the audit log is as it was written. */
import type { AuditLog } from '../handoff/ports.ts';
import { type Io, print } from './io.ts';

/** Writes the finding as JSON; true when the chain holds. */
export async function runAuditVerify(audit: AuditLog, io: Io): Promise<boolean> {
  const found = await audit.verify();
  print(io.output, JSON.stringify(found));
  const talk = found.ok
    ? `${found.entries} entries, none changed.`
    : `Entry ${found.brokenAt} was changed or is missing before it.`;
  print(io.errors, talk);
  return found.ok;
}
