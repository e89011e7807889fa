/** The whole application as the service starts it, over real HTTP: the real engine and flows, a clock that is set. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { createMarks } from '../../src/applications/marks.ts';
import { formatNumber, formatSeries } from '../../src/applications/number.ts';
import { readConfig } from '../../src/config.ts';
import type { Content } from '../../src/conversation/types.ts';
import { createSessions } from '../../src/handoff/accounts/sessions.ts';
import type { Role } from '../../src/handoff/ports.ts';
import { createIds } from '../../src/ids.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/open.ts';
import { createBrowser, START } from './counter.ts';

export type OfficeWorld = Awaited<ReturnType<typeof openOfficeWorld>>;

/** Opening takes a second or two: once for a suite, whose tests write from phones of their own. */
export async function openOfficeWorld() {
  let now = START;
  const clock = {
    now: () => now,
    set: (at: number) => {
      now = at;
    },
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-office-'));
  const store = await openStore({ dataDir, masterKey: randomBytes(32) });
  const config = readConfig({ DATA_DIR: dataDir });
  const log = createLog('silent');
  const app = await createApp({ config, store, clock, log, publicUrl: 'http://127.0.0.1' });
  const server = createServer((request, response) => app.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ids = createIds();

  /** Everything that was asked for has happened, and what waits for the rest of a burst is taken as it is. */
  const settle = async (id: string) => {
    for (let round = 0; round < 5; round++) {
      await app.engine.idle();
      await app.effects.idle();
    }
    if (((await store.conversations.load(id))?.held ?? []).length === 0) return;
    now += 60_000;
    await app.timers.look();
    await app.engine.idle();
    await app.effects.idle();
  };

  return {
    url,
    store,
    app,
    settle,
    wait: (ms: number) => {
      now += ms;
    },
    /** A phone that nobody has used; `say` answers what the bot said last. */
    phone: (channel: 'whatsapp' | 'sms' = 'whatsapp') => {
      const from = { channel, id: `+62812${Math.floor(10_000_000 + Math.random() * 89_999_999)}` };
      const id = app.engine.conversationId(from);
      const send = async (content: Content) => {
        await app.engine.accept({ id: randomUUID(), via: 'simulator', from, at: now, content });
        await settle(id);
        return (await store.conversations.transcript(id))
          .filter(({ direction }) => direction === 'out')
          .at(-1)?.text;
      };
      return { id, number: from.id, send, say: (text: string) => send({ type: 'text', text }) };
    },
    /** A browser of a new operator. */
    operator: async (name: string, role: Role = 'operator') => {
      const id = `op-${name.toLowerCase()}`;
      const operator = {
        ...{ id, username: id, name, role, passwordHash: '', mustChangePassword: false, disabled: false },
        ...{ createdAt: now, failures: 0, lockedUntil: 0 },
      };
      await store.operators.add(operator);
      const sessions = createSessions({ store: store.operators, clock, ids, hash: store.sealer.hash });
      const { token, session } = await sessions.open(operator);
      return createBrowser(url, { cookie: `loket_session=${token}`, csrf: session.csrf });
    },
    /** An application that was filed in a chat by who has this NIK; answers its number. */
    file: async (conversation: string, nik: string) => {
      const service = 'akta-kelahiran';
      const answers = { pemohon_nik: { v: nik } };
      const at = { code: 'KL', at: now, timeZone: 'Asia/Makassar' };
      const marks = createMarks({ hash: store.sealer.hash, flows: app.flows }).of({ service, answers });
      const { number } = await store.applications.create({
        ...{ conversation, service, answers, marks, state: 'submitted', pin: '482913' },
        filedBy: conversation,
        series: formatSeries(at),
        numberFor: (serial) => formatNumber({ ...at, serial }),
        ...{ submittedAt: now, dueAt: now, pinFailures: 0, pinLockedUntil: 0 },
      });
      return number;
    },
    linesOf: (subject: string) => store.audit.list({ subject, limit: 100 }),
    close: async () => {
      app.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.effects.stop();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
