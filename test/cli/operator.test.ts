import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAuditVerify } from '../../src/cli/audit.ts';
import {
  addOperator,
  disableOperator,
  enableOperator,
  listOperators,
  removeTotp,
  resetPassword,
  setRole,
} from '../../src/cli/operator.ts';
import { verifyPassword } from '../../src/handoff/accounts/passwords.ts';
import { createIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { memoryIo } from './memory-io.ts';

const NOW = Date.parse('2026-11-21T09:00:00+08:00');
let dir: string;
let store: Store;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'loket-operator-'));
  store = await openStore({ dataDir: dir, masterKey: new Uint8Array(32).fill(3) });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

function start() {
  const io = memoryIo();
  return { operators: store.operators, audit: store.audit, clock: { now: () => NOW }, ids: createIds(), io };
}

async function add(username: string): Promise<string> {
  const deps = start();
  await addOperator(deps, { username, name: undefined, role: 'operator' });
  return deps.io.out().trim();
}

async function get(username: string) {
  const operator = await store.operators.findByUsername(username);
  if (!operator) throw new Error(`no ${username}`);
  return operator;
}

async function openSession(operator: string) {
  const session = { tokenHash: 'hash', operator, csrf: 'c', createdAt: NOW, expiresAt: NOW + 1000 };
  await store.operators.openSession(session);
}

describe('operator add', () => {
  it('writes nothing but the one-time password to standard output, and it opens the account', async () => {
    const password = await add('siti');
    const operator = await get('siti');
    expect(password).toMatch(/^\S{10,}$/);
    expect(await verifyPassword(operator.passwordHash, password)).toBe(true);
    expect(operator).toMatchObject({
      name: 'siti',
      role: 'operator',
      mustChangePassword: true,
      disabled: false,
    });
  });

  it('refuses a name that is taken, an unknown role and a name that cannot be', async () => {
    await add('siti');
    await expect(add('SITI')).rejects.toThrow(/TAKEN/);
    await expect(add('a b')).rejects.toThrow(/INVALID_REQUEST: a username has/);
    const account = { username: 'budi', name: undefined, role: 'boss' };
    await expect(addOperator(start(), account)).rejects.toThrow(/role "boss" is not one of operator/);
    expect(await store.operators.list()).toHaveLength(1);
  });
});

describe('operator list', () => {
  it('shows who is there and in which state, without hashes', async () => {
    await add('siti');
    await add('budi');
    await store.operators.update({ ...(await get('siti')), lockedUntil: NOW + 1 });
    await disableOperator(start(), 'budi');
    const deps = start();
    await listOperators(deps, { json: true });
    expect(JSON.parse(deps.io.out())).toEqual(
      expect.arrayContaining([
        {
          username: 'siti',
          name: 'siti',
          role: 'operator',
          state: 'locked',
          totp: false,
          createdAt: '2026-11-21T01:00:00.000Z',
        },
        expect.objectContaining({ username: 'budi', state: 'disabled' }),
      ]),
    );
    expect(deps.io.out()).not.toContain('argon2');
  });
});

describe('operator disable', () => {
  it('shuts the account and ends its sessions', async () => {
    await add('siti');
    await openSession((await get('siti')).id);
    await disableOperator(start(), 'siti');
    expect((await get('siti')).disabled).toBe(true);
    expect(await store.operators.findSession('hash')).toBeUndefined();
  });

  it('names the account that is not there', async () => {
    await expect(disableOperator(start(), 'nobody')).rejects.toThrow(
      /NOT_FOUND: there is no operator "nobody"/,
    );
  });
});

describe('operator enable', () => {
  it('opens the account with the password it had', async () => {
    const password = await add('siti');
    await disableOperator(start(), 'siti');
    await enableOperator(start(), 'siti');
    const operator = await get('siti');
    expect(operator.disabled).toBe(false);
    expect(await verifyPassword(operator.passwordHash, password)).toBe(true);
  });
});

describe('operator role', () => {
  it('gives another role and ends the sessions that had the old one', async () => {
    await add('siti');
    await openSession((await get('siti')).id);
    await setRole(start(), 'siti', 'verifier');
    expect((await get('siti')).role).toBe('verifier');
    expect(await store.operators.findSession('hash')).toBeUndefined();
  });

  it('takes a role that there is, and an account that there is', async () => {
    await add('siti');
    await expect(setRole(start(), 'siti', 'boss')).rejects.toThrow(/INVALID_REQUEST: role "boss"/);
    await expect(setRole(start(), 'nobody', 'admin')).rejects.toThrow(/NOT_FOUND/);
  });

  it('is the way back when nobody may change accounts any more', async () => {
    await add('siti');
    await setRole(start(), 'siti', 'supervisor');
    await setRole(start(), 'siti', 'operator');
    expect((await get('siti')).role).toBe('operator');
  });
});

describe('operator totp-off', () => {
  it('takes the second factor away', async () => {
    await add('siti');
    await store.operators.update({ ...(await get('siti')), totp: { secret: 'GEZDGNBV', lastStep: 1 } });
    await removeTotp(start(), 'siti');
    expect((await get('siti')).totp).toBeUndefined();
    const [, last] = await store.audit.list({ limit: 10 });
    expect(last).toMatchObject({ actor: 'cli', action: 'operator.totp-off' });
  });
});

describe('operator reset-password', () => {
  it('gives a new one-time password, opens the account again and ends its sessions', async () => {
    const old = await add('siti');
    await openSession((await get('siti')).id);
    await store.operators.update({
      ...(await get('siti')),
      disabled: true,
      failures: 4,
      lockedUntil: NOW + 1,
      mustChangePassword: false,
    });
    const deps = start();
    await resetPassword(deps, 'siti');
    const operator = await get('siti');
    expect(operator).toMatchObject({
      disabled: false,
      failures: 0,
      lockedUntil: 0,
      mustChangePassword: true,
    });
    expect(await verifyPassword(operator.passwordHash, deps.io.out().trim())).toBe(true);
    expect(await verifyPassword(operator.passwordHash, old)).toBe(false);
    expect(await store.operators.findSession('hash')).toBeUndefined();
  });
});

describe('audit verify', () => {
  it('finds every change of accounts in a chain that holds', async () => {
    await add('siti');
    await resetPassword(start(), 'siti');
    await disableOperator(start(), 'siti');
    const io = memoryIo();
    expect(await runAuditVerify(store.audit, io)).toBe(true);
    expect(JSON.parse(io.out())).toEqual({ ok: true, entries: 3 });
    const actions = (await store.audit.list({ limit: 10 })).map(({ actor, action }) => `${actor} ${action}`);
    expect(actions).toEqual(['cli operator.add', 'cli operator.reset-password', 'cli operator.disable']);
  });

  it('is false, with the place, for a chain that is broken', async () => {
    const io = memoryIo();
    const audit = { ...store.audit, verify: async () => ({ ok: false as const, brokenAt: 7 }) };
    expect(await runAuditVerify(audit, io)).toBe(false);
    expect(JSON.parse(io.out())).toEqual({ ok: false, brokenAt: 7 });
  });
});
