/** An upgrade as docs/production.md tells it: every process is replaced in turn while citizens go on writing. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entry } from '../../src/conversation/types.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../channels/twilio-standin.ts';
import { mongoKinds } from '../mongodb-programs.ts';
import { type MongoServer, startMongo } from '../mongodb-server.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { describeWith } from '../services.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { waitFor } from './phone.ts';
import { type Env, freePort, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const CITIZENS = 6;
/** Between two messages of one citizen, ms. */
const PACE_MS = 900;
const MASTER_KEY = Buffer.alloc(32, 7);
const ROLES = ['worker', 'worker', 'web', 'web'] as const;

interface Citizen {
  address: string;
  /** MessageSid of all that was taken, in order. */
  taken: string[];
}

describeWith(['redis', 'mongodb'], 'a rolling restart of two web processes and two workers', () => {
  const data = temporaryDir();
  let [mongo, redis, twilio, balancer]: [MongoServer?, RedisServer?, TwilioStandIn?, Balancer?] = [];
  let envs: Env[] = [];
  const running: ServiceProcess[] = [];

  beforeAll(async () => {
    [mongo, redis, twilio] = await Promise.all([startPatientMongo(), startRedis(), startTwilioStandIn()]);
    const ports = await Promise.all(ROLES.map(() => freePort()));
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    balancer = await startBalancer(urls.filter((_, i) => ROLES[i] === 'web'));
    envs = ROLES.map((role, i) => ({
      ROLES: role,
      PORT: String(ports[i]),
      PUBLIC_URL: balancer?.url,
      DATA_DIR: `${data.dir}/${i}`,
      MASTER_KEY: MASTER_KEY.toString('base64'),
      MONGODB_URL: mongo?.url,
      REDIS_URL: redis?.url,
      TWILIO_ACCOUNT_SID: twilio?.accountSid,
      TWILIO_AUTH_TOKEN: twilio?.authToken,
      TWILIO_API_URL: twilio?.url,
      TWILIO_WHATSAPP_FROM: 'whatsapp:+6221000002',
      LOG_LEVEL: 'error',
    }));
    // The first makes the collections: FerretDB drops the connections of those who make one together.
    const [first, ...others] = envs;
    if (first) running.push(await startService(first));
    running.push(...(await Promise.all(others.map((env) => startService(env)))));
  }, 240_000);
  afterAll(async () => {
    await Promise.all(running.map((service) => service.kill()));
    await balancer?.close();
    await twilio?.close();
    await redis?.stop();
    await mongo?.stop();
    data.remove();
  });

  it('refuses no message for longer than a second, loses none, and answers each once', {
    timeout: 180_000,
  }, async () => {
    if (!mongo || !redis || !twilio || !balancer) throw new Error('not started');
    const load = startLoad(twilio, balancer);
    const ended: ServiceProcess[] = [];
    for (const [i, env] of envs.entries()) {
      await load.goesOn();
      const service = running[i];
      if (!service) throw new Error('not running');
      expect(await service.stop()).toBe(0);
      ended.push(service);
      running[i] = await startService(env);
    }
    await load.goesOn();
    const citizens = await load.stop();
    expect(Math.max(0, ...balancer.refusedMs)).toBeLessThan(1_000);

    const store = await openStore({
      where: { kind: 'cluster', mongodbUrl: mongo.url, redisUrl: undefined },
      dataDir: data.dir,
      masterKey: MASTER_KEY,
      isBeside: true,
    });
    try {
      await waitFor(
        () => store.jobs.pendingEffects(),
        (left) => left.length === 0,
        'every answer to be sent',
        60_000,
      );
      for (const citizen of citizens) await checkCitizen(store, twilio, citizen);
    } finally {
      await store.close();
    }
    for (const service of running) expect(await service.stop()).toBe(0);
    expect([...ended, ...running].map((service) => service.out()).join('')).toBe('');
  });
});

/** FerretDB goes through a whole table for each update: under load it is what refuses. It is taken when there is no other. */
function startPatientMongo(): Promise<MongoServer> {
  const kind = mongoKinds().find((one) => one !== 'ferretdb');
  return startMongo(kind ? { kind } : {}).catch(() => startMongo());
}

/** Everybody writes at a steady pace, and a message that is not taken at once is an error. */
function startLoad(twilio: TwilioStandIn, { url }: Balancer) {
  const citizens = Array.from(
    { length: CITIZENS },
    (_, i): Citizen => ({ address: `whatsapp:+62812000000${10 + i}`, taken: [] }),
  );
  let isOver = false;
  let serial = 0;
  const count = () => citizens.reduce((sum, { taken }) => sum + taken.length, 0);

  async function write(citizen: Citizen): Promise<void> {
    while (!isOver) {
      const sid = `SM${String(++serial).padStart(32, '0')}`;
      const form = { MessageSid: sid, From: citizen.address, To: 'x', Body: 'menu', NumMedia: '0' };
      const { status } = await twilio.post(`${url}/webhooks/twilio`, form);
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      citizen.taken.push(sid);
      await pause(PACE_MS);
    }
  }

  const writing = Promise.all(citizens.map(write));
  // Told when it is awaited.
  writing.catch(() => {});
  return {
    /** Resolves when everybody has written some more. */
    async goesOn(): Promise<void> {
      const goal = count() + 2 * CITIZENS;
      const reached = waitFor(
        async () => count(),
        (now) => now >= goal,
        'more messages',
        60_000,
      );
      await Promise.race([reached, writing]);
    },
    async stop(): Promise<Citizen[]> {
      isOver = true;
      await writing;
      return citizens;
    },
  };
}

/** In the store each message once and in order, and at Twilio each answer once and in order. */
async function checkCitizen(store: Store, twilio: TwilioStandIn, { address, taken }: Citizen): Promise<void> {
  const id = store.sealer.hash('address', address).slice(0, 32);
  const transcript = await store.conversations.transcript(id);
  const of = (direction: Entry['direction']) => transcript.filter((entry) => entry.direction === direction);
  expect(of('in').map(({ providerId }) => providerId?.replace('twilio:', ''))).toEqual(taken);
  const said = of('out');
  expect(said).toHaveLength(taken.length);
  const seen = twilio.messagesTo(address);
  expect(seen.map(({ sid }) => sid)).toEqual(said.map(({ providerId }) => providerId));
  expect(seen.map(({ body }) => body.replace(/\s/g, ''))).toEqual(
    said.map(({ text }) => text.replace(/\s/g, '')),
  );
}
