/** Endpoints of the audit log: it names no citizen, so whoever reads it needs to see no chat. */
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog, AuditQuery, Operator, OperatorStore } from '../ports.ts';
import {
  AUDIT_QUERY,
  type Audit,
  type AuditCheck,
  auditCheckSchema,
  auditSchema,
} from '../schemas/supervision.ts';
import { startOfDay } from './period.ts';

const PAGE = 100;

export interface AuditEndpointDeps {
  audit: Pick<AuditLog, 'list' | 'verify'>;
  operators: Pick<OperatorStore, 'list'>;
  office: { timeZone: string };
}

/** Builds the endpoints under `/api/audit`. */
export function createAuditEndpoints(deps: AuditEndpointDeps): Endpoint[] {
  const check = createCheck(deps.audit);
  return [
    createEndpoint({
      method: 'get',
      path: '/audit',
      summary:
        'The audit log, newest first: lines before a number, of an actor (id or username), of actions (commas between), of ' +
        'a subject, between two days of the office (both included).',
      access: 'audit',
      query: AUDIT_QUERY,
      result: auditSchema,
      refusals: [400],
      run: ({ query }) => readLines(deps, query),
    }),
    createEndpoint({
      method: 'get',
      path: '/audit/check',
      summary: 'Whether no line was changed or removed; reads the whole log.',
      access: 'audit',
      result: auditCheckSchema,
      run: check,
    }),
  ];
}

async function readLines(deps: AuditEndpointDeps, query: { [name: string]: unknown }): Promise<Audit> {
  const operators = await deps.operators.list();
  const entries = await deps.audit.list(readQuery(query, operators, deps.office.timeZone));
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  const lines = entries.slice(0, PAGE).map(({ details, ...entry }) => ({
    ...entry,
    name: names.get(entry.actor) ?? null,
    details: JSON.stringify(details),
  }));
  return { lines, next: entries.length > PAGE ? (lines.at(-1)?.seq ?? null) : null };
}

/** One line more than a page tells whether there is another. */
function readQuery(
  query: { [name: string]: unknown },
  operators: readonly Operator[],
  timeZone: string,
): AuditQuery {
  const { before, from, until } = query;
  const [actor, action, subject] = [text(query.actor), text(query.action), text(query.subject)];
  const known = operators.find(({ username }) => username.toLowerCase() === actor?.toLowerCase());
  return {
    ...(before === undefined ? {} : { before: readSeq(before) }),
    ...(actor === undefined ? {} : { actor: known?.id ?? actor }),
    ...(action === undefined ? {} : { actions: action.split(',').map((each) => each.trim()) }),
    ...(subject === undefined ? {} : { subject }),
    ...(text(from) === undefined ? {} : { from: startOfDay(from, timeZone) }),
    ...(text(until) === undefined ? {} : { until: startOfDay(until, timeZone, 1) }),
    newest: true,
    limit: PAGE + 1,
  };
}

/** An empty field of a form is none. */
function text(value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > 200) throw new ApiError('INVALID_REQUEST');
  return value;
}

function readSeq(value: unknown): number {
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) throw new ApiError('INVALID_REQUEST');
  return Number(value);
}

/** Those who ask while it runs share one reading. */
function createCheck(audit: Pick<AuditLog, 'verify'>): () => Promise<AuditCheck> {
  let running: Promise<AuditCheck> | undefined;
  return () => {
    running ??= audit
      .verify()
      .then((found) =>
        found.ok
          ? { ok: true, entries: found.entries, brokenAt: null }
          : { ok: false, entries: null, brokenAt: found.brokenAt },
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  };
}
