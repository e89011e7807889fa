import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { permissionsOf } from '../../src/handoff/accounts/roles.ts';
import { createStaff } from '../../src/handoff/accounts/staff.ts';
import { createAccountTurns } from '../../src/handoff/accounts/turns.ts';
import type { Account, Accounts } from '../../src/handoff/schemas/accounts.ts';
import { createIds } from '../../src/ids.ts';
import { type Counter, type createBrowser, openCounter, PASSWORD, START } from './counter.ts';

let counter: Counter;
let rina: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await counter.addOperator('rina', { role: 'supervisor' });
  rina = await counter.login('rina');
});
afterEach(() => counter.close());

interface Reset {
  account: Account;
  password: string;
}
const read = <T>(answer: { text: string }) => JSON.parse(answer.text) as T;
const login = (username: string, password: string) =>
  counter.browser().post('/api/session', { username, password });
const list = async () => read<Accounts>(await rina.get('/api/operators')).accounts;
const newAccount = { username: 'budi', name: 'Budi Santoso', role: 'verifier' };
const NOT_POSSIBLE = { status: 409, body: { error: { code: 'NOT_POSSIBLE' } } };

describe('who is logged in', () => {
  test('is told what their role may do, and what the office has ready', async () => {
    const { body } = await rina.get('/api/me');
    expect(body.permissions).toEqual([...permissionsOf('supervisor')]);
    expect(body.operator.hasTotp).toBe(false);
    expect(body.office).toMatchObject({
      timeZone: 'Asia/Makassar',
      replies: [],
      templates: [],
      services: [],
    });
  });
});

describe('a new account', () => {
  test('opens with its one-time password, which must be changed first', async () => {
    const { account, password } = read<Reset>(await rina.post('/api/operators', newAccount));
    expect(account).toMatchObject({ username: 'budi', role: 'verifier', mustChangePassword: true });
    const budi = counter.browser();
    const entered = await budi.post('/api/session', { username: 'budi', password });
    expect(entered).toMatchObject({ status: 200, body: { mustChangePassword: true } });
    expect((await budi.get('/api/inbox')).body.error.code).toBe('PASSWORD_CHANGE_NEEDED');
  });

  test('needs a username that is free and can be typed, and a role that there is', async () => {
    await rina.post('/api/operators', newAccount);
    const again = await rina.post('/api/operators', { ...newAccount, username: 'BUDI' });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'USERNAME_TAKEN' } } });
    for (const wrong of [{ username: 'b b' }, { role: 'boss' }, { name: '' }])
      expect((await rina.post('/api/operators', { ...newAccount, ...wrong })).status).toBe(400);
    expect(await list()).toHaveLength(2);
  });

  test('leaves a line in the audit log, with the role and no name', async () => {
    const { account } = read<Reset>(await rina.post('/api/operators', newAccount));
    expect((await counter.audited()).at(-1)).toMatchObject({
      actor: 'op-rina',
      action: 'operator.add',
      subject: account.id,
      details: { role: 'verifier' },
    });
  });
});

describe('the list of accounts', () => {
  test('tells who is locked, and neither hash nor secret', async () => {
    const totp = { secret: 'GEZDGNBVGY3TQOJQ', lastStep: 1 };
    await counter.addOperator('siti', { lockedUntil: START + 1, totp });
    await counter.addOperator('tono', { lockedUntil: START });
    const answer = await rina.get('/api/operators');
    const [, siti, tono] = read<Accounts>(answer).accounts;
    expect(siti).toMatchObject({ username: 'siti', lockedUntil: START + 1, hasTotp: true });
    expect(tono).toMatchObject({ username: 'tono', lockedUntil: null, hasTotp: false });
    expect(answer.text).not.toMatch(/argon2|GEZDGNBV/);
  });
});

describe('a change of an account', () => {
  beforeEach(async () => {
    await counter.addOperator('siti', { totp: { secret: 'GEZDGNBVGY3TQOJQ', lastStep: 1 } });
  });
  const change = (body: object, id = 'op-siti') => rina.post(`/api/operators/${id}`, body);

  test('of the role counts at once, and logs out what had the old one', async () => {
    const siti = await counter.login('siti');
    expect(read<Account>(await change({ role: 'auditor' })).role).toBe('auditor');
    expect((await siti.get('/api/me')).status).toBe(401);
    const auditor = await counter.login('siti');
    expect((await auditor.get('/api/inbox')).status).toBe(403);
    expect((await counter.audited()).at(-1)).toMatchObject({
      action: 'operator.role',
      details: { from: 'operator', to: 'auditor' },
    });
  });

  test('shuts it and opens it again', async () => {
    const siti = await counter.login('siti');
    await change({ disabled: true, totp: false });
    expect((await siti.get('/api/me')).status).toBe(401);
    expect((await login('siti', PASSWORD)).status).toBe(401);
    await change({ disabled: false });
    expect((await login('siti', PASSWORD)).status).toBe(200);
  });

  test('of the name leaves the session as it is', async () => {
    const siti = await counter.login('siti');
    await change({ name: 'Siti Aminah' });
    expect((await siti.get('/api/me')).body.operator.name).toBe('Siti Aminah');
  });

  test('takes a lost second factor away, once and audited', async () => {
    expect(read<Account>(await change({ totp: false })).hasTotp).toBe(false);
    expect((await login('siti', PASSWORD)).status).toBe(200);
    await change({ totp: false });
    const actions = await counter.actions();
    expect(actions.filter((action) => action === 'operator.totp-off')).toHaveLength(1);
  });

  test('that changes nothing leaves no line', async () => {
    await change({ role: 'operator', disabled: false });
    expect(await counter.actions()).toEqual([]);
  });

  test('is not for an id that nobody has', async () => {
    const unknown = { status: 404, body: { error: { code: 'NOT_FOUND' } } };
    expect(await change({ disabled: true }, 'nobody')).toMatchObject(unknown);
    expect(await rina.post('/api/operators/nobody/password')).toMatchObject(unknown);
    expect(await counter.actions()).toEqual([]);
  });

  test('is not possible to oneself, but for the name', async () => {
    for (const body of [{ role: 'operator' }, { disabled: true }])
      expect(await change(body, 'op-rina')).toMatchObject(NOT_POSSIBLE);
    expect(await rina.post('/api/operators/op-rina/password')).toMatchObject(NOT_POSSIBLE);
    expect((await change({ name: 'Rina W' }, 'op-rina')).status).toBe(200);
  });

  test('leaves one who may change accounts, also when two shut each other at the same moment', async () => {
    await counter.addOperator('adi', { role: 'admin' });
    const { operators, audit } = counter.store;
    const clock = { now: () => START };
    // Without the API, whose check of the session may be the faster one.
    const staff = createStaff({ operators, audit, clock, ids: createIds(), turns: createAccountTurns() });
    const results = await Promise.all([
      staff.change('op-adi', { disabled: true }, 'op-rina'),
      staff.change('op-rina', { role: 'operator' }, 'op-adi'),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    const left = (await counter.operators.list()).filter(
      ({ role, disabled }) => !disabled && permissionsOf(role).includes('accounts'),
    );
    expect(left.length).toBe(1);
  });
});

describe('a reset password', () => {
  test('is a one-time password that ends sessions and the lock', async () => {
    await counter.addOperator('siti', { lockedUntil: START + 1000, failures: 3 });
    const siti = await counter.login('siti');
    const { password, account } = read<Reset>(await rina.post('/api/operators/op-siti/password'));
    expect(account).toMatchObject({ lockedUntil: null, mustChangePassword: true });
    expect((await siti.get('/api/me')).status).toBe(401);
    expect((await login('siti', PASSWORD)).status).toBe(401);
    expect((await login('siti', password)).status).toBe(200);
    expect(JSON.stringify(await counter.audited())).not.toContain(password);
  });

  test('does not open an account that is shut', async () => {
    await counter.addOperator('siti', { disabled: true });
    const { password } = read<Reset>(await rina.post('/api/operators/op-siti/password'));
    expect((await login('siti', password)).status).toBe(401);
  });
});
