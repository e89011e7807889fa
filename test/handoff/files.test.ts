import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Counter, type createBrowser, openCounter } from './counter.ts';

let counter: Counter;
let siti: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await counter.addOperator('siti');
  siti = await counter.login('siti');
  await counter.talks.add({ id: 'talk' });
});
afterEach(() => counter.close());

const put = async (contentType: string, owner = 'talk') =>
  (
    await counter.vault.put(owner, {
      bytes: Buffer.from(`bytes of ${contentType}`),
      contentType,
      name: 'KK Siti 3273.jpg',
    })
  ).file;
const viewed = async () => (await counter.audited()).filter((entry) => entry.action === 'file.view');

describe('a file', () => {
  test('is shown, and each view is in the audit log', async () => {
    const file = await put('image/jpeg');
    const answer = await siti.get(`/api/files/${file}`);
    expect(answer).toMatchObject({ status: 200, text: 'bytes of image/jpeg' });
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(await viewed()).toMatchObject([
      { actor: 'op-siti', subject: file, details: { conversation: 'talk' } },
    ]);
  });

  test('is kept by no cache, sniffed by no browser, and named without the citizen', async () => {
    const { headers } = await siti.get(`/api/files/${await put('application/pdf')}`);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="berkas-[A-Za-z0-9]{8}\.pdf"$/);
  });

  test.each(['text/html', 'image/svg+xml', 'image/heic'])('of type %s is only ever saved', async (type) => {
    const { headers } = await siti.get(`/api/files/${await put(type)}`);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  test('may be shown inside our own page, and inside no other', async () => {
    const { headers } = await siti.get(`/api/files/${await put('application/pdf')}`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });

  test('is not there for strangers, for who may not see its chat, and when nobody knows it', async () => {
    const attention = { status: 'waiting', since: 0, reason: 'complaint' } as const;
    await counter.talks.add({ id: 'pungli', attention });
    const file = await put('image/png');
    const secret = await put('image/png', 'pungli');
    const orphan = await put('image/png', 'nobody');
    for (const each of [secret, orphan, 'unknown']) {
      expect((await siti.get(`/api/files/${each}`)).status).toBe(404);
    }
    expect((await siti.get('/api/files/..%2f..%2fetc%2fpasswd')).status).toBe(404);
    expect((await counter.browser().get(`/api/files/${file}`)).status).toBe(401);
    expect(await viewed()).toEqual([]);
  });
});
