/** `GET /simulator/events/:channel/:from`: tells the page that its phone has something new, never what. */
import type { Request, Response } from 'express';
import type { Engine, Hub } from '../../conversation/ports.ts';
import { addressOf } from './message.ts';
import { refuse } from './refusal.ts';

/** Shorter than the minute after which proxies close a silent connection. */
const HEARTBEAT_MS = 20_000;

export interface Streams {
  open(request: Request, response: Response): void;
  /** Ends all streams, so that the server can stop. */
  close(): void;
}

/** Builds the live updates (server-sent events). */
export function createStreams(deps: { engine: Pick<Engine, 'conversationId'>; hub: Hub }): Streams {
  const stops = new Set<() => void>();
  return {
    open(request, response) {
      const address = addressOf(request.params);
      if (!address.ok) return refuse(response, 400, { field: address.field, message: address.message });
      start(response);
      const topic = `conversation:${deps.engine.conversationId(address)}`;
      const undo = deps.hub.subscribe(topic, () => response.write('data: changed\n\n'));
      const beat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS).unref();
      const stop = () => {
        clearInterval(beat);
        undo();
        stops.delete(stop);
        response.end();
      };
      stops.add(stop);
      response.on('close', stop);
    },
    close() {
      for (const stop of [...stops]) stop();
    },
  };
}

function start(response: Response): void {
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // nginx would hold the events back otherwise.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write('retry: 1000\n\n');
}
