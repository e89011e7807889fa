/** An operator who serves whoever asks for a person, through whichever web process answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { hashPassword } from '../../src/handoff/accounts/passwords.ts';
import type { Me } from '../../src/handoff/schemas/accounts.ts';
import type { Inbox } from '../../src/handoff/schemas/inbox.ts';
import type { Chance } from '../e2e/seeded.ts';
import type { World } from './world.ts';

/** What the operator says to each. */
const GREETING = 'Halo, saya petugas. Ada yang bisa saya bantu?';

const USERNAME = 'petugas';
const PASSWORD = 'ujian-ketahanan-47';
const LOOK_EVERY_MS = 700;
const ANSWER_LIMIT_MS = 10_000;

interface Session {
  cookie: string;
  csrf: string;
}

export interface OperatorAtWork {
  /** How many chats were given back to the bot. */
  served(): number;
  /** Takes no other chat; resolves when the one in hand is put down. */
  stop(): Promise<void>;
}

/** Makes the account in the store, and starts to work. */
export async function startOperator(world: World, chance: Chance): Promise<OperatorAtWork> {
  await addAccount(world);
  const webs = world.members.filter(({ role }) => role !== 'worker').map(({ url }) => url);
  const call = callerOf(() => webs[chance.below(webs.length)] ?? '');
  let session: Session | undefined;
  let served = 0;
  let isOver = false;
  const look = async () => {
    session ??= await call.login();
    const { conversations } = await call.inbox(session);
    for (const { id } of conversations) {
      if (isOver) return;
      await call.act(session, id, 'claim');
      await call.act(session, id, 'reply', { id: uuidOf(id), text: GREETING });
      await call.act(session, id, 'resolve');
      served++;
    }
  };
  const work = (async () => {
    while (!isOver) {
      // Whatever goes wrong: the next look finds the chat where it stands.
      await look().catch(() => {
        session = undefined;
      });
      await pause(LOOK_EVERY_MS);
    }
  })();
  return {
    served: () => served,
    async stop() {
      isOver = true;
      await work;
    },
  };
}

async function addAccount(world: World): Promise<void> {
  const store = await world.open(true);
  try {
    await store.operators.add({
      ...{ id: 'op-chaos', username: USERNAME, name: 'Petugas', role: 'operator' },
      ...{ mustChangePassword: false, disabled: false, createdAt: Date.now(), failures: 0, lockedUntil: 0 },
      passwordHash: await hashPassword(PASSWORD),
    });
  } finally {
    await store.close();
  }
}

function callerOf(urlOfOne: () => string) {
  const send = async (method: string, path: string, session?: Session, body?: unknown): Promise<Response> => {
    const response = await fetch(`${urlOfOne()}/api${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(session ? { Cookie: session.cookie, 'X-CSRF-Token': session.csrf } : {}),
      },
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    async login(): Promise<Session> {
      const response = await send('POST', '/session', undefined, { username: USERNAME, password: PASSWORD });
      const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
      return { cookie, csrf: ((await response.json()) as Me).csrf };
    },
    inbox: async (session: Session) => (await (await send('GET', '/inbox', session)).json()) as Inbox,
    async act(session: Session, id: string, action: string, body?: unknown): Promise<void> {
      const response = await send('POST', `/conversations/${id}/${action}`, session, body);
      await response.text();
    },
  };
}

/** The same for the same conversation: a reply that is sent again has no second effect. */
function uuidOf(conversation: string): string {
  const part = (from: number, to: number) => conversation.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}
