import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMediaUrls, type MediaUrls } from '../../src/documents/media-urls.ts';
import { openWorld, PUBLIC_URL, serve, type World } from './world.ts';

let world: World;
let media: MediaUrls;
let server: Awaited<ReturnType<typeof serve>>;
beforeEach(async () => {
  world = await openWorld();
  media = createMediaUrls({
    sealer: world.store.sealer,
    publicUrl: PUBLIC_URL,
    vault: world.vault,
    clock: world.clock,
  });
  server = await serve(media.routes);
});
afterEach(async () => {
  await server.close();
  await world.close();
});

const put = (name = 'tanda-terima-KL-2611-0001-7.pdf') =>
  world.vault.put('talk', { bytes: Buffer.from('%PDF-1.7 content'), contentType: 'application/pdf', name });
const signed = async (name?: string) => (await media.mediaUrl(await put(name))).slice(PUBLIC_URL.length);

describe('the address of a file for a provider', () => {
  test('gives the file with its type and name, to be kept nowhere', async () => {
    const response = await fetch(server.url + (await signed()));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/pdf');
    expect(response.headers.get('content-disposition')).toContain('tanda-terima-KL-2611-0001-7.pdf');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('%PDF-1.7 content');
  });

  test('is good for half an hour', async () => {
    const path = await signed();
    world.clock.at += 30 * 60_000;
    expect((await fetch(server.url + path)).status).toBe(200);
    world.clock.at += 1001;
    expect((await fetch(server.url + path)).status).toBe(404);
  });

  test('with anything changed is 404', async () => {
    const path = await signed();
    const [file = '', expiry = '', mac = ''] = path.slice('/m/'.length).split('.');
    const other = (await put()).file;
    for (const changed of [
      `${other}.${expiry}.${mac}`,
      `${file}.zzzzzzz.${mac}`,
      `${file}.${expiry}.${mac.slice(1)}0`,
      `${file}.${expiry}.`,
      `${file}.${expiry}`,
      `${file}.${expiry}.${mac}.x`,
      file,
      '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    ]) {
      expect((await fetch(`${server.url}/m/${changed}`)).status, changed).toBe(404);
    }
  });

  test('bears names that no header can carry', async () => {
    expect((await fetch(server.url + (await signed('KK "Siti"\r\nX: 1 é日.pdf')))).status).toBe(200);
  });
});
