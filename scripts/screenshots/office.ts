/** A real service on an empty folder, with a clock that is driven, and people on both sides of it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Service, startService } from '../../src/service.ts';

/** A message of a citizen: words, or a photo. */
export type Said = string | Buffer;

export interface Office {
  service: Service;
  /** Sets the service's clock, `2026-11-24T09:20` in the office's own time. */
  at(time: string): void;
  /** Says one after the other, each once the last one is answered; some seconds go by. Answers the conversation. */
  say(citizen: Address, said: readonly Said[]): Promise<string>;
  /** Adds an account and gives it a password of its own. */
  hire(name: string, username: string, role: string): Promise<Clerk>;
  /** The first account, with the name that it is given. */
  first: Clerk;
  stop(): Promise<void>;
}

export interface Address {
  channel: 'whatsapp' | 'sms';
  /** E.164. */
  phone: string;
}

/** An operator over the API. */
export interface Clerk {
  username: string;
  password: string;
  /** Calls `/api<path>`; throws on a refusal. A new day needs a new session: it signs in when it must. */
  call<T = unknown>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
}

const PASSWORD = 'Pagi-cerah-2026';
/** People take their time; the clock of the service runs on, that of the chat shows it. */
const THINKING_MS = 23_000;

export async function openOffice(): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-screenshots-'));
  const clock = createClock();
  const at = (time: string) => clock.set(Date.parse(`${time}+08:00`));
  at('2026-11-18T07:40');
  const masterKey = randomBytes(32).toString('base64');
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', MASTER_KEY: masterKey, OCR: 'off' });
  const service = await startService(config, { log: createLog('silent'), clock });
  const { username = '', password: oneTime = '' } = service.firstOperator ?? {};
  const first = await createClerk(service.url, { username, oneTime });
  return {
    service,
    at,
    first,
    async say({ channel, phone }, said) {
      for (const one of said) {
        await send(service.url, { channel, from: phone, ...contentOf(one) });
        await service.engine.idle();
        await service.effects.idle();
        await answered(service, { channel, phone });
        clock.set(clock.now() + THINKING_MS);
      }
      return service.engine.conversationId({ channel, id: phone });
    },
    async hire(name, account, role) {
      const { password } = await first.call<{ password: string }>('POST', '/operators', {
        ...{ name, username: account, role },
      });
      return createClerk(service.url, { username: account, oneTime: password });
    },
    async stop() {
      await service.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A photo is looked at first; until then what was said waits. */
async function answered(service: Service, { channel, phone }: Address): Promise<void> {
  const url = `${service.url}/simulator/conversations/${channel}/${encodeURIComponent(phone)}`;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const { messages, state } = (await (await fetch(url)).json()) as Screen;
    if (messages.at(-1)?.direction === 'out' || state.status === 'handoff') return;
    await pause(LOOK_EVERY_MS);
  }
}

interface Screen {
  messages: { direction: 'in' | 'out' }[];
  state: { status: string };
}

const LOOK_EVERY_MS = 20;
const MOST_LOOKS = 100;

function contentOf(said: Said): object {
  if (typeof said === 'string') return { text: said };
  return { media: [{ contentType: 'image/jpeg', fileName: 'foto.jpg', base64: said.toString('base64') }] };
}

async function send(url: string, message: object): Promise<void> {
  const response = await fetch(`${url}/simulator/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(message),
  });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
}

async function createClerk(url: string, who: { username: string; oneTime: string }): Promise<Clerk> {
  const { username, oneTime } = who;
  let session = { cookie: '', csrf: '' };
  const fetchOnce = (method: string, path: string, body?: unknown) =>
    fetch(`${url}/api${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf, Cookie: session.cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const take = async (response: Response) => {
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
    const [cookie = session.cookie] = (response.headers.getSetCookie()[0] ?? '').split(';').filter(Boolean);
    session = { cookie, csrf: ((await response.json()) as { csrf: string }).csrf };
  };
  await take(await fetchOnce('POST', '/session', { username, password: oneTime }));
  await take(await fetchOnce('POST', '/password', { old: oneTime, new: PASSWORD }));
  return {
    username,
    password: PASSWORD,
    async call<T>(method: string, path: string, body?: unknown) {
      let response = await fetchOnce(method, path, body);
      if (response.status === 401) {
        await take(await fetchOnce('POST', '/session', { username, password: PASSWORD }));
        response = await fetchOnce(method, path, body);
      }
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}
