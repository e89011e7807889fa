import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { API_ERRORS } from '../../src/handoff/api/api-error.ts';
import { createHandOffHandler } from '../../src/handoff/hand-off.ts';
import { maskNumbers } from '../../src/handoff/inbox/mask.ts';
import { tempDir } from '../store/temp-store.ts';
import { type Counter, openCounter, PASSWORD, START } from './counter.ts';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter({ heartbeatMs: 20 });
  await counter.addOperator('siti');
});
afterEach(() => counter.close());

/** Reads a stream of events until `enough` says so, and answers what came. */
async function readEvents(
  browser: { cookie(): string },
  path: string,
  enough: (text: string) => boolean,
): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(counter.url + path, {
    headers: { cookie: browser.cookie() },
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (enough(text)) break;
  }
  stop.abort();
  return text;
}

describe('live updates', () => {
  test('say that the inbox or the open chat changed, and nothing of what it holds', async () => {
    const siti = await counter.login('siti');
    await counter.talks.add({ id: 'talk' });
    await counter.talks.add({ id: 'other' });
    let isSaid = false;
    const text = await readEvents(siti, '/api/events?conversation=talk', (sofar) => {
      if (!isSaid) {
        isSaid = true;
        void counter.talks
          .say('other', { text: 'nobody listens' })
          .then(() => counter.talks.say('talk', { text: 'secret' }));
      }
      return sofar.includes('event: conversation') && sofar.split('event: inbox').length > 2;
    });
    expect(text.match(/event: \w+/g)).toEqual(['event: inbox', 'event: conversation', 'event: inbox']);
    expect(text).not.toMatch(/secret|talk/);
  });

  test('send a sign of life, so that no proxy takes the line for dead', async () => {
    const siti = await counter.login('siti');
    expect(await readEvents(siti, '/api/events', (text) => text.includes(': still here'))).toContain(
      'retry: ',
    );
  });

  test('end when the session does', async () => {
    const siti = await counter.login('siti');
    counter.wait(12 * 60 * 60_000 - 1);
    const text = await readEvents(siti, '/api/events', (sofar) => {
      if (sofar.includes('still here')) counter.wait(1);
      return false;
    });
    expect(text).toContain('still here');
  });

  test('leave nothing behind on the hub when the browser goes', async () => {
    const siti = await counter.login('siti');
    let [subscribed, undone] = [0, 0];
    const { subscribe } = counter.hub;
    counter.hub.subscribe = (topic, listener) => {
      subscribed += 1;
      const undo = subscribe(topic, listener);
      return () => {
        undone += 1;
        undo();
      };
    };
    await readEvents(siti, '/api/events?conversation=talk', (text) => text.includes('retry'));
    // The inbox, requests and notices, points, outages and visits, the chat, and who looks at it.
    expect(subscribed).toBe(8);
    await expect.poll(() => undone).toBe(subscribed);
  });
});

describe('the description of the API', () => {
  test('names every endpoint with its parameters, body, answer and refusals', async () => {
    const { body } = await counter.browser().get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths).sort()).toEqual([
      '/audit',
      '/audit/check',
      '/closed',
      '/colleagues',
      '/conversations/{id}',
      '/conversations/{id}/answer',
      '/conversations/{id}/ask',
      '/conversations/{id}/claim',
      '/conversations/{id}/files',
      '/conversations/{id}/note',
      '/conversations/{id}/papers',
      '/conversations/{id}/release',
      '/conversations/{id}/reply',
      '/conversations/{id}/resolve',
      '/conversations/{id}/reveal',
      '/conversations/{id}/speak',
      '/conversations/{id}/transfer',
      '/days',
      '/events',
      '/filers',
      '/filers/{id}/not-officer',
      '/filers/{id}/officer',
      '/files/{id}',
      '/inbox',
      '/me',
      '/notices',
      '/operators',
      '/operators/{id}',
      '/operators/{id}/password',
      '/outages',
      '/outages/preview',
      '/outages/{id}',
      '/outages/{id}/undo',
      '/password',
      '/points',
      '/points/{id}',
      '/points/{id}/stock',
      '/queue/call',
      '/queue/tickets',
      '/queue/tickets/{id}',
      '/queue/tickets/{id}/slip.pdf',
      '/requests',
      '/requests/bulk',
      '/requests/find',
      '/requests/{id}',
      '/requests/{id}/assign',
      '/requests/{id}/decide',
      '/requests/{id}/files',
      '/requests/{id}/letter',
      '/requests/{id}/papers',
      '/requests/{id}/pin',
      '/requests/{id}/result',
      '/requests/{id}/reveal',
      '/requests/{id}/verdict',
      '/search',
      '/session',
      '/statistics',
      '/statistics/{id}',
      '/totp',
      '/totp/confirm',
      '/totp/remove',
      '/undelivered',
      '/undelivered/{id}/retry',
      '/visits',
      '/visits/{id}/marks',
      '/walk-ins',
    ]);
    const reply = body.paths['/conversations/{id}/reply']?.post;
    if (!reply) throw new Error('no reply');
    expect(Object.keys(reply.responses)).toEqual(['200', '400', '401', '403', '404', '409', '413']);
    expect(reply.requestBody.content['application/json']?.schema).toMatchObject({
      required: ['id'],
      properties: { text: { type: 'string', minLength: 1, maxLength: 4000 } },
    });
    expect(reply.parameters.map((each) => each.name)).toEqual(['id', 'X-CSRF-Token', 'X-Reveal']);
  });

  test('is true: every endpoint but log-in refuses strangers', async () => {
    const stranger = counter.browser();
    const { body } = await stranger.get('/api/openapi.json');
    for (const [path, methods] of Object.entries<object>(body.paths)) {
      for (const method of Object.keys(methods)) {
        if (path === '/session' && method === 'post') continue;
        const answer = await stranger.ask(method.toUpperCase(), `/api${path.replace('{id}', 'x')}`);
        expect(answer, `${method} ${path}`).toMatchObject({
          status: 401,
          body: { error: { code: 'UNAUTHENTICATED' } },
        });
      }
    }
  });
});

describe('errors', () => {
  test('are JSON with a code and Indonesian words', async () => {
    const unknown = await counter.browser().get('/api/nothing/here');
    expect(unknown).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND', message: API_ERRORS.NOT_FOUND.message } },
    });
  });

  test.each([
    ['broken JSON', '{"username": "siti', 400, 'INVALID_REQUEST'],
    ['a body of a megabyte', JSON.stringify({ username: 'a'.repeat(1_000_000) }), 413, 'TOO_LARGE'],
  ])('answer %s without repeating it', async (_what, body, status, code) => {
    const response = await fetch(`${counter.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    expect([response.status, JSON.parse(text).error.code]).toEqual([status, code]);
    expect(text).not.toMatch(/siti|aaaa|node_modules| at /);
  });

  test('inside the service show a reference only, and the log has no data of the request', async () => {
    const siti = await counter.login('siti');
    counter.conversations.listAttention = () => Promise.reject(new Error('3273011203900001 is broken'));
    const answer = await siti.get('/api/inbox');
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'TROUBLE' } } });
    expect(answer.text).not.toMatch(/3273|broken|at /);
    expect(counter.logged.join('')).toContain(answer.body.error.reference);
    expect(counter.logged.join('')).not.toContain('3273011203900001');
  });

  test('of a store that is away say to try again', async () => {
    const siti = await counter.login('siti');
    const away = new AppError('STORE_UNAVAILABLE', { detail: 'locked' });
    counter.conversations.listAttention = () => Promise.reject(away);
    expect(await siti.get('/api/inbox')).toMatchObject({
      status: 503,
      body: { error: { code: 'UNAVAILABLE' } },
    });
  });

  test('of log-in never show the password', async () => {
    counter.operators.findByUsername = () => Promise.reject(new Error(PASSWORD));
    const answer = await counter.browser().post('/api/session', { username: 'siti', password: PASSWORD });
    expect(answer.status).toBe(500);
    expect(answer.text + counter.logged.join('')).not.toContain(PASSWORD);
  });
});

describe('the web app', () => {
  test('is served with a policy that allows nothing inline, and its assets are kept for good', async () => {
    const folder = tempDir();
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'assets', 'main-abc123.js'), '0');
    writeFileSync(join(folder, 'assets', 'main-abc123.js.gz'), gzipSync('0'));
    const app = await openCounter({ webAppFolder: folder });
    const [page, asset, none] = [
      await app.browser().get('/inbox'),
      await app.browser().get('/inbox/assets/main-abc123.js'),
      await app.browser().get('/inbox/assets/../../../package.json'),
    ];
    expect(page).toMatchObject({ status: 200, text: '<!doctype html>' });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('content-type')).toContain('javascript');
    expect(asset.text).toBe('0');
    expect(none.status).toBe(404);
    await app.close();
  });

  test('that was not built says how to', async () => {
    expect(await counter.browser().get('/inbox')).toMatchObject({
      status: 503,
      text: expect.stringContaining('build:ui'),
    });
  });
});

describe('handing off', () => {
  test('tells the citizen when somebody will answer, and wakes the screens', async () => {
    const woken: unknown[] = [];
    counter.hub.subscribe('inbox', (message) => woken.push(message));
    const answerTime = (now: number) => ({ at: now + 3_600_000, open: true });
    const handler = createHandOffHandler({
      ...{ hub: counter.hub, audit: counter.store.audit, answerTime },
      clock: { now: () => START },
    });
    await counter.talks.add({ id: 'talk' });
    const waiting = await counter.conversations.load('talk');
    if (!waiting) throw new Error('no conversation');
    woken.length = 0;
    const effect = { id: 'talk.1.0', type: 'hand-off', params: { reason: 'asked' } };
    const outcome = await handler.run(effect, { conversation: waiting, isRepeat: false, tries: 1 });
    expect(outcome).toEqual({ result: { answerBy: START + 3_600_000, open: true } });
    expect(woken).toEqual(['talk']);
    expect(await counter.audited()).toEqual([]);
    const complaint = { ...effect, params: { reason: 'complaint' } };
    await handler.run(complaint, { conversation: waiting, isRepeat: false, tries: 1 });
    expect(await counter.audited()).toMatchObject([{ action: 'conversation.complaint', subject: 'talk' }]);
  });
});

test.each([
  ['NIK 3273011203900001', 'NIK ••••••••••••0001'],
  ['3273 0112 0390 0001', '•••• •••• •••• 0001'],
  ['32.73.01.120390.0001', '••.••.••.••••••.0001'],
  ['0812-3456-7890', '••••-••••-7890'],
  ['+6281234567890', '+•••••••••7890'],
  ['21-11-2026 18.58', '21-11-2026 18.58'],
  ['2026-11-21 18:58', '2026-11-21 18:58'],
  ['KL-2611-0001-7', 'KL-2611-0001-7'],
])('%s is shown to passers-by as %s', (text, masked) => {
  expect(maskNumbers(text)).toBe(masked);
});
