import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPages, type Pages } from './pages.ts';

const HOUR_MS = 60 * 60 * 1000;

let pages: Pages;
let link: string;
let file: string;
beforeEach(async () => {
  pages = await openPages();
  const bytes = Buffer.from('%PDF-1.7 the receipt');
  ({ file } = await pages.vault.put('talk', { bytes, contentType: 'application/pdf', name: 'Siti.pdf' }));
  const target = { kind: 'download', conversation: 'talk', file, application: 'KL-2611-0001-7' } as const;
  link = pages.local(await pages.links.create('talk.2.0', target));
});
afterEach(() => pages.close());

const post = (pin: string) => fetch(link, { method: 'POST', body: new URLSearchParams({ pin }) });

describe('the download page', () => {
  test('asks for the PIN, and being looked at changes nothing', async () => {
    for (let time = 0; time < 10; time += 1) expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    const text = await (await fetch(link)).text();
    expect(text).toContain('name="pin"');
    expect(text).not.toContain('Siti');
    expect((await post('482913')).status).toBe(200);
  });

  test('gives the file for the right PIN, named by its number only', async () => {
    const response = await post(' 482 913 ');
    expect(await response.text()).toBe('%PDF-1.7 the receipt');
    expect(response.headers.get('content-type')).toContain('application/pdf');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=KL-2611-0001-7.pdf');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('gives it again for an hour, and then no more', async () => {
    await post('482913');
    pages.clock.at += HOUR_MS;
    expect((await post('482913')).status).toBe(200);
    pages.clock.at += 1;
    const late = await post('482913');
    expect(late.status).toBe(410);
    expect(await late.text()).toContain('sudah dipakai');
  });

  test('is closed for good after five wrong PINs', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await post('000000')).status);
    expect(statuses).toEqual([403, 403, 403, 403, 410]);
    const right = await post('482913');
    expect(right.status).toBe(410);
    expect(await right.text()).not.toContain('%PDF');
  });

  test('says how many tries are left', async () => {
    expect(await (await post('000000')).text()).toContain('Sisa percobaan: 4');
  });

  test.each(['', '12345', '1234567', 'abcdef', '<script>'])(
    'does not count %j, which is no PIN',
    async (pin) => {
      for (let time = 0; time < 6; time += 1) expect((await post(pin)).status).toBe(400);
      expect((await post('482913')).status).toBe(200);
    },
  );

  test('waits while the application takes no PIN, without dying of it', async () => {
    pages.desk.isLocked = true;
    for (let time = 0; time < 6; time += 1) expect((await post('482913')).status).toBe(429);
    pages.desk.isLocked = false;
    expect((await post('482913')).status).toBe(200);
  });

  test('takes no other form and no long one', async () => {
    const json = await fetch(link, {
      method: 'POST',
      body: '{"pin":"482913"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(400);
    expect((await post('1'.repeat(5000))).status).toBe(413);
    expect((await post('482913')).status).toBe(200);
  });

  test('of an erased person gives nothing', async () => {
    await pages.store.eraseOwner('talk');
    const response = await post('482913');
    expect([404, 410]).toContain(response.status);
    expect(await response.text()).not.toContain('%PDF');
  });
});
