/** The documents room on a real store in a temporary directory, with a clock that stands still. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Router } from 'express';
import type { EffectContext } from '../../src/conversation/ports.ts';
import type { Conversation, Effect } from '../../src/conversation/types.ts';
import { createLinks } from '../../src/documents/links.ts';
import type { ReceiptFacts } from '../../src/documents/papers/receipt-facts.ts';
import { createVault } from '../../src/documents/vault.ts';
import { createIds } from '../../src/ids.ts';
import type { Json } from '../../src/json.ts';
import { openStore } from '../../src/store/open.ts';

export const NOW = Date.UTC(2026, 10, 23, 2, 15);
export const DAY_MS = 24 * 60 * 60 * 1000;
export const PUBLIC_URL = 'https://loket.contohkab.go.id';

export type World = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld() {
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-documents-'));
  const store = await openStore({ dataDir, masterKey: Buffer.alloc(32, 7) });
  const clock = { at: NOW, now: () => clock.at };
  const links = createLinks({ store: store.links, sealer: store.sealer, clock, publicUrl: PUBLIC_URL });
  return {
    store,
    clock,
    links,
    dataDir,
    vault: createVault({ files: store.files, sealer: store.sealer, ids: createIds(), clock }),
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export function effect(type: string, params: { [key: string]: Json }, id = 'talk.4.0'): Effect {
  return { id, type, params };
}

export function context(id = 'talk'): EffectContext {
  const conversation: Conversation = {
    id,
    version: 4,
    citizen: 'citizen',
    channel: 'whatsapp',
    via: 'simulator',
    address: '+6281200000001',
    flow: '',
    snapshot: {},
    attention: { status: 'bot' },
    lastInboundAt: NOW,
    held: [],
    applications: [],
  };
  return { conversation, isRepeat: false, tries: 0 };
}

/** Serves the routes on a free port. */
export async function serve(routes: Router): Promise<{ url: string; close(): Promise<void> }> {
  const app = express();
  app.use(routes);
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const FACTS: ReceiptFacts = {
  application: 'KL-2611-0001-7',
  pin: '482913',
  service: { id: 'Akta Kelahiran', en: 'Birth certificate' },
  applicant: { name: 'Ni Luh Putu Ayu Lestari', nik: '6402015509900001' },
  submittedAt: Date.UTC(2026, 10, 23, 2, 14),
  dueAt: Date.UTC(2026, 10, 24, 7, 0),
  received: [
    { label: { id: 'Surat keterangan lahir', en: 'Birth letter' }, pages: 1 },
    { label: { id: 'Kartu Keluarga', en: 'Family card' }, pages: 2 },
  ],
  bring: [{ id: 'KTP-el dua saksi', en: 'ID cards of two witnesses' }],
  visit: {
    activity: 'submit',
    startAt: Date.UTC(2026, 10, 25, 1, 0),
    endAt: Date.UTC(2026, 10, 25, 1, 30),
    place: { id: 'Loket 2, Jl. Merdeka No. 1', en: 'Counter 2, Jl. Merdeka No. 1' },
  },
  office: {
    authority: 'Pemerintah Kabupaten Contoh',
    name: 'Dinas Kependudukan dan Pencatatan Sipil',
    address: 'Jl. Merdeka No. 1, Kota Contoh 75123',
    website: 'disdukcapil.contohkab.go.id',
    timeZone: 'Asia/Makassar',
  },
};
