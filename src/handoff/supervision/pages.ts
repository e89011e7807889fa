/** Long lists read page by page, so that a year of them fits into memory and other work gets its turn between. */
import type { AuditEntry, AuditLog, AuditQuery } from '../ports.ts';
import type { FiledApplication, FiledApplications } from './ports.ts';

const APPLICATIONS_A_PAGE = 200;
const LINES_A_PAGE = 500;

type ApplicationQuery = Parameters<FiledApplications['list']>[0];

/** Due soonest first. */
export async function* eachApplication(
  applications: Pick<FiledApplications, 'list'>,
  query: Omit<ApplicationQuery, 'after' | 'limit'>,
): AsyncGenerator<FiledApplication, void> {
  let after: ApplicationQuery['after'];
  for (;;) {
    const page = await applications.list({ ...query, ...(after && { after }), limit: APPLICATIONS_A_PAGE });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < APPLICATIONS_A_PAGE) return;
    after = { dueAt: last.dueAt, number: last.number };
    await nextTurn();
  }
}

/** Oldest first. */
export async function* eachLine(
  audit: Pick<AuditLog, 'list'>,
  query: Omit<AuditQuery, 'after' | 'limit' | 'newest'>,
): AsyncGenerator<AuditEntry, void> {
  let after = 0;
  for (;;) {
    const page = await audit.list({ ...query, after, limit: LINES_A_PAGE });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < LINES_A_PAGE) return;
    after = last.seq;
    await nextTurn();
  }
}

/** An embedded store answers without waiting: messages must not wait for a whole year. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
