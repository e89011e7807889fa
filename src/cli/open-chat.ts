/** Starts the service in this process for `loket chat`: the real one, on data that is thrown away at the end. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, createApp } from '../app.ts';
import { SIMULATOR } from '../channels/simulator/channel.ts';
import { createClock } from '../clock.ts';
import { readConfig, readFiles } from '../config.ts';
import type { Address } from '../conversation/types.ts';
import { createLog } from '../log.ts';
import { openStore, type Store } from '../store/open.ts';
import type { OpenChat } from './chat.ts';

const PHONE = '+6281200000001';
/** How often a text that waits for the rest of a burst is looked at, ms. */
const LOOK_EVERY_MS = 100;

/** Flows and office are those of the environment; no provider is called, and nothing is kept. Throws as `createApp`. */
export const openChat: OpenChat = async ({ channel }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-chat-'));
  const masterKey = randomBytes(32);
  const config = { ...readConfig({ DATA_DIR: dataDir }), ...readFiles(process.env) };
  const store = await openStore({ dataDir, masterKey });
  const log = createLog('silent');
  const app = await createApp({ config, store, clock: createClock(), log, publicUrl: 'http://127.0.0.1' });
  return createTalk({ app, store, from: { channel, id: PHONE }, dataDir });
};

function createTalk({
  app,
  store,
  from,
  dataDir,
}: {
  app: App;
  store: Store;
  from: Address;
  dataDir: string;
}) {
  const listeners: ((text: string) => void)[] = [];
  const id = app.engine.conversationId(from);
  let sent = 0;
  let last: string | undefined;

  async function tellNew(): Promise<void> {
    const entries = await store.conversations.transcript(id, last === undefined ? {} : { after: last });
    last = entries.at(-1)?.id ?? last;
    for (const { direction, text, files } of entries) {
      if (direction !== 'out') continue;
      const said = [text, ...files.map(({ name, contentType }) => `[${name ?? contentType}]`)].join('\n');
      for (const listener of listeners) listener(said);
    }
  }

  async function settle(): Promise<void> {
    await app.effects.idle();
    while (((await store.conversations.load(id))?.held ?? []).length > 0) {
      await pause(LOOK_EVERY_MS);
      await app.timers.look();
    }
    await app.effects.idle();
  }

  return {
    async send(text: string): Promise<void> {
      sent++;
      await app.engine.accept({
        id: String(sent),
        via: SIMULATOR,
        from,
        at: Date.now(),
        content: { type: 'text', text },
      });
      await settle();
      await tellNew();
    },
    onReply(listener: (text: string) => void): void {
      listeners.push(listener);
    },
    async close(): Promise<void> {
      app.close();
      await app.effects.stop();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
