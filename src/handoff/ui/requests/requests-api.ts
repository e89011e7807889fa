/** The calls of the requests view; each throws ApiFailure. `reveal` is the key that shows what is masked. */
import type { Colleague } from '../../schemas/accounts.ts';
import type { FileView } from '../../schemas/basics.ts';
import type { Decision, Requests, RequestView } from '../../schemas/requests.ts';
import { ask, upload } from '../shell/api.ts';

/** What a list shows: names of states and ids, no personal data. */
export interface RequestFilter {
  states: readonly string[];
  service: string;
  /** `me`, `none`, a colleague's id, or '' for everybody's. */
  assignee: string;
}

/** What is decided, by the schema of the API. */
export interface DecisionBody {
  version: number;
  decision: Decision;
  reason?: string;
  oldCard?: boolean;
}

export type BulkDecision = 'take' | 'approve' | 'produce' | 'finish' | 'assign';
export interface BulkResult {
  number: string;
  ok: boolean;
  error: string | null;
}

const at = (number: string) => `/requests/${encodeURIComponent(number)}`;

/** One page of the list; `after` is the cursor of the page before. */
export function listRequests(filter: RequestFilter, after: string | null): Promise<Requests> {
  const query = new URLSearchParams();
  if (filter.states.length > 0) query.set('states', filter.states.join(','));
  if (filter.service) query.set('service', filter.service);
  if (filter.assignee) query.set('assignee', filter.assignee);
  if (after !== null) query.set('after', after);
  return ask('GET', `/requests?${query}`);
}

/** The number of a request by what was typed or scanned. */
export function findRequest(text: string): Promise<{ number: string }> {
  return ask('POST', '/requests/find', { text });
}

/** One decision for many; the answers come in the order asked. */
export async function decideMany(
  requests: { number: string; version: number }[],
  decision: BulkDecision,
  to?: string | null,
): Promise<BulkResult[]> {
  const body = { requests, decision, ...(to === undefined ? {} : { to }) };
  return (await ask<{ results: BulkResult[] }>('POST', '/requests/bulk', body)).results;
}

/** Whom a request can be given to. */
export async function listColleagues(): Promise<Colleague[]> {
  return (await ask<{ colleagues: Colleague[] }>('GET', '/colleagues')).colleagues;
}

/** Asks for the key that shows what is masked; the asking is in the audit log. */
export async function revealRequest(number: string): Promise<string> {
  return (await ask<{ key: string }>('POST', `${at(number)}/reveal`)).key;
}

/** The calls of one request; all answer the request as it is afterwards, but `attach`. */
export function callsOf(number: string, reveal: string | undefined) {
  const post = (act: string, body: unknown) => ask<RequestView>('POST', `${at(number)}/${act}`, body, reveal);
  return {
    load: () => ask<RequestView>('GET', at(number), undefined, reveal),
    decide: (body: DecisionBody) => post('decide', body),
    judge: (body: {
      version: number;
      step: string;
      verdict: 'accepted' | 'refused' | null;
      reason?: string;
    }) => post('verdict', body),
    assign: (body: { version: number; to: string | null }) => post('assign', body),
    sendResult: (body: { version: number; file: string }) => post('result', body),
    sendPin: (body: { version: number; pin: string }) => post('pin', body),
    /** Keeps a file for the request; nobody has it sent by this. */
    attach: async (file: File, onProgress: (part: number) => void) =>
      (await upload<{ file: FileView }>(`${at(number)}/files`, file, onProgress)).file,
  };
}
export type RequestCalls = ReturnType<typeof callsOf>;
