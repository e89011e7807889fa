import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSecret, findStep } from '../../src/handoff/accounts/totp.ts';
import type { Totp } from '../../src/handoff/schemas/accounts.ts';
import { type Counter, type createBrowser, openCounter, PASSWORD, START } from './counter.ts';

const MINUTE = 60_000;
const STEP = 30_000;

describe('a code', () => {
  // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
  const secret = Secret.fromUTF8('12345678901234567890').base32;
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('of second %i is that of RFC 6238', (seconds, code) => {
    expect(findStep({ secret, lastStep: 0 }, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test('is good one step earlier and later, and no longer', () => {
    const at = (now: number) => findStep({ secret, lastStep: 0 }, '005924', now) !== undefined;
    const begin = 41152263 * STEP;
    expect(at(begin - STEP)).toBe(true);
    expect(at(begin + 2 * STEP - 1)).toBe(true);
    expect(at(begin - STEP - 1)).toBe(false);
    expect(at(begin + 2 * STEP)).toBe(false);
  });

  test('is taken once: not again, and not one of an earlier step', () => {
    const now = 1234567890_000;
    const step = findStep({ secret, lastStep: 0 }, '005924', now) ?? 0;
    expect(findStep({ secret, lastStep: step }, '005924', now)).toBeUndefined();
    expect(findStep({ secret, lastStep: step + 1 }, '005924', now)).toBeUndefined();
  });

  test('comes with an address and a drawing that authenticators read', () => {
    const { uri, qr } = describeSecret(secret, { issuer: 'Dinas Contoh', label: 'siti' });
    expect(uri).toMatch(/^otpauth:\/\/totp\/Dinas%20Contoh:siti\?/);
    expect(uri).toContain(`secret=${secret}`);
    expect(qr.path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
    // The finder pattern of the upper left corner, behind four modules of white.
    expect(qr.path.startsWith('M4 4h7v1h-7z')).toBe(true);
    expect(qr.size).toBeGreaterThan(33);
  });
});

describe('the second factor', () => {
  let counter: Counter;
  let siti: ReturnType<typeof createBrowser>;
  let now = START;
  beforeEach(async () => {
    now = START;
    counter = await openCounter();
    await counter.addOperator('siti');
    siti = await counter.login('siti');
  });
  afterEach(() => counter.close());

  const wait = (ms: number) => {
    now += ms;
    counter.wait(ms);
  };
  const codeOf = (secret: string) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now });
  const login = (more: object = {}, password = PASSWORD) =>
    counter.browser().post('/api/session', { username: 'siti', password, ...more });
  const begin = async () => JSON.parse((await siti.post('/api/totp', { password: PASSWORD })).text) as Totp;
  /** Sets it up and waits until its code may be used again. */
  const setUp = async () => {
    const { secret } = await begin();
    const answer = await siti.post('/api/totp/confirm', { secret, code: codeOf(secret) });
    expect(answer).toMatchObject({ status: 200, body: { operator: { hasTotp: true } } });
    wait(STEP);
    return secret;
  };

  test('is in force once a code has confirmed it, and not before', async () => {
    const { secret } = await begin();
    expect((await login()).status).toBe(200);
    expect(await siti.post('/api/totp/confirm', { secret, code: '000000' })).toMatchObject({
      status: 400,
      body: { error: { code: 'BAD_CODE' } },
    });
    await siti.post('/api/totp/confirm', { secret, code: codeOf(secret) });
    expect(await login()).toMatchObject({ status: 401, body: { error: { code: 'CODE_NEEDED' } } });
  });

  test('is asked for after the right password only, and asking is no failure', async () => {
    const secret = await setUp();
    for (let i = 0; i < 6; i += 1) expect((await login()).body.error.code).toBe('CODE_NEEDED');
    expect((await login({}, 'wrong password')).body.error.code).toBe('BAD_LOGIN');
    expect((await login({ code: codeOf(secret) })).status).toBe(200);
  });

  test('takes each code once, and the next one after it', async () => {
    const secret = await setUp();
    const code = codeOf(secret);
    const answers = await Promise.all([login({ code }), login({ code })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    wait(STEP);
    expect((await login({ code: codeOf(secret) })).status).toBe(200);
  });

  test('counts wrong codes towards the lock', async () => {
    const secret = await setUp();
    for (let i = 0; i < 5; i += 1)
      expect((await login({ code: '000000' })).body.error.code).toBe('BAD_LOGIN');
    expect((await login({ code: codeOf(secret) })).body.error.code).toBe('BAD_LOGIN');
    wait(15 * MINUTE);
    expect((await login({ code: codeOf(secret) })).status).toBe(200);
  });

  test('needs the password to begin and to end', async () => {
    expect((await siti.post('/api/totp', { password: 'wrong password' })).status).toBe(401);
    await setUp();
    expect((await siti.post('/api/totp/remove', { password: 'wrong password' })).status).toBe(401);
    expect((await login()).status).toBe(401);
    const removed = await siti.post('/api/totp/remove', { password: PASSWORD });
    expect(removed.body.operator.hasTotp).toBe(false);
    expect((await login()).status).toBe(200);
    expect(await counter.actions()).toEqual(expect.arrayContaining(['totp.set', 'totp.remove']));
  });

  test('takes no secret that this session was not given', async () => {
    const foreign = new Secret().base32;
    const refused = { status: 400, body: { error: { code: 'INVALID_REQUEST' } } };
    const confirm = (secret: string) => siti.post('/api/totp/confirm', { secret, code: codeOf(secret) });
    expect(await confirm(foreign)).toMatchObject(refused);
    expect(await siti.post('/api/totp/confirm', { secret: '1!', code: '000000' })).toMatchObject(refused);
    const { secret } = await begin();
    siti = await counter.login('siti');
    expect(await confirm(secret)).toMatchObject(refused);
  });

  test('is set once: another needs the old one taken away', async () => {
    const { secret } = await begin();
    await setUp();
    expect((await siti.post('/api/totp', { password: PASSWORD })).status).toBe(409);
    expect((await siti.post('/api/totp/confirm', { secret, code: codeOf(secret) })).status).toBe(409);
  });

  test('never shows its secret again, nor writes it into log or audit', async () => {
    const secret = await setUp();
    const seen = [(await siti.get('/api/me')).text, (await login({ code: codeOf(secret) })).text];
    expect([...seen, JSON.stringify(await counter.audited()), ...counter.logged].join()).not.toContain(
      secret,
    );
  });
});
