/** Loket as a running service: listens, takes up what was left, stops in good order. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type App, createApp } from './app.ts';
import { createClock, type SettableClock } from './clock.ts';
import { type Config, publicUrlOf } from './config.ts';
import { AppError } from './errors.ts';
import { ensureFirstOperator } from './handoff/accounts/first-operator.ts';
import { createIds } from './ids.ts';
import { loadMasterKey } from './master-key.ts';
import { openStore, type Store } from './store/open.ts';

export interface Service extends App {
  store: Store;
  clock: SettableClock;
  /** How it is reached, without a slash at the end. */
  url: string;
  /** On the very first start only: shown once, and nowhere kept. */
  firstOperator: { username: string; password: string } | undefined;
  /**
   * Takes no more requests, ends what is under way, closes the store. Where others can serve meanwhile it first says
   * for a second that it is not ready, and goes on taking: whoever hands requests on learns it and goes elsewhere.
   */
  stop(): Promise<void>;
}

/** A photo of some megabytes at 50 kbit/s takes this long, ms. */
const SLOWEST_UPLOAD_MS = 30 * 60_000;
/** So long it still takes requests while /readyz says that it stops, ms. */
const FAREWELL_MS = 1_000;
/** Requests under way get this long to end, ms. */
const DRAIN_MS = 5_000;
/** Connections that have become idle meanwhile are closed this often, ms. */
const SWEEP_MS = 50;

/** Starts everything and resolves when it serves. Throws AppError for wrong settings, files, keys or a taken port. */
export async function startService(
  config: Config,
  options: { log: Logger; clock?: SettableClock },
): Promise<Service> {
  const { log } = options;
  refuseUnbuilt(config);
  const clock = options.clock ?? createClock();
  const { store: where, dataDir, masterKeyAlso } = config;
  const store = await openStore({ where, dataDir, masterKey: loadMasterKey(config), masterKeyAlso, log });
  try {
    return await serve({ config, log, clock, store });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Settings of adapters that do not exist yet would lose every message: better no start than that. */
function refuseUnbuilt({ smsgate, kannel, whatsappWeb }: Config): void {
  const names = [smsgate && 'SMSGATE_URL', kannel && 'KANNEL_URL', whatsappWeb && 'WHATSAPP_WEB'].filter(
    Boolean,
  );
  if (names.length === 0) return;
  throw new AppError('CONFIG_INVALID', {
    detail: `${names.join(', ')}: this version has no such adapter yet; leave it empty and use Twilio or the simulator`,
  });
}

async function serve({
  config,
  log,
  clock,
  store,
}: {
  config: Config;
  log: Logger;
  clock: SettableClock;
  store: Store;
}): Promise<Service> {
  // The address is known once the port is: links and signatures need it before anything is answered.
  let handle: RequestListener = (_request, response) =>
    void response.writeHead(503, { 'Retry-After': '1' }).end();
  let isStopping = false;
  const server = createServer({ requestTimeout: SLOWEST_UPLOAD_MS }, (request, response) => {
    // A connection that is kept alive would be cut with the next request on its way.
    if (isStopping) response.setHeader('Connection', 'close');
    handle(request, response);
  });
  const port = await listen(server, config);
  const app = await createApp({
    config,
    store,
    clock,
    log,
    publicUrl: publicUrlOf(config, port),
    isStopping: () => isStopping,
  });
  const roles = (['web', 'worker'] as const).filter((role) => config.roles.includes(role));
  if (roles.length === 0) log.warn('ROLES=whatsapp: this version has no such session yet; nothing to do');
  const firstOperator = roles.includes('web')
    ? await ensureFirstOperator(store.operators, { clock, audit: store.audit, ids: createIds() })
    : undefined;
  await app.notices.start();
  await app.points.start();
  await app.outages.start();
  if (roles.includes('worker')) {
    await app.effects.recover();
    app.timers.start();
    app.teller.start();
    app.expiry.start();
    app.visits.start();
    app.cardsAgain.start();
    app.outages.startWork();
    app.retention.start();
  }
  handle = app.handle;
  return {
    ...app,
    store,
    clock,
    firstOperator,
    url: publicUrlOf({ ...config, publicUrl: undefined }, port),
    async stop() {
      isStopping = true;
      if (store.shared && roles.includes('web')) await pause(FAREWELL_MS);
      await stop(server, app, store);
    },
  };
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new AppError('CONFIG_INVALID', {
          detail: `cannot listen on ${host}:${port} (${cause.code}); choose another HOST or PORT`,
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function stop(server: Server, app: App, store: Store): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  app.close();
  app.notices.stop();
  app.points.stop();
  // `close` ends what is idle now; a connection whose last answer is still to come is kept alive after it.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
  await app.timers.stop();
  await app.expiry.stop();
  await app.visits.stop();
  await app.cardsAgain.stop();
  await app.outages.stop();
  await app.retention.stop();
  await app.teller.stop();
  await app.effects.stop();
  await app.inspector.close();
  await app.reader.close();
  await app.engine.idle();
  await app.counts.stop();
  await store.close();
}
