import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AGAIN_MS } from '../../src/documents/links.ts';
import { createLinkHandler } from '../../src/documents/pages/upload-link.ts';
import { context, DAY_MS, effect, openWorld, PUBLIC_URL, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const tokenOf = (url: string) => url.slice(`${PUBLIC_URL}/f/`.length);
const upload = (id = 'talk.1.0') =>
  world.links.create(id, { kind: 'upload', conversation: 'talk', step: 'kk' });
const download = () =>
  world.links.create('talk.2.0', { kind: 'download', conversation: 'talk', file: 'f', application: 'KL-1' });
const stateOf = async (url: string) => (await world.links.find(tokenOf(url)))?.state;
const linkOf = async (url: string) => {
  const found = await world.links.find(tokenOf(url));
  if (found === undefined) throw new Error('no such link');
  return found.link;
};

describe('a one-time link', () => {
  test('has a token of 128 bits, the same for a repeat and another for another effect', async () => {
    const url = await upload();
    expect(url).toMatch(/^https:\/\/loket\.contohkab\.go\.id\/f\/[\w-]{22}$/);
    expect(await upload()).toBe(url);
    expect(await upload('talk.1.1')).not.toBe(url);
  });

  test('is found by its token only, and the token is not what is stored', async () => {
    const url = await upload();
    expect(await linkOf(url)).toMatchObject({ kind: 'upload', conversation: 'talk', step: 'kk' });
    expect((await linkOf(url)).tokenHash).not.toContain(tokenOf(url));
    for (const other of ['', 'A'.repeat(22), `${tokenOf(url)}x`, tokenOf(url).slice(1), '../'.repeat(8)]) {
      expect(await world.links.find(other)).toBeUndefined();
    }
  });

  test('is used by exactly one of many', async () => {
    const link = await linkOf(await upload());
    const uses = await Promise.all(Array.from({ length: 10 }, () => world.links.use(link)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await stateOf(await upload())).toBe('used');
  });

  test('for uploads is good for 7 days, for downloads for 14', async () => {
    const [into, out] = [await upload(), await download()];
    world.clock.at += 7 * DAY_MS;
    expect([await stateOf(into), await stateOf(out)]).toEqual(['open', 'open']);
    world.clock.at += 1;
    expect([await stateOf(into), await stateOf(out)]).toEqual(['expired', 'open']);
    world.clock.at += 7 * DAY_MS;
    expect(await stateOf(out)).toBe('expired');
  });

  test('for downloads opens again for an hour, even beyond its last day', async () => {
    const url = await download();
    world.clock.at += 14 * DAY_MS;
    await world.links.use(await linkOf(url));
    world.clock.at += AGAIN_MS;
    expect(await stateOf(url)).toBe('open');
    world.clock.at += 1;
    expect(await stateOf(url)).toBe('used');
  });

  test('is dead after five wrong PINs', async () => {
    const url = await download();
    const deaths: boolean[] = [];
    for (let time = 0; time < 5; time += 1) deaths.push(await world.links.fail(await linkOf(url)));
    expect(deaths).toEqual([false, false, false, false, true]);
    expect(await stateOf(url)).toBe('closed');
  });
});

test('the effect link gives the page for its step', async () => {
  const handler = createLinkHandler({ links: world.links });
  const { result } = await handler.run(effect('link', { step: 'kk' }), context());
  const { step, url } = result as { step: string; url: string };
  expect(step).toBe('kk');
  expect(await linkOf(url)).toMatchObject({ kind: 'upload', conversation: 'talk', step: 'kk' });
});
