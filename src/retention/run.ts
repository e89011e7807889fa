/**
 * Retention: erases what is kept no longer. Of open cases, and of those closed not long ago, nothing is touched: no file,
 * no answer, no word said since they were begun. Papers that were issued stay verifiable: they hold no personal data.
 *
 * Broken off, or run twice at once, it is right again with the next run: each part finds what is left of its own.
 */
import type { Clock } from '../clock.ts';
import { type CaseSweepDeps, sweepCases } from './cases.ts';
import { type ChatSweepDeps, sweepChats } from './chats.ts';
import { type FileSweepDeps, sweepFiles } from './files.ts';
import type { AuditTrail, ExpiredLinks } from './ports.ts';
import type { RetentionReport } from './round.ts';
import type { Rules } from './rules.ts';

export interface RetentionDeps extends CaseSweepDeps, FileSweepDeps, ChatSweepDeps {
  applications: CaseSweepDeps['applications'] & FileSweepDeps['applications'];
  links: ExpiredLinks;
  audit: AuditTrail;
  clock: Clock;
  rules: Rules;
}

export interface RetentionOptions {
  isDryRun?: boolean;
  /** `system` (the service at night) or `cli`. */
  actor: string;
  failed(error: unknown): void;
  /** Told after each piece of work how many there were. */
  progress?: (looked: number) => void;
  isStopped?: () => boolean;
}

/** Runs it once, and notes it in the audit log (not a dry run). Undefined: it was stopped on its way. */
export async function runRetention(
  deps: RetentionDeps,
  { isDryRun = false, actor, failed, progress = () => {}, isStopped = () => false }: RetentionOptions,
): Promise<RetentionReport | undefined> {
  const now = deps.clock.now();
  const report = {
    cases: 0,
    caseFiles: 0,
    draftFiles: 0,
    chatFiles: 0,
    chats: 0,
    talks: 0,
    links: 0,
    failed: 0,
  };
  let looked = 0;
  const each = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      report.failed++;
      failed(error);
    }
    progress(++looked);
  };
  const round = { now, rules: deps.rules, isDryRun, report, each, isStopped };
  await sweepCases(deps, round);
  await sweepFiles(deps, round);
  await sweepChats(deps, round);
  if (isStopped()) return undefined;
  await each(async () => {
    const before = now - deps.rules.chatMs;
    report.links += isDryRun ? await deps.links.countExpired(before) : await deps.links.removeExpired(before);
  });
  if (!isDryRun)
    await deps.audit.append({
      at: now,
      actor,
      action: 'retention.run',
      subject: 'retention',
      details: { ...report },
    });
  return report;
}
