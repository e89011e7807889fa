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

  test('gives a visit with the ending by which a phone knows a calendar entry', async () => {
    const bytes = Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
    const visit = await pages.vault.put('talk', { bytes, contentType: 'text/calendar', name: 'jadwal.ics' });
    const target = { kind: 'download', conversation: 'talk', file: visit.file } as const;
    link = pages.local(await pages.links.create('talk.3.0', { ...target, application: 'KL-2611-0001-7' }));
    const response = await post('482913');
    expect(response.headers.get('content-type')).toContain('text/calendar');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=KL-2611-0001-7.ics');
    expect(await response.text()).toContain('BEGIN:VCALENDAR');
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

  test('leads the right PIN to an address of its own, where a download goes on that broke off', async () => {
    const answer = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ pin: '482913' }),
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    const address = new URL(answer.headers.get('location') ?? '', link);
    expect(address.href).toMatch(new RegExp(`^${link}/[0-9a-f]{32}$`));
    const part = (range: string, more: Record<string, string> = {}) =>
      fetch(address, { headers: { range, ...more } });
    const whole = await fetch(address);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(await whole.text()).toBe('%PDF-1.7 the receipt');
    const etag = whole.headers.get('etag') ?? '';
    const rest = await part('bytes=9-', { 'if-range': etag });
    expect([rest.status, rest.headers.get('content-range'), await rest.text()]).toEqual([
      206,
      'bytes 9-19/20',
      'the receipt',
    ]);
    expect(rest.headers.get('cache-control')).toBe('no-store');
    expect(await (await part('bytes=1-3')).text()).toBe('PDF');
    expect(await (await part('bytes=-7')).text()).toBe('receipt');
    expect((await part('bytes=20-')).status).toBe(416);
    expect((await part('bytes=9-', { 'if-range': '"another"' })).status).toBe(200);
    expect((await part('bytes=0-1,5-6')).status).toBe(200);
    pages.clock.at += HOUR_MS + 1;
    expect((await part('bytes=9-')).status).toBe(410);
  });

  test('gives nothing under a guessed address, nor before the PIN, nor under that of another link', async () => {
    const target = { kind: 'download', conversation: 'talk', file, application: 'KL-2611-0002-5' } as const;
    const other = pages.local(await pages.links.create('talk.3.0', target));
    const right = new URL((await post('482913')).url).pathname.split('/').at(-1) ?? '';
    expect((await fetch(`${link}/${right}`)).status).toBe(200);
    for (const address of [`${other}/${right}`, `${link}/${'0'.repeat(32)}`, `${link}/${right.slice(1)}`])
      expect((await fetch(address)).status).toBe(404);
    expect((await fetch(`${link}/${right}`, { method: 'PATCH' })).status).toBe(404);
    for (let time = 0; time < 5; time += 1) await post('000000');
    expect((await fetch(`${link}/${right}`)).status).toBe(410);
  });

  test('tells how to print it', async () => {
    expect(await (await fetch(link)).text()).toContain('HVS A4 80 gram');
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
