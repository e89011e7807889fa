import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phoneOf, type Running, startWhole } from './phone.ts';

let running: Running;
beforeAll(async () => {
  running = await startWhole();
});
afterAll(() => running.stop());

describe('the page', () => {
  test.each(['/simulator', '/simulator/'])(
    '%s is served with all its parts, and nothing inline',
    async (path) => {
      const response = await fetch(`${running.url}${path}`);
      const page = await response.text();
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
      const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, part]) => part);
      expect(parts.length).toBeGreaterThan(2);
      for (const part of parts) expect((await fetch(`${running.url}${part}`)).status).toBe(200);
      expect(page).not.toMatch(/<script>|<style| on[a-z]+="| style="/);
    },
  );

  test('nothing beside its folder is served', async () => {
    for (const path of ['page/../routes.ts', 'page/%2e%2e/routes.ts', 'routes.ts', 'page/..%2froutes.ts'])
      expect((await fetch(`${running.url}/simulator/${path}`)).status).toBe(404);
  });
});

describe('the clock', () => {
  test('is set for the whole service and runs on from there', async () => {
    const response = await running.post('clock', { now: '2027-01-04T09:00:00+08:00' });
    expect(response.status).toBe(200);
    const { now } = (await response.json()) as { now: string };
    expect(now).toMatch(/^2027-01-04T01:00:0/);
    await phoneOf(running, '+6281200000050').say('halo');
    const { messages } = await phoneOf(running, '+6281200000050').screen();
    expect(messages.map(({ at }) => at.slice(0, 10))).toEqual(messages.map(() => '2027-01-04'));
    const read = (await (await fetch(`${running.url}/simulator/clock`)).json()) as { now: string };
    expect(Date.parse(read.now)).toBeGreaterThanOrEqual(Date.parse(now));
  });

  test.each<[unknown, string]>([
    [{}, 'now'],
    [{ now: 'besok' }, 'now'],
    [{ now: 1_800_000_000_000 }, 'now'],
    [{ now: '2027-02-30T09:00:00Z' }, 'now'],
    [{ now: '2027-01-04T09:00:00' }, 'now'],
    [{ now: '2027-01-04T09:00:00Z', zone: 'WITA' }, 'zone'],
    [[], 'body'],
  ])('refuses %j and names the field', async (body, field) => {
    const before = running.clock.now();
    const response = await running.post('clock', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { field } });
    expect(Math.abs(running.clock.now() - before)).toBeLessThan(5_000);
  });
});

describe('live updates', () => {
  test('tell that something is new, and end when the service stops', async () => {
    const own = await startWhole();
    const response = await fetch(`${own.url}/simulator/events/whatsapp/+6281200000060`);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const chunks: string[] = [];
    const reading = (async () => {
      for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString());
    })();
    await phoneOf(own, '+6281200000061').say('halo');
    await phoneOf(own, '+6281200000060').say('halo');
    await expect.poll(() => chunks.join('')).toContain('data: changed');
    expect(chunks.join('')).not.toContain('+62');
    const begun = performance.now();
    await own.stop();
    await reading;
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe('SIMULATOR=off', () => {
  test('serves neither page, API nor files', async () => {
    const off = await startWhole({ SIMULATOR: 'off' });
    for (const path of ['', '/clock', '/conversations/sms/+6281200000001', '/media/x', '/page/main.js'])
      expect((await fetch(`${off.url}/simulator${path}`)).status).toBe(404);
    expect(
      (await off.post('messages', { channel: 'sms', from: '+6281200000001', text: 'halo' })).status,
    ).toBe(404);
    await off.stop();
  });
});
