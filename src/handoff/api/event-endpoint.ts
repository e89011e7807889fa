/** Endpoint of live updates (server-sent events): says that something changed, never what. The client fetches it. */
import type { Response } from 'express';
import type { Hub } from '../../conversation/ports.ts';
import { isAllowed, type Permission } from '../accounts/roles.ts';
import type { Sessions, Signed } from '../accounts/sessions.ts';
import type { Presence } from '../inbox/presence.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';

/** Shorter than the minute after which proxies close a silent connection. */
const HEARTBEAT_MS = 25_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 3_000;

/** Topics of the hub and events of the stream: points and days off, the moving of visits, who comes and who waits. */
const PLACES = ['points', 'outages', 'visits'] as const;

export interface EventStreams {
  endpoint: Endpoint;
  /** Ends all streams, so that the server can stop. */
  close(): void;
}

interface StreamDeps {
  hub: Hub;
  sessions: Sessions;
  presence: Presence;
  heartbeatMs?: number;
}

/**
 * Builds `GET /api/events?conversation=<id>`: events `inbox`, `requests`, `notices`, `points`, `outages`, `visits`, and for that chat `conversation` and
 * `viewers` (with the names of others who look at it as JSON), each for those who may see what it is about. A stream
 * ends when its session does, seen at the next heartbeat.
 */
export function createEventStreams(deps: StreamDeps): EventStreams {
  const open = new Set<() => void>();
  const endpoint = createEndpoint({
    method: 'get',
    path: '/events',
    summary:
      'Live updates: `inbox`, `requests`, `notices`, `points`, `outages` and `visits` when those changed; `conversation` and `viewers` of the chat in `?conversation=`.',
    access: 'signed',
    query: ['conversation'],
    streams: ['text/event-stream'],
    async run({ signed, query, response }) {
      startStream(response);
      const stop = follow(deps, { response, signed, conversation: query.conversation });
      open.add(stop);
      response.on('close', () => {
        stop();
        open.delete(stop);
      });
      return undefined;
    },
  });
  const close = () => {
    for (const stop of open) stop();
  };
  return { endpoint, close };
}

function startStream(response: Response): void {
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // nginx would hold the events back otherwise.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write(`retry: ${RETRY_MS}\n\n`);
}

interface Stream {
  response: Response;
  signed: Signed;
  conversation: unknown;
}

/** Passes news on until the returned function is called. */
function follow(deps: StreamDeps, stream: Stream): () => void {
  const { response, signed } = stream;
  const undo = listen(deps, stream);
  const stop = () => {
    clearInterval(timer);
    for (const each of undo.splice(0)) each();
    response.end();
  };
  const timer = setInterval(() => {
    response.write(': still here\n\n');
    deps.sessions.recheck(signed.session).then(
      (still) => still ?? stop(),
      // The store is in trouble: the client comes back, and is told then.
      stop,
    );
  }, deps.heartbeatMs ?? HEARTBEAT_MS);
  timer.unref();
  return stop;
}

/** Answers what undoes it. */
function listen(
  { hub, presence }: StreamDeps,
  { response, signed: { operator }, conversation }: Stream,
): (() => void)[] {
  const say = (event: string, data = '{}') => void response.write(`event: ${event}\ndata: ${data}\n\n`);
  const may = (permission: Permission) =>
    !operator.mustChangePassword && isAllowed(operator.role, permission);
  const undo = [presence.enter(operator), hub.subscribe('notices', () => say('notices'))];
  if (may('inbox')) undo.push(hub.subscribe('inbox', () => say('inbox')));
  if (may('requests')) undo.push(hub.subscribe('requests', () => say('requests')));
  if (may('places')) for (const topic of PLACES) undo.push(hub.subscribe(topic, () => say(topic)));
  if (may('inbox') && typeof conversation === 'string') {
    undo.push(
      hub.subscribe(`conversation:${conversation}`, () => say('conversation')),
      presence.look(conversation, operator, (names) => say('viewers', JSON.stringify(names))),
    );
  }
  return undo;
}
