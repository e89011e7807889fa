import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallFlows } from '../flows/small-flows.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'loket-cli-'));
  writeFileSync(join(dir, 'flows.yaml'), smallFlows());
});
afterAll(() => rmSync(dir, { recursive: true }));

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Starts the real command, as a person would, in a directory of its own. */
function loket(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<Ran> {
  const path = `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`;
  const child = spawn(CLI, args, { cwd: dir, env: { PATH: path, ...options.env } });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    ran.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    ran.err += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ran, code }));
  });
}

describe('npx loket', () => {
  it('can be started as a program', () => {
    accessSync(CLI, constants.X_OK);
  });

  it.each([[[]], [['flows', 'check']]])('helps with %j', async (command) => {
    const ran = await loket([...command, '--help']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^Usage: loket/);
    expect(ran.err).toBe('');
  });

  it('refuses an unknown command and says what was meant', async () => {
    const ran = await loket(['flws']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/unknown command 'flws'\n\(Did you mean flows\?\)/);
  });

  it('checks the flows.yaml where it is started, and exits with 0', async () => {
    const ran = await loket(['flows', 'check']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^texts\.welcome +long +1 /m);
  });

  it('exits with 1 for a file with mistakes', async () => {
    writeFileSync(join(dir, 'bad.yaml'), 'languages: [id]\nfaq: {\n');
    const ran = await loket(['flows', 'check', 'bad.yaml']);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^bad\.yaml:2:6: not valid YAML/);
  });

  it('takes a year after `calendar` as it is', async () => {
    const ran = await loket(['calendar', '2027']);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('{ date: 2027-12-25, kind: national, reason: { id: Hari Raya Natal');
  });

  it('tells a fault in one line, without a stack', async () => {
    const ran = await loket(['flows', 'list'], { env: { FLOWS_FILE: 'none.yaml' } });
    expect(ran).toEqual({ code: 1, out: '', err: 'loket: NOT_FOUND: cannot read none.yaml (ENOENT)\n' });
  });

  it('tells of every wrong setting where it needs them', async () => {
    const ran = await loket(['operator', 'list'], { env: { PORT: 'x', ROLES: 'y' } });
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/CONFIG_INVALID: 2 settings are wrong:\n {2}PORT .*\n {2}ROLES .*\n$/);
  });

  it('parses answers line by line', async () => {
    const ran = await loket(['parse', 'yes-no'], { input: 'iya\n\nentah' });
    expect(ran.code).toBe(0);
    expect(ran.out.trim().split('\n')).toHaveLength(3);
    expect(JSON.parse(ran.out.split('\n')[0] ?? '')).toEqual({ ok: true, value: true, warnings: [] });
  });

  it('makes an account in the data directory and finds it again', async () => {
    const added = await loket(['operator', 'add', 'siti', '--name', 'Siti N', '--role', 'verifier']);
    expect(added.code).toBe(0);
    const listed = await loket(['operator', 'list']);
    expect(listed.out).toMatch(/^siti +verifier +active +no +\S+ +Siti N$/m);
  });
});
