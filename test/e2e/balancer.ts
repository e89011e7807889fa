/** What stands before several web processes: as Caddy with deploy/Caddyfile, as small as can be. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** As `health_interval`, `lb_try_interval`, `lb_try_duration` there, ms. */
const HEALTH_MS = 250;
const AGAIN_MS = 100;
const PATIENCE_MS = 10_000;

export interface Balancer {
  url: string;
  /** For each request that was refused at first: how long until it was handed to a process that took it, ms. */
  refusedMs: number[];
  close(): Promise<void>;
}

/** Hands each request to the next process that says it is ready; a refusal (no connection, 503) goes to the next one. */
export async function startBalancer(upstreams: string[]): Promise<Balancer> {
  const ready = new Set(upstreams);
  const refusedMs: number[] = [];
  let turn = 0;

  async function look(upstream: string): Promise<void> {
    const isReady = await fetch(`${upstream}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) ready.add(upstream);
    else ready.delete(upstream);
  }

  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    let refusedAt: number | undefined;
    const endsAt = performance.now() + PATIENCE_MS;
    while (performance.now() < endsAt) {
      const askedAt = performance.now();
      const upstream = [...ready][turn++ % Math.max(1, ready.size)];
      const answer =
        upstream === undefined ? undefined : await ask(`${upstream}${request.url}`, request, body);
      if (answer && answer.status !== 503) {
        if (refusedAt !== undefined) refusedMs.push(askedAt - refusedAt);
        response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
        response.end(Buffer.from(await answer.arrayBuffer()));
        return;
      }
      refusedAt ??= performance.now();
      await pause(AGAIN_MS);
    }
    refusedMs.push(PATIENCE_MS);
    response.writeHead(503).end();
  }

  const server = createServer((request, response) => void handOn(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const looking = setInterval(() => upstreams.forEach((upstream) => void look(upstream)), HEALTH_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refusedMs,
    close: () =>
      new Promise((resolve) => {
        clearInterval(looking);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Undefined when nobody answers. */
function ask(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Response | undefined> {
  const kept = ['content-type', 'x-twilio-signature'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  const content = body.length > 0 ? { body: new Uint8Array(body) } : {};
  return fetch(url, { method: method ?? 'GET', headers: kept, ...content }).catch(() => undefined);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
