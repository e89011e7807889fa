import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Permission, permissionsOf } from '../../src/handoff/accounts/roles.ts';
import { ROLES } from '../../src/handoff/schemas/accounts.ts';
import { type Counter, openCounter } from './counter.ts';

type Role = (typeof ROLES)[number];
type Access = 'anyone' | 'signed' | Permission;
interface Call {
  method: string;
  path: string;
  access: Access;
}

let counter: Counter;
let calls: Call[];
beforeAll(async () => {
  counter = await openCounter();
  for (const role of ROLES) await counter.addOperator(role, { role });
  const { body } = await counter.browser().get('/api/openapi.json');
  calls = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      access: (described as unknown as { 'x-access': Access })['x-access'],
    })),
  );
});
afterAll(() => counter.close());

const nameOf = ({ method, path }: Call) => `${method} ${path}`;

/** What becomes of a call whose id nobody has and whose body says nothing. */
async function tryCall({ method, path }: Call, headers: { [name: string]: string }) {
  const response = await fetch(`${counter.url}/api${path.replace('{id}', 'forged')}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { body: '{}' } : {}),
  });
  const code = async () => ((await response.json()) as { error?: { code: string } }).error?.code;
  const isJson = response.headers.get('content-type')?.includes('json');
  const answer = { status: response.status, code: isJson ? await code() : undefined };
  await response.body?.cancel().catch(() => {});
  return answer;
}

async function headersOf(role: Role) {
  const browser = await counter.login(role);
  const { body } = await browser.get('/api/me');
  return { cookie: browser.cookie(), 'x-csrf-token': body.csrf };
}

/** Which calls the server lets this role make, by trying all of them. */
async function passedBy(role: Role): Promise<string[]> {
  const passed: string[] = [];
  for (const call of calls) {
    // A session for each: one of the calls logs out.
    const { status, code } = await tryCall(call, await headersOf(role));
    expect(status, nameOf(call)).not.toBe(401);
    expect(status, nameOf(call)).toBeLessThan(500);
    if (code === 'FORBIDDEN') expect(status).toBe(403);
    else passed.push(nameOf(call));
  }
  return passed;
}

const OWN_ACCOUNT = [
  'DELETE /session',
  'GET /me',
  'POST /password',
  'POST /session',
  'POST /totp',
  'POST /totp/confirm',
  'POST /totp/remove',
];
const FOR_ALL = [...OWN_ACCOUNT, 'GET /events', 'GET /notices'];

describe('the walls between roles', () => {
  test.each(ROLES)(
    'let an account of role %s through where its permissions say so, and nowhere else',
    async (role) => {
      const may = new Set<Access>(['anyone', 'signed', ...permissionsOf(role)]);
      const expected = calls.filter(({ access }) => may.has(access)).map(nameOf);
      expect((await passedBy(role)).sort()).toEqual(expected.sort());
    },
  );

  test('show an auditor the audit log and nothing of any citizen', async () => {
    const expected = [...FOR_ALL, 'GET /audit', 'GET /audit/check'];
    expect((await passedBy('auditor')).sort()).toEqual(expected.sort());
  });

  test('keep an administrator from chats, requests, files and statistics', async () => {
    const passed = await passedBy('admin');
    expect(
      passed.filter((name) => / \/(conv|inbox|closed|search|files|requests|stat|filers)/.test(name)),
    ).toEqual([]);
    expect(passed).toEqual(expect.arrayContaining(['GET /operators', 'POST /notices', 'GET /undelivered']));
  });

  test('let an operator neither supervise nor look into the log, the accounts or what was given up', async () => {
    const passed = await passedBy('operator');
    expect(passed.filter((name) => /audit|statistics|filers|operators|undelivered/.test(name))).toEqual([]);
    expect(passed).not.toContain('POST /notices');
  });

  test('let nobody through who is not logged in, or whose page is not ours', async () => {
    const { cookie } = await headersOf('supervisor');
    for (const call of calls.filter(({ access }) => access !== 'anyone')) {
      expect(await tryCall(call, {}), nameOf(call)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
      if (call.method === 'GET') continue;
      expect(await tryCall(call, { cookie }), nameOf(call)).toEqual({ status: 403, code: 'CSRF' });
    }
  });

  test('let nobody through whose password was given for once, but to change it', async () => {
    await counter.addOperator('baru', { role: 'supervisor', mustChangePassword: true });
    const browser = await counter.login('baru');
    const { body } = await browser.get('/api/me');
    const headers = { cookie: browser.cookie(), 'x-csrf-token': body.csrf };
    for (const call of calls.filter(({ access }) => access !== 'anyone' && access !== 'signed'))
      expect(await tryCall(call, headers), nameOf(call)).toEqual({
        status: 403,
        code: 'PASSWORD_CHANGE_NEEDED',
      });
  });
});
