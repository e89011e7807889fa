/** The whole service on a free port and a temporary directory, and a made-up phone to talk to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../../src/config.ts';
import { startService } from '../../../src/service.ts';

interface Message {
  id: string;
  direction: 'in' | 'out';
  text: string;
  media: { contentType: string; fileName: string | null; url: string }[];
  at: string;
  status: string;
  note?: string;
}

export interface Screen {
  messages: Message[];
  state: {
    status: string;
    service: string | null;
    step: string | null;
    expects: string | null;
    applications: string[];
  };
}

export type Running = Awaited<ReturnType<typeof startWhole>>;

/** `env` over the defaults of a newcomer. */
export async function startWhole(env: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-simulator-'));
  const service = await startService(readConfig({ DATA_DIR: dataDir, PORT: '0', ...env }), {
    log: pino({ level: 'silent' }),
  });
  const post = (path: string, body: unknown) =>
    fetch(`${service.url}/simulator/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const settle = async () => {
    await service.engine.idle();
    await service.effects.idle();
    await service.engine.idle();
  };
  return {
    ...service,
    post,
    /** Resolves when everything that the messages so far gave rise to is done. */
    settle,
    /** Moves the clock, and lets happen what is due by then. */
    async later(ms: number) {
      service.clock.set(service.clock.now() + ms);
      await service.timers.look();
      await settle();
    },
    stop: async () => {
      await service.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** One citizen's phone. */
export function phoneOf(running: Running, from: string, channel: 'whatsapp' | 'sms' = 'whatsapp') {
  const screen = async (query = ''): Promise<Screen> => {
    const response = await fetch(`${running.url}/simulator/conversations/${channel}/${from}${query}`);
    return (await response.json()) as Screen;
  };
  return {
    screen,
    post: (message: Record<string, unknown>) => running.post('messages', { channel, from, ...message }),
    /** Sends, waits for the bot, and returns what it said to this. */
    async say(message: string | Record<string, unknown>): Promise<string> {
      const before = (await screen()).messages.length;
      const body = typeof message === 'string' ? { text: message } : message;
      const response = await running.post('messages', { channel, from, ...body });
      if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
      await running.settle();
      const { messages } = await screen();
      return messages
        .slice(before)
        .filter(({ direction }) => direction === 'out')
        .map(({ text }) => text)
        .join('\n');
    },
  };
}
