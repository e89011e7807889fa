/** A photo of an identity card on its whole way: sent, looked at, read, proposed, agreed to, beside the document. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planPhotos } from '../documents/reading/photos/photos.ts';
import { openRequests, type RequestsWorld } from '../handoff/requests-world.ts';
import { createCitizen } from './filing.ts';
import { createPhone } from './phone.ts';

const FROM = '+6281200000071';
const LIMIT = { timeout: 60_000 };

describe('a photo of an identity card', () => {
  let world: RequestsWorld;
  beforeAll(async () => {
    world = await openRequests({ OCR: 'on' });
  }, LIMIT.timeout);
  afterAll(() => world?.close());

  test('spares its holder the typing of name and NIK, and never shows the whole NIK', LIMIT, async () => {
    const plan = planPhotos().find(({ kind, care }) => kind === 'ktp' && care === 'good');
    const { bytes, truth } = (await plan?.take()) ?? { bytes: new Uint8Array(), truth: {} };
    const { name = '', nik = '' } = truth;
    const citizen = createCitizen(world.url, FROM, createPhone(world.url, 'whatsapp', FROM));
    await citizen.phone.dialogue(['halo', 'mau urus akta cerai', 'setuju']);
    const named = await citizen.send(Buffer.from(bytes), ({ state }) => state.step === 'pemohon_nama');
    expect(named.messages.at(-1)?.text).toContain(`Nama pemohon pada foto: ${name}, benar?`);
    const numbered = await citizen.phone.dialogue(['ya']);
    expect(numbered.messages.at(-1)?.text).toContain(
      `NIK pemohon pada foto: ${nik.slice(0, 4)}...${nik.slice(-4)}, benar?`,
    );
    const { state, messages } = await citizen.phone.dialogue(['ya']);
    expect(state.step).toBe('kk_foto');
    expect(messages.map(({ text }) => text).join('\n')).not.toContain(nik);
    const id = world.engine.conversationId({ channel: 'whatsapp', id: FROM });
    const { snapshot } = (await world.store.conversations.load(id)) ?? { snapshot: null };
    expect(snapshot).toMatchObject({
      context: { answers: { pemohon_nama: { v: name }, pemohon_nik: { v: nik } } },
    });
  });
});
