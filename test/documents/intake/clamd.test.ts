import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createClamd } from '../../../src/documents/intake/clamd.ts';
import { createInspector } from '../../../src/documents/intake/inspection.ts';
import { describeWith } from '../../services.ts';
import { jpeg, pdf } from '../samples.ts';

/** The test string that every scanner knows (eicar.org), in halves: scanners of development machines read this file too. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const log = pino({ level: 'silent' });
const dir = mkdtempSync(join(tmpdir(), 'loket-clamd-'));
afterAll(() => rmSync(dir, { recursive: true }));

describeWith('clamd', 'with ClamAV', () => {
  const path = join(dir, 'clamd.ctl');
  const clamd = createClamd({ path });
  const inspector = createInspector({ clamd: { path }, log });
  let daemon: ChildProcess;
  beforeAll(async () => {
    // A database of our own: one signature that finds the test string anywhere in a file of any type (0).
    writeFileSync(join(dir, 'own.ndb'), `Loket.Test:0:*:${Buffer.from(EICAR).toString('hex')}\n`);
    const settings = [
      'Foreground yes',
      `LocalSocket ${path}`,
      `DatabaseDirectory ${dir}`,
      'StreamMaxLength 1M',
    ];
    writeFileSync(join(dir, 'clamd.conf'), `${settings.join('\n')}\n`);
    daemon = spawn('clamd', ['--config-file', join(dir, 'clamd.conf')], { stdio: 'ignore' });
    await vi.waitFor(() => clamd.ping(), { timeout: 50_000, interval: 100 });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGKILL');
    await ended;
    await inspector.close();
  });

  test('a file with a virus is refused, whatever else it is', async () => {
    const photo = Buffer.concat([jpeg(), Buffer.from(EICAR)]);
    const paper = pdf({
      more: [`(${EICAR.replace(/[()\\]/g, '\\$&')})`, `<</Length 68>>stream\n${EICAR}\nendstream`],
    });
    expect(await inspector.inspect(photo)).toEqual({ ok: false, reason: 'virus' });
    expect(await inspector.inspect(paper, { asDocument: false })).toEqual({ ok: false, reason: 'virus' });
  });

  test('a clean file is taken, and a PDF keeps every byte', async () => {
    expect(await inspector.inspect(jpeg(600_000))).toMatchObject({ ok: true, kind: 'image' });
    const found = await inspector.inspect(pdf());
    expect(found.ok && Buffer.from(found.bytes).equals(pdf())).toBe(true);
    await inspector.ping();
  });

  test('what the scanner does not take is no verdict', async () => {
    await expect(clamd.hasVirus(Buffer.alloc(3_000_000))).rejects.toMatchObject({
      code: 'REMOTE_UNAVAILABLE',
      retry: true,
    });
  });
});

describe('a scanner that is away', () => {
  test('lets nothing through and refuses nothing: it is asked again later', async () => {
    const inspector = createInspector({ clamd: { path: join(dir, 'nobody') }, log });
    await expect(inspector.inspect(jpeg())).rejects.toMatchObject({
      code: 'REMOTE_UNAVAILABLE',
      retry: true,
    });
    await expect(inspector.ping()).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
    expect(await inspector.inspect(Buffer.from('no photo'))).toEqual({ ok: false, reason: 'type' });
    await inspector.close();
  });

  test.each([
    ['hangs up', ''],
    ['speaks of something else', 'HTTP/1.1 400 Bad Request'],
  ])('is not believed when it %s', async (_what, words) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume().end(words);
    });
    const path = join(dir, `odd-${words.length}`);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await expect(createClamd({ path }).hasVirus(jpeg())).rejects.toMatchObject({ retry: true });
    await new Promise((resolve) => server.close(resolve));
  });
});
