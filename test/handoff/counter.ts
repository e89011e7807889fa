/** The operator application over real HTTP, with two operators and a clock that stands still. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import type { Capabilities } from '../../src/conversation/types.ts';
import { createVault } from '../../src/documents/vault.ts';
import { hashPassword } from '../../src/handoff/accounts/passwords.ts';
import { createSessions } from '../../src/handoff/accounts/sessions.ts';
import type { CaseDescription, Operator } from '../../src/handoff/ports.ts';
import { createHandoffRoutes } from '../../src/handoff/routes.ts';
import type { Me } from '../../src/handoff/schemas/accounts.ts';
import type { ConversationView, Inbox, Undelivered } from '../../src/handoff/schemas/inbox.ts';
import { createIds } from '../../src/ids.ts';
import { openStore } from '../../src/store/open.ts';
import { fakeTalks } from './fakes.ts';

export const PASSWORD = 'kantor-pagi-47';
export const START = Date.UTC(2026, 10, 23, 2, 0);
const OFFICE = { name: 'Disdukcapil Kota Contoh', timeZone: 'Asia/Makassar' };
const CAPABILITIES: Capabilities = {
  mediaIn: true,
  mediaOut: true,
  locationIn: true,
  textForm: 'long',
  textLimit: 4096,
};
const CASE: CaseDescription = {
  status: 'handoff',
  service: 'akta-kelahiran',
  title: 'Akta Kelahiran',
  step: 'nama_anak',
  expects: 'name',
  answers: [{ id: 'nik_pelapor', label: 'NIK pelapor', text: '3273011203900001', warnings: [] }],
};

const ids = createIds();

export type Counter = Awaited<ReturnType<typeof openCounter>>;

/** Opens the application on a free port. `publicUrl` and `webAppFolder` as main would give them. */
export async function openCounter(
  options: { publicUrl?: string; webAppFolder?: string; heartbeatMs?: number } = {},
) {
  let now = START;
  const clock = { now: () => now };
  const store = await openTestStore();
  const { operators, audit, hub, conversations, jobs } = store;
  const takenAgain: string[] = [];
  const vault = createVault({ ...store, ids });
  const talks = fakeTalks(store, clock.now);
  const logged: string[] = [];
  const handoff = createHandoffRoutes({
    engine: talks.engine,
    conversations,
    jobs,
    takeAgain: async (effect) => void takenAgain.push(effect),
    hub,
    audit,
    clock,
    operators,
    vault,
    ids,
    hash: store.sealer.hash,
    describe: () => CASE,
    capabilities: () => CAPABILITIES,
    office: OFFICE,
    log: pino({}, { write: (line: string) => void logged.push(line) }),
    publicUrl: options.publicUrl ?? 'http://127.0.0.1',
    webAppFolder: options.webAppFolder ?? mkdtempSync(join(tmpdir(), 'loket-web-')),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  const server = express().use(handoff.router).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const addOperator = async (username: string, fields: Partial<Operator> = {}) => {
    const operator: Operator = {
      id: `op-${username}`,
      username,
      name: username[0]?.toUpperCase() + username.slice(1),
      role: 'operator',
      passwordHash: await sharedHash(),
      mustChangePassword: false,
      disabled: false,
      createdAt: now,
      failures: 0,
      lockedUntil: 0,
      ...fields,
    };
    await operators.add(operator);
    return operator;
  };
  return {
    url,
    hub,
    operators,
    vault,
    talks,
    logged,
    addOperator,
    /** Lets time pass. */
    wait: (ms: number) => {
      now += ms;
    },
    conversations,
    jobs,
    /** Ids of effects that the runner was told to take up again. */
    takenAgain,
    /** The audit log, oldest first. */
    audited: () => audit.list({ limit: 1000 }),
    actions: async () => (await audit.list({ limit: 1000 })).map((entry) => entry.action),
    /** A browser of that operator with a session, without the time that a password takes. */
    login: async (username: string) => {
      const operator = await operators.findByUsername(username);
      if (!operator) throw new Error(`no operator ${username}`);
      const sessions = createSessions({ store: operators, clock, ids, hash: store.sealer.hash });
      const { token, session } = await sessions.open(operator);
      return createBrowser(url, { cookie: `loket_session=${token}`, csrf: session.csrf });
    },
    browser: () => createBrowser(url),
    close: async () => {
      handoff.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}

/** The real store, in a directory of its own. */
export function openTestStore() {
  return openStore({ dataDir: mkdtempSync(join(tmpdir(), 'loket-test-')), masterKey: randomBytes(32) });
}

/** One hash for all, so that a suite does not spend its time on argon2. */
let shared: Promise<string> | undefined;
function sharedHash(): Promise<string> {
  shared ??= hashPassword(PASSWORD);
  return shared;
}

/** Fields of every answer there is; a test reads those that its answer has. */
type Body = Me & Inbox & ConversationView & Undelivered & Refusal & Description;
interface Refusal {
  error: { code: string; message: string; by?: string; reference?: string };
}
interface Description {
  openapi: string;
  paths: { [path: string]: { [method: string]: DescribedCall } };
}
interface DescribedCall {
  responses: object;
  parameters: { name: string }[];
  requestBody: { content: { [type: string]: { schema: object } } };
}

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** Keeps the cookie and the CSRF token, as a browser with our page would. */
export function createBrowser(url: string, start = { cookie: '', csrf: '' }) {
  let { cookie, csrf } = start;
  async function ask(method: string, path: string, body?: unknown, headers: { [name: string]: string } = {}) {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(csrf ? { 'x-csrf-token': csrf } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
    if (answer.body?.csrf) csrf = answer.body.csrf;
    return answer;
  }
  return {
    ask,
    get: (path: string) => ask('GET', path),
    post: (path: string, body?: unknown, headers?: { [name: string]: string }) =>
      ask('POST', path, body, headers),
    delete: (path: string) => ask('DELETE', path),
    cookie: () => cookie,
  };
}
