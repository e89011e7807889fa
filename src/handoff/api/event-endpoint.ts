/** Endpoint of live updates (server-sent events): says that something changed, never what. The client fetches it. */
import type { Response } from 'express';
import type { Hub } from '../../conversation/ports.ts';
import type { Sessions, Signed } from '../accounts/sessions.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';

/** Shorter than the minute after which proxies close a silent connection. */
const HEARTBEAT_MS = 25_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 3_000;

export interface EventStreams {
  endpoint: Endpoint;
  /** Ends all streams, so that the server can stop. */
  close(): void;
}

/**
 * Builds `GET /api/events?conversation=<id>`: events `inbox` and, for that chat, `conversation`. A stream ends when its
 * session does, seen at the next heartbeat.
 */
export function createEventStreams(deps: {
  hub: Hub;
  sessions: Sessions;
  heartbeatMs?: number;
}): EventStreams {
  const open = new Set<() => void>();
  const endpoint = createEndpoint({
    method: 'get',
    path: '/events',
    summary:
      'Live updates: `inbox` when the list changed, `conversation` when the chat in `?conversation=` did.',
    access: 'inbox',
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

/** Passes news on until the returned function is called. */
function follow(
  deps: { hub: Hub; sessions: Sessions; heartbeatMs?: number },
  { response, signed, conversation }: { response: Response; signed: Signed; conversation: unknown },
): () => void {
  const say = (event: string) => () => void response.write(`event: ${event}\ndata: {}\n\n`);
  const undo = [deps.hub.subscribe('inbox', say('inbox'))];
  if (typeof conversation === 'string') {
    undo.push(deps.hub.subscribe(`conversation:${conversation}`, say('conversation')));
  }
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
