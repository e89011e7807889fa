import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator } from '../../../src/channels/simulator/routes.ts';
import { createClock } from '../../../src/clock.ts';
import { listen, openStore, seedEntries } from '../twilio/world.ts';
import type { Screen } from './phone.ts';

let store: ReturnType<typeof openStore>;
let server: Awaited<ReturnType<typeof listen>>;

beforeEach(async () => {
  store = openStore();
  const simulator = createSimulator({
    ...store,
    engine: { accept: async () => 'accepted', conversationId: () => 'c1' },
    vault: {
      put: () => Promise.reject(new Error('no files')),
      get: async () => undefined,
      open: async () => undefined,
      delete: async () => {},
    },
    clock: createClock(),
    describe: () => ({ status: 'bot', service: null, step: null, expects: null }),
  });
  server = await listen(() => express().use(simulator.router));
});

afterEach(async () => {
  await server.close();
  await store.close();
});

it('notes of the office are on no phone, and what is behind a note is still found', async () => {
  await seedEntries(store, [
    { id: 'c1.1.0', text: 'Halo' },
    { id: 'c1.1.1', direction: 'note', author: 'Siti', text: 'Pemohon marah', status: 'received' },
    { id: 'c1.1.2', author: 'Siti', text: 'Saya bantu.' },
  ]);
  const textsAt = async (query: string) => {
    const response = await fetch(`${server.url}/simulator/conversations/whatsapp/+6281200000001${query}`);
    return ((await response.json()) as Screen).messages.map(({ text }) => text);
  };
  expect(await textsAt('')).toEqual(['Halo', 'Saya bantu.']);
  expect(await textsAt('?after=c1.1.0')).toEqual(['Saya bantu.']);
});
