/** Several real processes on one MongoDB and one Redis: two that take messages, two that work. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type MongoServer, startMongo } from '../mongodb-server.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { describeWith } from '../services.ts';
import { ageRedis } from '../store/redis/world.ts';
import { createPhone, type Screen, setClock, waitFor } from './phone.ts';
import { watchRedis } from './redis-monitor.ts';
import { freePort, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 90_000 };
/** Monday morning: the office is open. */
const MONDAY = Date.parse('2026-11-23T10:15:00+08:00');
const HOUR_MS = 3_600_000;
const CITIZEN = {
  phone: '+6281234567801',
  name: 'Ahmad Rizki Maulana',
  nik: '6408041205909901',
  kk: '6408040101200001',
  reachedAt: '081355557777',
};

describeWith(['mongodb', 'redis'], 'a cluster', () => {
  const data = temporaryDir();
  let mongo: MongoServer;
  let redis: RedisServer;
  let webs: ServiceProcess[];
  let workers: ServiceProcess[];
  let env: (roles: string, port?: number) => Record<string, string>;

  beforeAll(async () => {
    const port = await freePort();
    [mongo, redis] = await Promise.all([startMongo(), startRedis()]);
    env = (roles, at = 0) => ({
      MONGODB_URL: mongo.url,
      REDIS_URL: redis.url,
      DATA_DIR: data.dir,
      ROLES: roles,
      PORT: String(at),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    await ageRedis(redis);
    const start = (roles: string, at?: number) => startService(env(roles, at));
    // The first one makes the collections: FerretDB may hang when many do at once.
    const first = await start('web', port);
    const [second, ...others] = await Promise.all([start('web'), start('worker'), start('worker')]);
    webs = [first, second];
    workers = others;
  }, 180_000);
  afterAll(async () => {
    await Promise.all([...(webs ?? []), ...(workers ?? [])].map((service) => service.kill()));
    await redis?.stop();
    await mongo?.stop();
    data.remove();
  });

  const [webA, webB] = [() => webs[0] as ServiceProcess, () => webs[1] as ServiceProcess];

  /** Says each text to the other process than the one before. */
  async function talk(
    from: string,
    texts: string[],
    between?: (i: number) => Promise<void>,
  ): Promise<Screen> {
    const phones = webs.map(({ url }) => createPhone(url, 'whatsapp', from));
    let screen: Screen | undefined;
    for (const [i, text] of texts.entries()) {
      screen = await phones[i % 2]?.dialogue([text]);
      await between?.(i);
    }
    if (!screen) throw new Error('nothing was said');
    return screen;
  }

  async function ready({
    url,
  }: ServiceProcess): Promise<{ code: number; failed: string[]; warnings: string[] }> {
    const response = await fetch(`${url}/readyz`);
    return {
      code: response.status,
      ...((await response.json()) as { failed: string[]; warnings: string[] }),
    };
  }

  test(
    'is one office: a talk goes on at any process, though Redis is emptied in its middle',
    LIMIT,
    async () => {
      await setClock(webA().url, MONDAY);
      const monitor = await watchRedis(redis.url);
      onTestFinished(() => void monitor.stop());
      const { name, nik, kk, reachedAt, phone } = CITIZEN;
      const asked = ['halo', 'ktp hilang', 'setuju', 'hilang', name, nik, kk, reachedAt, 'loket', 'loket'];
      const filed = await talk(phone, [...asked, 'ya'], async (i) => {
        if (i === 5) await redis.command('FLUSHALL');
      });
      expect(filed.state.applications).toEqual([expect.stringMatching(/^KT-\d{4}-\d{4}-\d$/)]);
      const visited = await talk(phone, ['1']);
      expect(visited.messages.at(-1)?.media[0]?.contentType).toBe('application/pdf');

      const citizen = createPhone(webB().url, 'whatsapp', phone);
      const screen = await citizen.until(
        ({ messages }) =>
          messages.every(({ direction, status }) => direction === 'in' || status === 'delivered'),
        'all that was said to be delivered',
      );
      const texts = screen.messages.filter(({ direction }) => direction === 'in').map(({ text }) => text);
      expect(texts).toEqual([...asked, 'ya', '1']);
      const seen = await monitor.stop();
      expect(seen).toContain('loket');
      for (const secret of [phone.slice(4), name, 'Ahmad', nik, kk, reachedAt])
        expect(seen).not.toContain(secret);
    },
  );

  test('tells the first password once, by whichever process was first', () => {
    const all = [...webs, ...workers].map((service) => service.err()).join('');
    expect(all.match(/one-time password/g)).toHaveLength(1);
  });

  test('has one clock in the simulator, and its timers come once', LIMIT, async () => {
    const from = '+6281234567802';
    await setClock(webB().url, MONDAY);
    await talk(from, ['ktp hilang', 'setuju']);
    await setClock(webA().url, MONDAY + 5 * HOUR_MS);
    const citizen = createPhone(webB().url, 'whatsapp', from);
    const nudges = ({ messages }: Screen) =>
      messages.filter(({ text }) => text.includes('belum selesai diisi'));
    await citizen.until((screen) => nudges(screen).length > 0, 'the nudge');
    const clock = (await (await fetch(`${webB().url}/simulator/clock`)).json()) as { now: string };
    expect(Date.parse(clock.now)).toBeGreaterThanOrEqual(MONDAY + 5 * HOUR_MS);
    await talk(from, ['hilang']);
    expect(nudges(await citizen.screen())).toHaveLength(1);
  });

  test(
    'takes messages without Redis, says who is not ready, and answers when it is back',
    LIMIT,
    async () => {
      const from = '+6281234567803';
      expect(await ready(webA())).toMatchObject({ code: 200, failed: [], warnings: [] });
      await redis.kill();
      const web = await waitFor(
        () => ready(webA()),
        ({ warnings }) => warnings.length > 0,
        'the warning',
      );
      expect(web).toMatchObject({ code: 200, failed: [] });
      const [worker] = workers;
      expect(worker && (await ready(worker))).toMatchObject({ code: 503, failed: ['redis'] });
      const citizen = createPhone(webA().url, 'whatsapp', from);
      await citizen.say('halo');
      const [, answer] = (await citizen.until(({ messages }) => messages.length === 2, 'the answer'))
        .messages;
      expect(answer?.status).toBe('queued');
      await redis.start();
      await citizen.until(({ messages }) => messages[1]?.status === 'delivered', 'the delivery');
      expect((await citizen.screen()).messages).toHaveLength(2);
    },
  );

  test(
    'loses a process without a word lost: it says farewell, finishes, and others go on',
    LIMIT,
    async () => {
      const from = '+6281234567804';
      await talk(from, ['halo', 'MENU']);
      const leaving = webB();
      const stopped = leaving.stop();
      const farewell = await waitFor(
        async () => {
          const response = await fetch(`${leaving.url}/readyz`);
          const { failed } = (await response.json()) as { failed: string[] };
          return { code: response.status, connection: response.headers.get('connection'), failed };
        },
        ({ code }) => code === 503,
        'the farewell',
      );
      expect(farewell).toMatchObject({ failed: ['stopping'], connection: 'close' });
      await createPhone(leaving.url, 'whatsapp', from).say('MENU');
      expect(await stopped).toBe(0);
      expect(await workers[0]?.stop()).toBe(0);
      const citizen = createPhone(webA().url, 'whatsapp', from);
      await citizen.until(
        ({ messages }) => messages.length === 6 && messages.at(-1)?.status === 'delivered',
        'the answer to what was taken at last',
      );
      webs[1] = await startService(env('web'));
      workers[0] = await startService(env('worker'));
      await talk(from, ['MENU', 'MENU']);
    },
  );

  test('lets a process wait that has only the role whatsapp', LIMIT, async () => {
    const service = await startService(env('whatsapp'));
    expect((await ready(service)).code).toBe(200);
    expect((await fetch(`${service.url}/simulator`)).status).toBe(404);
    expect(service.out()).toContain('ROLES=whatsapp');
    expect(await service.stop()).toBe(0);
  });
});
