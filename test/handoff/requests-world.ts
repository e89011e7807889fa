/** The real service in this process, with requests filed and operators logged in: a room for tests of requests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createMarks } from '../../src/applications/marks.ts';
import type { Application } from '../../src/applications/ports.ts';
import { createSubmitHandler } from '../../src/applications/submit.ts';
import { readConfig } from '../../src/config.ts';
import { createSessions } from '../../src/handoff/accounts/sessions.ts';
import type { Role } from '../../src/handoff/ports.ts';
import type { Requests, RequestView } from '../../src/handoff/schemas/requests.ts';
import { createIds } from '../../src/ids.ts';
import type { Json } from '../../src/json.ts';
import { startService } from '../../src/service.ts';
import { jpeg } from '../documents/samples.ts';
import { createPhone } from '../e2e/phone.ts';
import { contextOf } from '../pickup/world.ts';

/** Tuesday, 10.00 WITA. */
export const START = Date.parse('2026-11-24T10:00:00+08:00');
/** A promised working day of these tests, ms: shorter than a session. */
export const DAY_MS = 60 * 60 * 1000;

/** A lost card: picked up at the office. Two documents, one of them brought along. */
export const CARD: Answers = {
  keadaan: 'hilang',
  pemohon_nama: 'Siti Rahmawati',
  pemohon_nik: '6472015708900003',
  pemohon_kk: '6472010112150007',
  pemohon_hp: '+6281234567890',
  surat_polisi: { files: [{ file: 'police', contentType: 'image/jpeg', sizeBytes: 9, name: 'Siti.jpg' }] },
  kk_foto: { counter: true },
};

type Answers = { [step: string]: Json };

export interface Answer {
  status: number;
  body: RequestView &
    Requests & { key: string; error: { code: string } } & {
      [name: string]: Json;
    };
  text: string;
}

export type RequestsWorld = Awaited<ReturnType<typeof openRequests>>;

/** Starts the service on a free port; its clock stands. `env` over the usual settings. */
export async function openRequests(env: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-requests-'));
  let now = START;
  const clock = {
    now: () => now,
    set: (at: number) => {
      now = at;
    },
  };
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    SIMULATOR: 'on',
    LOG_LEVEL: 'silent',
    ...env,
  });
  const service = await startService(config, { log: pino({ level: 'silent' }), clock });
  const { store, url, flows, engine } = service;
  const ids = createIds();
  const marks = createMarks({ hash: store.sealer.hash, flows });
  let drafts = 0;

  const submit = createSubmitHandler({
    ...{ applications: store.applications, clock, ids, hub: store.hub, marks, timeZone: 'Asia/Makassar' },
    serviceFacts: (id) => {
      const { code = 'XX', promise = 'P1D' } = flows.services[id] ?? {};
      return { code, promise };
    },
    addWorkingDays: (from, n) => from + n * DAY_MS,
  });

  return {
    ...{ service, store, url, clock, engine, marks },
    phone: (number: string, channel: 'whatsapp' | 'sms' = 'whatsapp') => createPhone(url, channel, number),
    /** Sends a photo from this phone. */
    async photo(from: string) {
      const media = [{ contentType: 'image/jpeg', fileName: 'foto.jpg', base64: jpeg().toString('base64') }];
      const response = await fetch(`${url}/simulator/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ channel: 'whatsapp', from, media, id: ids.id() }),
      });
      if (response.status !== 202) throw new Error(await response.text());
    },
    /** Files a request in the chat of this phone, which has been greeted. `readings`: what was read off its documents. */
    async file(
      answers: Answers = CARD,
      {
        number = '+6281234567890',
        channel = 'whatsapp' as const,
        what = 'ktp-hilang-rusak',
        readings = {} as { [step: string]: Json },
      } = {},
    ): Promise<Application> {
      const conversation = engine.conversationId({ channel, id: number });
      if (!(await store.conversations.load(conversation))) {
        const phone = createPhone(url, channel, number);
        await phone.say('halo');
        await phone.until(
          ({ messages }) => messages.some(({ direction }) => direction === 'out'),
          'a welcome',
        );
      }
      drafts += 1;
      const read = (step: string) => (readings[step] ? { d: { readings: readings[step] } } : {});
      const filed = Object.entries(answers).map(([step, v]) => [step, { v, ...read(step) }]);
      const params = { service: what, answers: Object.fromEntries(filed), draft: drafts };
      const { result } = await submit.run(
        { id: `e${drafts}`, type: 'submit', params },
        contextOf(conversation),
      );
      const found = await store.applications.find((result as { number: string }).number);
      if (!found) throw new Error('nothing was filed');
      return found;
    },
    /** A browser of an operator with that role; `token` is what its session's cookie holds. */
    async login(username: string, role: Role = 'operator') {
      await store.operators.add({
        ...{ id: `op-${username}`, username, name: username, role, passwordHash: '-' },
        ...{ mustChangePassword: false, disabled: false, createdAt: now, failures: 0, lockedUntil: 0 },
      });
      const sessions = createSessions({ store: store.operators, clock, ids, hash: store.sealer.hash });
      const operator = await store.operators.find(`op-${username}`);
      if (!operator) throw new Error(`no operator ${username}`);
      const { token, session } = await sessions.open(operator);
      return {
        ...createDesk(url, { cookie: `loket_session=${token}`, 'x-csrf-token': session.csrf }),
        token,
      };
    },
    audited: async (subject: string) =>
      (await store.audit.list({ subject, limit: 1000 })).map(({ actor, action, details }) => ({
        ...{ actor, action, details },
      })),
    async close() {
      await service.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;

/** Calls of the API with a session. */
function createDesk(url: string, session: { [header: string]: string }) {
  async function call(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { ...session, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, text, body: text ? JSON.parse(text) : undefined };
  }
  const post = (path: string, body: object = {}, headers = {}) =>
    call('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  const look = (number: string, headers = {}) => call('GET', `/requests/${number}`, undefined, headers);
  return {
    post,
    look,
    get: (path: string) => call('GET', path),
    download: async (path: string) =>
      Buffer.from(await (await fetch(`${url}/api${path}`, { headers: session })).arrayBuffer()),
    upload: (path: string, bytes: Uint8Array<ArrayBuffer>, type: string) =>
      call('POST', path, bytes, { 'content-type': type }),
    /** One step, about the request as it stands now unless a `version` is given. */
    async act(number: string, name: string, body: object): Promise<Answer> {
      const { version } = (await look(number)).body;
      return post(`/requests/${number}/${name}`, { version, ...body });
    },
    decide(number: string, decision: string, more: object = {}): Promise<Answer> {
      return this.act(number, 'decide', { decision, ...more });
    },
  };
}
