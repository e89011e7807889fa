/** What operators see of requests: the list, and one with its fields. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { ChannelKind } from '../../conversation/types.ts';
import type { Flows } from '../../flows/schema.ts';
import { STATES } from '../../flows/vocabulary.ts';
import { ApiError } from '../api/api-error.ts';
import { maskNumbers } from '../inbox/mask.ts';
import type { Operator } from '../ports.ts';
import type { RequestItem, RequestState, Requests, RequestView } from '../schemas/requests.ts';
import { actorOf } from './actor.ts';
import { viewFields } from './fields.ts';
import type { RequestEvent, RequestReader, RequestRecord } from './ports.ts';

/** Requests of one page. */
const PAGE = 50;
/** What the office has in hand: its promise runs. Corrections wait for the citizen. */
const IN_HAND: readonly RequestState[] = ['submitted', 'verification', 'approved', 'production'];
/** Listed when no states are asked for. */
const OPEN: readonly RequestState[] = [...IN_HAND, 'correction', 'ready'];

export interface RequestViewDeps {
  requests: RequestReader;
  conversations: Pick<ConversationStore, 'load'>;
  flows: Flows;
  clock: Clock;
}

export interface RequestViews {
  /** Throws ApiError INVALID_REQUEST for a query that makes no sense. */
  list(query: { [name: string]: unknown }, operator: { id: string }): Promise<Requests>;
  /** Throws ApiError NOT_FOUND. */
  one(number: string, operator: Operator, isShown: boolean): Promise<RequestView>;
}

/** Builds the views over the ports. */
export function createRequestViews(deps: RequestViewDeps): RequestViews {
  const channels = new Map<string, ChannelKind>();
  /** What a conversation goes by never changes; of one that was erased nobody knows. */
  const channelOf = async (conversation: string): Promise<ChannelKind> => {
    const known = channels.get(conversation) ?? (await deps.conversations.load(conversation))?.channel;
    if (channels.size >= MOST_CHANNELS) channels.clear();
    if (known) channels.set(conversation, known);
    return known ?? 'counter';
  };
  const viewItem = async (record: RequestRecord): Promise<RequestItem> => ({
    number: record.number,
    version: deps.requests.revisionOf(record),
    service: record.service,
    title: titleOf(deps.flows, record.service),
    state: record.state,
    submittedAt: record.submittedAt,
    dueAt: record.dueAt,
    isLate: IN_HAND.includes(record.state) && record.dueAt < deps.clock.now(),
    assignee: record.assignee ?? null,
    conversation: record.conversation,
    channel: await channelOf(record.conversation),
  });

  return {
    async list(query, operator) {
      const now = deps.clock.now();
      const [found, counts] = await Promise.all([
        deps.requests.list({ ...readQuery(query, operator), limit: PAGE + 1 }),
        deps.requests.countStates(now),
      ]);
      const page = found.slice(0, PAGE);
      const last = found.length > PAGE ? page.at(-1) : undefined;
      return {
        now,
        counts: counts.map((one) => ({ ...one, late: IN_HAND.includes(one.state) ? one.late : 0 })),
        requests: await Promise.all(page.map(viewItem)),
        next: last ? `${last.dueAt}:${last.number}` : null,
      };
    },

    async one(number, operator, isShown) {
      const record = await deps.requests.find(number);
      if (!record) throw new ApiError('NOT_FOUND');
      const service = deps.flows.services[record.service];
      const [item, maxFileBytes, visit, others] = await Promise.all([
        viewItem(record),
        deps.requests.maxFileBytes(record, 'application/pdf'),
        deps.requests.findVisit(number),
        deps.requests.findRelated(number),
      ]);
      return {
        ...item,
        now: deps.clock.now(),
        masked: !isShown,
        promise: service?.promise ?? null,
        form: service?.form ?? null,
        fields: viewFields(deps.flows, record, !isShown),
        result: record.result,
        maxFileBytes,
        delivery: service?.result?.delivery ?? [],
        visit: visit ?? null,
        history: record.history.map((event) => viewEvent(event, isShown)),
        actions: deps.requests.possible(record, actorOf(operator).actor),
        others: others.map((other) => ({
          number: other.number,
          title: titleOf(deps.flows, other.service),
          state: other.state,
        })),
      };
    },
  };
}

/** Conversations whose channel is kept at hand. */
const MOST_CHANNELS = 5_000;

function titleOf(flows: Flows, service: string): string {
  return flows.services[service]?.title.id ?? service;
}

function viewEvent({ at, event, by, state, reason, oldCard }: RequestEvent, isShown: boolean) {
  const shown = reason === undefined || isShown ? reason : maskNumbers(reason);
  return {
    at,
    event,
    by: typeof by === 'string' ? by : by.name,
    state,
    reason: shown ?? null,
    oldCard: oldCard ?? null,
  };
}

/** `states=a,b`, `service`, `assignee` (`me`, `none` or an id), `after`. */
function readQuery(query: { [name: string]: unknown }, operator: { id: string }) {
  const { states, service, assignee, after } = query;
  return {
    states: isGiven(states) ? readStates(states) : OPEN,
    ...(isGiven(service) ? { service } : {}),
    ...(isGiven(assignee) ? { assignee: readAssignee(assignee, operator) } : {}),
    ...(isGiven(after) ? { after: readPlace(after) } : {}),
  };
}

function readStates(text: string): RequestState[] {
  return text.split(',').map((name) => {
    const state = STATES.find((one) => one === name);
    if (!state) throw new ApiError('INVALID_REQUEST');
    return state;
  });
}

function readAssignee(text: string, operator: { id: string }): string | null {
  if (text === 'none') return null;
  return text === 'me' ? operator.id : text;
}

function readPlace(text: string): { dueAt: number; number: string } {
  const match = /^(\d{1,16}):(.{1,40})$/.exec(text);
  if (!match) throw new ApiError('INVALID_REQUEST');
  const [, dueAt = '', number = ''] = match;
  return { dueAt: Number(dueAt), number };
}

function isGiven(value: unknown): value is string {
  if (value !== undefined && typeof value !== 'string') throw new ApiError('INVALID_REQUEST');
  return value !== undefined && value !== '';
}
