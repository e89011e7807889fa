/** The operator application over real HTTP, with two operators and a clock that stands still. */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import type { Capabilities } from '../../src/conversation/types.ts';
import { hashPassword } from '../../src/handoff/passwords.ts';
import type { CaseDescription, Operator } from '../../src/handoff/ports.ts';
import { createHandoffRoutes } from '../../src/handoff/routes.ts';
import { fakeAudit, fakeHub, fakeOperators, fakeTalks, fakeVault } from './fakes.ts';

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
  answers: [{ id: 'nik_pelapor', label: 'NIK pelapor', text: '3273011203900001' }],
};

export type Counter = Awaited<ReturnType<typeof openCounter>>;

/** Opens the application on a free port. `publicUrl` and `webAppFolder` as main would give them. */
export async function openCounter(
  options: { publicUrl?: string; webAppFolder?: string; heartbeatMs?: number } = {},
) {
  let now = START;
  const clock = { now: () => now };
  const hub = fakeHub();
  const audit = fakeAudit();
  const operators = fakeOperators();
  const vault = fakeVault();
  const talks = fakeTalks({ now: clock.now, hub });
  const logged: string[] = [];
  const handoff = createHandoffRoutes({
    engine: talks.engine,
    conversations: talks.conversations,
    hub,
    audit,
    clock,
    operators,
    vault,
    random: (bytes) => randomBytes(bytes),
    hash: (kind, text) => createHmac('sha256', 'test').update(`${kind}:${text}`).digest('hex'),
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
    audit,
    operators,
    vault,
    talks,
    logged,
    addOperator,
    /** Lets time pass. */
    wait: (ms: number) => {
      now += ms;
    },
    actions: () => audit.entries.map((entry) => entry.action),
    /** Logs in and answers a browser of that operator. */
    login: async (username: string, password = PASSWORD) => {
      const browser = createBrowser(url);
      const answer = await browser.post('/api/session', { username, password });
      if (answer.status !== 200) throw new Error(`log-in failed: ${answer.status}`);
      return browser;
    },
    browser: () => createBrowser(url),
    close: async () => {
      handoff.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One hash for all, so that a suite does not spend its time on argon2. */
let shared: Promise<string> | undefined;
function sharedHash(): Promise<string> {
  shared ??= hashPassword(PASSWORD);
  return shared;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** Keeps the cookie and the CSRF token, as a browser with our page would. */
export function createBrowser(url: string) {
  let cookie = '';
  let csrf = '';
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
