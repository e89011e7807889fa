/** The operators' room over two processes that serve it, one that works, one database and one Redis. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Accounts } from '../../src/handoff/schemas/accounts.ts';
import type { ConversationView, Inbox } from '../../src/handoff/schemas/inbox.ts';
import type { Decision, Requests, RequestView } from '../../src/handoff/schemas/requests.ts';
import type { Audit, AuditCheck, Notices, Statistics } from '../../src/handoff/schemas/supervision.ts';
import { jpeg } from '../documents/samples.ts';
import { openStream } from '../handoff/stream.ts';
import { type MongoServer, startMongo } from '../mongodb-server.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { describeWith } from '../services.ts';
import { ageRedis } from '../store/redis/world.ts';
import { type Clerk, signInClerk } from './clerk.ts';
import { firstPassword } from './desk.ts';
import { type Citizen, createCitizen, fileLostCard } from './filing.ts';
import { createPhone, type Phone, type Screen, setClock, waitFor } from './phone.ts';
import { watchRedis } from './redis-monitor.ts';
import { freePort, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const LIMIT = { timeout: 60_000 };
/** Monday morning: the office is open. */
const MONDAY = Date.parse('2026-11-23T10:15:00+08:00');
const DAY = '2026-11-23';
const DAY_MS = 24 * 3_600_000;
const FIGURES = ['claims', 'replies', 'resolved', 'decisions'] as const;
const PHOTO = jpeg(2000);

type Refusal = { error: { code: string; by?: string } };

describeWith(['mongodb', 'redis'], "the operators' room over many processes", () => {
  const data = temporaryDir();
  let mongo: MongoServer;
  let redis: RedisServer;
  let services: ServiceProcess[] = [];
  /** The two that serve the room. */
  let first: string;
  let second: string;
  let admin: Clerk;
  let ani: Clerk;
  let budi: Clerk;

  beforeAll(async () => {
    const port = await freePort();
    [mongo, redis] = await Promise.all([startMongo(), startRedis()]);
    await ageRedis(redis);
    const start = (roles: string, at = 0) =>
      startService({
        MONGODB_URL: mongo.url,
        REDIS_URL: redis.url,
        DATA_DIR: data.dir,
        ROLES: roles,
        PORT: String(at),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
      });
    // The first one makes the collections: FerretDB may hang when many do at once.
    const web = await start('web', port);
    services = [web, ...(await Promise.all([start('web'), start('worker')]))];
    [first, second] = services.map(({ url }) => url) as [string, string];
    await setClock(first, MONDAY);
    admin = await signInClerk(first, { username: 'admin', oneTime: firstPassword(web) });
    ani = await newVerifier(first, 'ani', 'Ani Wijaya');
    budi = await newVerifier(second, 'budi', 'Budi Santoso');
  }, 180_000);
  afterAll(async () => {
    await Promise.all(services.map((service) => service.kill()));
    await redis?.stop();
    await mongo?.stop();
    data.remove();
  });

  /** An account made at one process, of somebody who signs in at the other. */
  async function newVerifier(url: string, username: string, name: string): Promise<Clerk> {
    const made = { username, name, role: 'verifier' };
    const { password } = await admin.done<{ password: string }>(url, 'POST', '/operators', made);
    return signInClerk(other(url), { username, oneTime: password });
  }

  const other = (url: string) => (url === first ? second : first);

  let citizens = 0;
  function newCitizen(url: string): Citizen {
    citizens += 1;
    const from = `+62812000006${String(citizens).padStart(2, '0')}`;
    return createCitizen(url, from, createPhone(url, 'whatsapp', from));
  }

  /** Asks for a person in the middle of a form; answers the chat's id, which both processes list. */
  async function askForHelp(phone: Phone): Promise<string> {
    const known = new Set((await inboxAt(first)).conversations.map(({ id }) => id));
    await phone.dialogue(['ktp hilang', 'setuju', 'hilang', 'Rahma Wati']);
    await phone.say('petugas');
    await phone.until(({ state }) => state.status === 'handoff', 'the hand-off');
    const { conversations } = await inboxAt(second);
    const found = conversations.find(({ id }) => !known.has(id));
    if (!found) throw new Error('the chat is not in the inbox');
    return found.id;
  }

  const inboxAt = (url: string) => admin.done<Inbox>(url, 'GET', '/inbox');

  /** A page of `clerk` at one process, with a chat open or none. */
  async function openPage(clerk: Clerk, url: string, chat?: string) {
    const page = await openStream(url, clerk, chat === undefined ? '' : `?conversation=${chat}`);
    onTestFinished(() => page.close());
    return {
      ...page,
      /** Resolves once it has been told of all these since `from` events ago. */
      hears: (names: string[], from = 0) =>
        waitFor(
          () => page.events().slice(from),
          (events) => names.every((name) => events.includes(name)),
          `the events ${names}`,
        ),
    };
  }

  test('a chat that one has is not another’s at any process, and each page hears of it', LIMIT, async () => {
    const monitor = await watchRedis(redis.url);
    onTestFinished(() => void monitor.stop());
    const citizen = newCitizen(first);
    const list = await openPage(budi, second);
    const chat = await askForHelp(citizen.phone);
    await list.hears(['inbox']);

    const [pageOfAni, pageOfBudi] = [await openPage(ani, first, chat), await openPage(budi, second, chat)];
    await waitFor(pageOfBudi.viewers, (names) => names?.[0] === 'Ani Wijaya', 'Ani, who looks too');
    await waitFor(pageOfAni.viewers, (names) => names?.[0] === 'Budi Santoso', 'Budi, who looks too');

    let told = pageOfBudi.events().length;
    await ani.done(first, 'POST', `/conversations/${chat}/claim`);
    await pageOfBudi.hears(['conversation', 'inbox'], told);
    const taken = { status: 409, body: { error: { code: 'TAKEN', by: 'Ani Wijaya' } } };
    const reply = { id: randomUUID(), text: 'Saya juga menjawab.' };
    expect(await budi.call(second, 'POST', `/conversations/${chat}/claim`)).toMatchObject(taken);
    expect(await budi.call(second, 'POST', `/conversations/${chat}/reply`, reply)).toMatchObject(taken);
    const seen = await budi.done<ConversationView>(second, 'GET', `/conversations/${chat}`);
    expect(seen.attention).toMatchObject({
      status: 'claimed',
      isMine: false,
      operator: { name: 'Ani Wijaya' },
    });

    // Ani's page is served by the other process from now on: the claim and the session are hers all the same.
    told = pageOfBudi.events().length;
    const said = { id: randomUUID(), text: 'Lihat di Kartu Keluarga, kolom kedua.' };
    for (const url of [first, second]) await ani.done(url, 'POST', `/conversations/${chat}/reply`, said);
    await pageOfBudi.hears(['conversation'], told);
    await ani.done(second, 'POST', `/conversations/${chat}/resolve`);
    const { messages } = await citizen.phone.until(({ state }) => state.expects === 'nik', 'the bot');
    expect(messages.filter(({ text }) => text.includes('kolom kedua'))).toHaveLength(1);
    expect(messages.filter(({ text }) => text.includes('juga menjawab'))).toEqual([]);
    await pageOfBudi.close();
    await waitFor(pageOfAni.viewers, (names) => names?.length === 0, 'nobody else');
    const passed = await monitor.stop();
    expect(passed).toContain(`viewers:${chat}`);
    for (const name of ['Ani Wijaya', 'Budi Santoso', 'Rahma']) expect(passed).not.toContain(name);
  });

  test('of two who take a chat at two processes together one has it, in every round', LIMIT, async () => {
    for (let round = 0; round < 4; round += 1) {
      const chat = await askForHelp(newCitizen(round % 2 ? first : second).phone);
      const path = `/conversations/${chat}/claim`;
      const answers = await Promise.all([ani.call(first, 'POST', path), budi.call(second, 'POST', path)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const isAnis = answers[0]?.status === 200;
      const lost = answers.find(({ status }) => status === 409);
      const by = isAnis ? 'Ani Wijaya' : 'Budi Santoso';
      expect(lost?.body).toMatchObject({ error: { code: 'TAKEN', by } });
      for (const url of [first, second]) {
        const { conversations } = await inboxAt(url);
        expect(conversations.find(({ id }) => id === chat)?.attention.operator?.name).toBe(by);
      }
      await (isAnis ? ani : budi).done(second, 'POST', `/conversations/${chat}/resolve`);
    }
  });

  test(
    'a request goes from submitted to handed over, each step at another process than the one before',
    LIMIT,
    async () => {
      const citizen = newCitizen(second);
      const list = await openPage(budi, first);
      const number = await fileLostCard(citizen, PHOTO);
      // As long as the bot is at work a correction would have to wait for it.
      const hasReceipt = ({ messages }: Screen) =>
        messages.some(({ direction, media }) => direction === 'out' && media.length > 0);
      await citizen.phone.until(hasReceipt, 'the receipt');
      await list.hears(['requests']);
      const listed = await budi.done<Requests>(first, 'GET', '/requests');
      expect(listed.requests.map((request) => request.number)).toContain(number);

      let url = first;
      let request = await ani.done<RequestView>(url, 'GET', `/requests/${number}`);
      const act = async (name: string, body: object) => {
        url = other(url);
        const { version } = request;
        request = await ani.done<RequestView>(url, 'POST', `/requests/${number}/${name}`, {
          version,
          ...body,
        });
      };
      const decide = (decision: Decision, about: object = {}) => act('decide', { decision, ...about });

      await decide('take');
      await act('verdict', { step: 'kk_foto', verdict: 'refused', reason: 'Fotonya buram' });
      await decide('ask-correction');
      expect(request.state).toBe('correction');
      const asked = await citizen.phone.until(({ state }) => state.step === 'kk_foto', 'the question again');
      expect(asked.messages.at(-1)?.text).toContain('Fotonya buram');
      const told = list.events().length;
      await citizen.send(jpeg(3000), ({ state }) => state.expects !== 'document');
      await list.hears(['requests'], told);

      request = await ani.done<RequestView>(first, 'GET', `/requests/${number}`);
      expect(request.state).toBe('verification');
      await act('verdict', { step: 'kk_foto', verdict: 'accepted' });
      for (const decision of ['approve', 'produce', 'finish'] as const) await decide(decision);
      await decide('hand-over', { oldCard: true });
      const seen = await budi.done<RequestView>(other(url), 'GET', `/requests/${number}`);
      expect(seen).toMatchObject({ state: 'completed', actions: [] });
      const decided = seen.history.map(({ event }) => event);
      expect(decided.filter((event) => event === 'hand-over')).toHaveLength(1);
      const end = await citizen.phone.screen();
      expect(end.messages.filter(({ text }) => text.includes('disetujui'))).toHaveLength(1);
    },
  );

  test('of two who decide together one does, and the other is told to look again', LIMIT, async () => {
    const number = await fileLostCard(newCitizen(first), PHOTO);
    const path = `/requests/${number}`;
    for (const decisions of [
      ['take', 'take'],
      ['approve', 'reject'],
    ] as const) {
      const { version } = await ani.done<RequestView>(second, 'GET', path);
      const of = (decision: Decision) => ({
        version,
        decision,
        ...(decision === 'reject' ? { reason: 'Data beda.' } : {}),
      });
      const answers = await Promise.all([
        ani.call<RequestView & Refusal>(first, 'POST', `${path}/decide`, of(decisions[0])),
        budi.call<RequestView & Refusal>(second, 'POST', `${path}/decide`, of(decisions[1])),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [won, lost] = [
        answers.find(({ status }) => status === 200),
        answers.find(({ status }) => status === 409),
      ];
      expect(lost?.body.error.code).toBe('STALE');
      const seen = await Promise.all([first, second].map((url) => ani.done<RequestView>(url, 'GET', path)));
      for (const { state, version: now } of seen) {
        expect(state).toBe(won?.body.state);
        expect(now).toBe(won?.body.version);
      }
    }
    const { history } = await ani.done<RequestView>(first, 'GET', path);
    const decided = history.map(({ event }) => event).filter((event) => event !== 'submit');
    expect(decided).toEqual(['take', expect.stringMatching(/^(approve|reject)$/)]);
  });

  test('what one process is told to be out of order the citizens of the other hear', LIMIT, async () => {
    const page = await openPage(budi, second);
    await admin.done(first, 'POST', '/notices', {
      kind: 'siak',
      isOn: true,
      reason: 'Server pusat dirawat.',
    });
    await page.hears(['notices']);
    const isSiakOn = async (url: string) =>
      (await budi.done<Notices>(url, 'GET', '/notices')).notices.find(({ kind }) => kind === 'siak')?.isOn;
    await waitFor(() => isSiakOn(second), Boolean, 'the notice');
    const warned = await newCitizen(second).phone.dialogue(['ktp hilang', 'setuju']);
    expect(warned.messages.map(({ text }) => text).join('\n')).toContain('Server pusat dirawat.');

    await admin.done(second, 'POST', '/notices', { kind: 'siak', isOn: false });
    await waitFor(
      () => isSiakOn(first),
      (isOn) => isOn === false,
      'the end of the notice',
    );
    const unwarned = await newCitizen(first).phone.dialogue(['ktp hilang', 'setuju']);
    expect(unwarned.messages.map(({ text }) => text).join('\n')).not.toContain('SIAK');
  });

  test('whoever may not any more may not at any process', LIMIT, async () => {
    const clerk = await newVerifier(first, 'cici', 'Cici Paramida');
    expect((await clerk.call(first, 'GET', '/inbox')).status).toBe(200);
    const { accounts } = await admin.done<Accounts>(first, 'GET', '/operators');
    const id = accounts.find(({ username }) => username === 'cici')?.id;
    await admin.done(first, 'POST', `/operators/${id}`, { disabled: true });
    expect((await clerk.call(second, 'GET', '/me')).status).toBe(401);
  });

  test(
    'the audit log is whole though many wrote at once, and everything is counted wherever it was done',
    LIMIT,
    async () => {
      const { requests } = await admin.done<Requests>(first, 'GET', '/requests?states=completed');
      const { number = '' } = requests[0] ?? {};
      const reveals = Array.from({ length: 40 }, (_, i) =>
        (i % 4 < 2 ? ani : budi).call(i % 2 ? first : second, 'POST', `/requests/${number}/reveal`),
      );
      expect(await admin.done<AuditCheck>(first, 'GET', '/audit/check')).toMatchObject({ ok: true });
      expect((await Promise.all(reveals)).map(({ status }) => status)).toEqual(reveals.map(() => 200));
      const revealed = `/audit?subject=${number}&action=request.reveal`;
      expect((await admin.done<Audit>(second, 'GET', revealed)).lines).toHaveLength(40);
      const [last] = (await admin.done<Audit>(second, 'GET', '/audit')).lines;
      for (const url of [first, second]) {
        const check = await admin.done<AuditCheck>(url, 'GET', '/audit/check');
        expect(check).toMatchObject({ ok: true, entries: last?.seq });
      }

      for (const url of [first, second]) {
        const { days, operators, open } = await countedStatistics(url);
        expect(days.at(-1)).toMatchObject({ day: DAY, submitted: 2, completed: 1, handoffs: 5, resolved: 5 });
        const sums = { claims: 0, replies: 0, resolved: 0, decisions: 0 };
        for (const one of operators) for (const figure of FIGURES) sums[figure] += one[figure];
        expect(sums).toEqual({ claims: 5, replies: 1, resolved: 5, decisions: 8 });
        expect(open).toMatchObject({ waiting: 0, claimed: 0 });
      }
    },
  );

  /** The figures once every process has written what it counted; a period is remembered, so each look asks for another. */
  function countedStatistics(url: string): Promise<Statistics> {
    let days = 0;
    return waitFor(
      () => {
        days += 1;
        const from = new Date(Date.parse(DAY) - days * DAY_MS).toISOString().slice(0, 10);
        return admin.done<Statistics>(url, 'GET', `/statistics?from=${from}&until=${DAY}`);
      },
      (figures) => figures.days.at(-1)?.handoffs === 5,
      'all hand-offs to be counted',
    );
  }
});
