/** Closed cases whose time is over. */
import { CLOSED_STATES } from '../flows/vocabulary.ts';
import type { Case, CaseStore, Erasers } from './ports.ts';
import type { Round } from './round.ts';
import { filesOf, isOver } from './rules.ts';

export interface CaseSweepDeps {
  applications: Pick<CaseStore, 'list'>;
  eraseCase: Erasers['eraseCase'];
}

const PAGE = 100;

/** Erases them; one that changes at that moment (reopened) is left as it is. */
export async function sweepCases({ applications, eraseCase }: CaseSweepDeps, round: Round): Promise<void> {
  const { now, rules, report } = round;
  let last: Case | undefined;
  do {
    const after = last && { dueAt: last.dueAt, number: last.number };
    const query = { states: CLOSED_STATES, isKept: true as const, limit: PAGE };
    const page = await applications.list({ ...query, ...(after ? { after } : {}) });
    for (const found of page) {
      if (round.isStopped()) return;
      if (isOver(found, now, rules)) await round.each(() => erase(found));
    }
    last = page.length === PAGE ? page.at(-1) : undefined;
  } while (last);

  async function erase(found: Case): Promise<void> {
    const files = filesOf(found);
    const { number, version } = found;
    if (!round.isDryRun && (await eraseCase({ number, version, files })) === 'conflict') return;
    report.cases++;
    report.caseFiles += files.length;
  }
}
