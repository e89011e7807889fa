/** What the tests of this folder share: a real store with one conversation, and entries to send. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TwilioConfig } from '../../../src/config.ts';
import type { Conversation, Entry, StoredFile } from '../../../src/conversation/types.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import type { TwilioStandIn } from '../twilio-standin.ts';

export const quiet = pino({ level: 'silent' });
export const CITIZEN = '+6281200000001';

/** A store in a directory of its own, removed by `close`. */
export function openStore() {
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-twilio-'));
  const store = openEmbedded({ dataDir, masterKey: new Uint8Array(32).fill(7) });
  return {
    ...store,
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Commits entries as the engine does, in one conversation. */
export async function seedEntries(
  store: ReturnType<typeof openStore>,
  entries: (Partial<Entry> & { id: string })[],
  about: Partial<Conversation> = {},
): Promise<Conversation> {
  const id = about.id ?? 'c1';
  const version = ((await store.conversations.load(id))?.version ?? 0) + 1;
  const conversation: Conversation = {
    citizen: 'person',
    channel: 'whatsapp',
    via: 'twilio',
    address: CITIZEN,
    flow: '',
    snapshot: null,
    attention: { status: 'bot' },
    lastInboundAt: Date.now(),
    held: [],
    applications: [],
    ...about,
    id,
    version,
  };
  const full = entries.map(
    (entry): Entry => ({
      direction: 'out',
      author: 'bot',
      at: Date.now(),
      text: '',
      files: [],
      status: 'queued',
      ...entry,
    }),
  );
  const commit = { conversation, entries: full, amended: [], effects: [], timers: { set: [], cancel: [] } };
  const outcome = await store.conversations.commit(commit);
  if (outcome !== 'committed') throw new Error(outcome);
  return conversation;
}

export function pdf(file: string): StoredFile {
  return { file, contentType: 'application/pdf', sizeBytes: 9 };
}

export function configFor(standIn: Pick<TwilioStandIn, 'accountSid' | 'authToken' | 'url'>): TwilioConfig {
  return {
    accountSid: standIn.accountSid,
    authToken: standIn.authToken,
    smsFrom: '+6221000001',
    whatsappFrom: 'whatsapp:+6221000002',
    signature: 'enforce',
    apiUrl: standIn.url,
  };
}

/** Listens on a free port with a handler that is made once the address is known. */
export async function listen(
  makeHandler: (url: string) => (req: IncomingMessage, res: ServerResponse) => unknown,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', makeHandler(url));
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
