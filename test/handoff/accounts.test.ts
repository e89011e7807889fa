import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOneTimePassword, ensureFirstOperator } from '../../src/handoff/accounts/first-operator.ts';
import { hashPassword, verifyPassword } from '../../src/handoff/accounts/passwords.ts';
import { createIds } from '../../src/ids.ts';
import type { Store } from '../../src/store/open.ts';
import { openTempStore } from '../store/temp-store.ts';
import { type Counter, openCounter, PASSWORD, START } from './counter.ts';

const MINUTE = 60_000;
const ids = createIds();

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
  await counter.addOperator('siti');
});
afterEach(() => counter.close());

const tryLogin = async (username: string, password: string) =>
  counter.browser().post('/api/session', { username, password });
const failTimes = async (times: number) => {
  for (let i = 0; i < times; i += 1) await tryLogin('siti', 'wrong password');
};

describe('logging in', () => {
  test('opens a session whose cookie no script can read and no other site can send', async () => {
    const answer = await tryLogin('siti', PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      operator: { username: 'siti', role: 'operator' },
      mustChangePassword: false,
    });
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    expect(answer.headers.get('set-cookie')).not.toMatch(/Secure/);
    expect(answer.text).not.toContain('argon2');
  });

  test('takes the username in any case', async () => {
    expect((await tryLogin('SITI', PASSWORD)).status).toBe(200);
  });

  test('marks the cookie Secure when the public address is https', async () => {
    const safe = await openCounter({ publicUrl: 'https://loket.example' });
    await safe.addOperator('siti');
    const answer = await safe.browser().post('/api/session', { username: 'siti', password: PASSWORD });
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure/);
    await safe.close();
  });

  test('answers the same for a wrong password, an unknown, a disabled and a locked account', async () => {
    await counter.addOperator('budi', { disabled: true });
    await counter.addOperator('lina', { lockedUntil: START + MINUTE });
    const answers = await Promise.all([
      tryLogin('siti', 'wrong password'),
      tryLogin('nobody', PASSWORD),
      tryLogin('budi', PASSWORD),
      tryLogin('lina', PASSWORD),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  });

  test('takes as long for an unknown name as for a wrong password', async () => {
    const measure = async (username: string) => {
      const times: number[] = [];
      for (let i = 0; i < 5; i += 1) {
        const from = performance.now();
        await tryLogin(username, 'wrong password');
        times.push(performance.now() - from);
      }
      return Math.min(...times);
    };
    await counter.addOperator('rahmat');
    const [unknown, known] = [await measure('nobody'), await measure('rahmat')];
    expect(unknown).toBeGreaterThan(known * 0.4);
  });

  test('shuts the account for 15 minutes after 5 failures, even to the right password', async () => {
    await failTimes(5);
    expect((await tryLogin('siti', PASSWORD)).status).toBe(401);
    counter.wait(15 * MINUTE - 1);
    expect((await tryLogin('siti', PASSWORD)).status).toBe(401);
    counter.wait(1);
    expect((await tryLogin('siti', PASSWORD)).status).toBe(200);
  });

  test('counts failures in a row only', async () => {
    await failTimes(4);
    expect((await tryLogin('siti', PASSWORD)).status).toBe(200);
    await failTimes(4);
    expect((await tryLogin('siti', PASSWORD)).status).toBe(200);
  });

  test('cannot be outrun by guessing in parallel', async () => {
    await Promise.all(Array.from({ length: 5 }, () => tryLogin('siti', 'wrong password')));
    expect((await tryLogin('siti', PASSWORD)).status).toBe(401);
  });

  test('is refused as busy rather than queued without end', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => tryLogin('nobody', 'wrong password')));
    expect(answers.some((answer) => answer.status === 429)).toBe(true);
  });

  test('leaves a line in the audit log without the password or the name that was typed', async () => {
    await tryLogin('siti', PASSWORD);
    await tryLogin('3273011203900001', 'wrong password');
    expect(await counter.actions()).toEqual(['login', 'login.refused']);
    const entries = await counter.audited();
    expect(entries[0]).toMatchObject({ actor: 'op-siti', subject: 'op-siti' });
    expect(JSON.stringify(entries)).not.toMatch(/3273011203900001|wrong password/);
  });

  test('takes JSON only, so that a form of another site cannot log anybody in', async () => {
    const response = await fetch(`${counter.url}/api/session`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'siti', password: PASSWORD }),
    });
    expect(response.status).toBe(400);
  });
});

describe('a session', () => {
  test('lasts 12 hours', async () => {
    const siti = await counter.login('siti');
    counter.wait(12 * 60 * MINUTE - 1);
    expect((await siti.get('/api/me')).status).toBe(200);
    counter.wait(1);
    expect((await siti.get('/api/me')).status).toBe(401);
  });

  test('ends with logging out, and its cookie is worth nothing afterwards', async () => {
    const siti = await counter.login('siti');
    const cookie = siti.cookie();
    expect((await siti.delete('/api/session')).status).toBe(204);
    const answer = await counter.browser().ask('GET', '/api/me', undefined, { cookie });
    expect(answer.status).toBe(401);
  });

  test('ends at once when the operator is disabled', async () => {
    const siti = await counter.login('siti');
    const operator = await counter.operators.find('op-siti');
    if (operator) await counter.operators.update({ ...operator, disabled: true });
    expect((await siti.get('/api/inbox')).status).toBe(401);
  });

  test('is stored by a keyed hash of its token only', async () => {
    const siti = await counter.login('siti');
    const token = siti.cookie().split('=')[1] ?? '';
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(await counter.operators.findSession(token)).toBeUndefined();
    expect((await siti.get('/api/me')).status).toBe(200);
  });

  test('changes nothing without its CSRF token', async () => {
    const siti = await counter.login('siti');
    for (const token of ['', 'x'.repeat(43)]) {
      const answer = await siti.post('/api/conversations/a/claim', undefined, { 'x-csrf-token': token });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'CSRF' } } });
    }
  });
});

describe('the password', () => {
  const change = { old: PASSWORD, new: 'loket-sore-hari-91' };

  test('that was given for once must be changed before anything else', async () => {
    await counter.addOperator('baru', { mustChangePassword: true });
    const baru = await counter.login('baru');
    const refused = await baru.get('/api/inbox');
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'PASSWORD_CHANGE_NEEDED' } } });
    const changed = await baru.post('/api/password', change);
    expect(changed).toMatchObject({ status: 200, body: { mustChangePassword: false } });
    expect((await baru.get('/api/inbox')).status).toBe(200);
    expect((await tryLogin('baru', PASSWORD)).status).toBe(401);
    expect((await tryLogin('baru', change.new)).status).toBe(200);
  });

  test('ends all other sessions when it changes', async () => {
    const [here, there] = [await counter.login('siti'), await counter.login('siti')];
    await here.post('/api/password', change);
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await here.get('/api/me')).status).toBe(200);
  });

  test.each([
    ['too short', 'a1b2c3d4e'],
    ['the old one', PASSWORD],
    ['one letter over and over', 'aaaaaaaaaaaaaaa'],
  ])('is refused when it is %s', async (_why, password) => {
    const siti = await counter.login('siti');
    const answer = await siti.post('/api/password', { old: PASSWORD, new: password });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'WEAK_PASSWORD' } } });
  });

  test('does not change without the old one, and wrong ones count towards the lock', async () => {
    const siti = await counter.login('siti');
    for (let i = 0; i < 5; i += 1) {
      expect((await siti.post('/api/password', { ...change, old: 'wrong password' })).status).toBe(401);
    }
    expect((await siti.post('/api/password', change)).status).toBe(401);
    expect((await tryLogin('siti', PASSWORD)).status).toBe(401);
  });

  test('is kept as argon2id with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword('same words'), hashPassword('same words')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, 'same words')).toBe(true);
    expect(await verifyPassword(one, 'other words')).toBe(false);
    expect(await verifyPassword('not a hash', 'same words')).toBe(false);
  });
});

describe('the first start', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openTempStore();
  });
  afterEach(() => store.close());
  const start = () =>
    ensureFirstOperator(store.operators, { clock: { now: () => START }, audit: store.audit, ids });

  test('makes a supervisor, who may do all of it, whose password works once and must be changed', async () => {
    const first = await start();
    const admin = await store.operators.findByUsername('admin');
    expect(first).toMatchObject({ username: 'admin' });
    expect(admin).toMatchObject({ name: 'Admin', role: 'supervisor', mustChangePassword: true });
    expect(await verifyPassword(admin?.passwordHash ?? '', first?.password ?? '')).toBe(true);
  });

  test('makes none when there is an operator', async () => {
    await start();
    expect(await start()).toBeUndefined();
  });

  test('makes only one when two processes start together', async () => {
    const made = await Promise.all([start(), start()]);
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  test('makes passwords that are easy to type and never the same', () => {
    const made = Array.from({ length: 200 }, () => createOneTimePassword(ids));
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(password).toMatch(/^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
  });
});
