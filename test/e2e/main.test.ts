/** The program itself, as an admin starts and stops it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhone } from './phone.ts';
import { endedService, type ServiceProcess, startService, temporaryDir } from './service-process.ts';

const PASSWORD = /\b[2-9a-z]{4}(?:-[2-9a-z]{4}){3}\b/;
const LIMIT = { timeout: 60_000 };

/** Someone whose words must not be found anywhere in clear. */
const CITIZEN = {
  phone: '+6281298765432',
  name: 'Wulandari Kusumaningtyas',
  nik: '6408044203950007',
  kk: '6408041203150023',
  reachedAt: '081377788899',
  loose: 'dompet saya jatuh di pasar sengkotek',
};

describe('a service that runs', () => {
  const data = temporaryDir();
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startService({ DATA_DIR: data.dir });
  }, LIMIT.timeout);
  afterAll(async () => {
    await service.kill();
    data.remove();
  });

  it('lives, is ready, and counts', async () => {
    expect(await (await fetch(`${service.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${service.url}/readyz`)).json()).toMatchObject({
      status: 'ready',
      failed: [],
    });
    const metrics = await fetch(`${service.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('loket_effects_pending 0');
  });

  it('answers an unknown address with JSON to programs and a page to people', async () => {
    const json = await fetch(`${service.url}/nothing/here`, { headers: { Accept: 'application/json' } });
    expect(json.status).toBe(404);
    expect(await json.json()).toEqual({ error: { code: 'NOT_FOUND' } });
    const page = await fetch(`${service.url}/nothing/here`, { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toMatch(/<html/);
  });

  it('refuses a second process on the same data, and goes on itself', LIMIT, async () => {
    const second = await endedService({ DATA_DIR: data.dir });
    expect(second.code).toBe(1);
    expect(second.err).toContain('Loket cannot start: ');
    expect(second.err).toContain('DATA_DIR');
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  });

  it('keeps what citizens write out of its logs and out of every file in clear', LIMIT, async () => {
    const phone = createPhone(service.url, 'whatsapp', CITIZEN.phone);
    await phone.dialogue(['halo', 'ktp hilang', 'setuju', 'hilang', CITIZEN.name, CITIZEN.nik, CITIZEN.kk]);
    // One line that is not understood, one that goes to a person: both make the service say more in its logs.
    await phone.dialogue([CITIZEN.loose]);
    await phone.dialogue([CITIZEN.reachedAt, 'loket', 'loket', 'ya', '1']);
    await phone.say('petugas');
    await phone.until(({ state }) => state.status === 'handoff', 'a person');
    await phone.say(`${CITIZEN.loose} lagi`);
    await phone.until(({ messages }) => messages.at(-1)?.text.includes('lagi') === true, 'the message');

    const secrets = [
      CITIZEN.name,
      CITIZEN.nik,
      CITIZEN.kk,
      CITIZEN.phone.slice(3),
      '81377788899',
      'sengkotek',
    ];
    const kept = filesBelow(data.dir).map((file) => readFileSync(file, 'latin1'));
    expect(kept.join('').length).toBeGreaterThan(10_000);
    for (const secret of secrets) {
      expect(service.out() + service.err()).not.toContain(secret);
      expect(kept.filter((text) => text.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
    }
  });

  it('says the first password once, not in its log, and never again', LIMIT, async () => {
    expect(service.err().match(new RegExp(PASSWORD, 'g'))).toHaveLength(1);
    expect(service.out()).not.toMatch(PASSWORD);
    expect(await service.stop()).toBe(0);
    service = await startService({ DATA_DIR: data.dir });
    expect(service.err() + service.out()).not.toMatch(PASSWORD);
  });

  it('stops in good order while requests are under way: what it accepted is kept', LIMIT, async () => {
    const slow = slowMessage(service.url, '+6281200000077');
    await slow.isBegun;
    const phones = Array.from({ length: 30 }, (_, i) => `+62812000001${i + 10}`);
    const said = phones.map((from) =>
      createPhone(service.url, 'sms', from)
        .say('halo')
        .then(
          () => from,
          () => undefined,
        ),
    );
    await said[0];
    const stopped = service.stop();
    slow.finish();
    expect(await slow.status).toBe(202);
    const answeredAt = performance.now();
    const accepted = (await Promise.all(said)).filter((from) => from !== undefined);
    expect(await stopped).toBe(0);
    // A connection that is kept alive by the other side does not hold it up.
    expect(performance.now() - answeredAt).toBeLessThan(3_000);
    const log = service.out().split('\n').filter(Boolean);
    expect(log.length).toBeGreaterThan(0);
    for (const line of log) expect(JSON.parse(line)).toHaveProperty('level');

    service = await startService({ DATA_DIR: data.dir });
    expect(accepted).toContain(phones[0]);
    for (const from of [...accepted, '+6281200000077']) {
      const { messages } = await createPhone(service.url, 'sms', from).screen();
      expect(messages[0]).toMatchObject({ direction: 'in', text: 'halo' });
    }
  });
});

describe('a service that cannot run', () => {
  const data = temporaryDir();
  afterAll(data.remove);
  const start = (env: Record<string, string>) => endedService({ DATA_DIR: join(data.dir, 'data'), ...env });

  it.concurrent('names every wrong setting at once', LIMIT, async () => {
    const { code, err, out } = await start({ PORT: 'many', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(err).toContain('PORT');
    expect(err).toContain('LOG_LEVEL');
    expect(err + out).not.toContain('at ');
  });

  it.concurrent('tells the line and column of a mistake in flows.yaml', LIMIT, async () => {
    const file = join(data.dir, 'flows.yaml');
    const lines = readFileSync('flows.yaml', 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('ask: nik'));
    lines[at] = (lines[at] ?? '').replace('ask: nik', 'ask: nikk');
    writeFileSync(file, lines.join('\n'));
    const { code, err } = await start({ FLOWS_FILE: file });
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`flows\\.yaml:${at + 1}:\\d+`));
    expect(err).toContain('nik');
  });

  it.concurrent('says that the port is taken', LIMIT, async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, err } = await endedService({ DATA_DIR: join(data.dir, 'port'), PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(err).toContain(`cannot listen on 127.0.0.1:${port}`);
    expect(err).toContain('PORT');
  });

  it.concurrent('asks for PUBLIC_URL and MASTER_KEY in production', LIMIT, async () => {
    const { code, err } = await start({ NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(err).toContain('PUBLIC_URL');
    expect(err).toContain('MASTER_KEY');
  });
});

describe('a service in production', () => {
  it('has no simulator', LIMIT, async () => {
    const data = temporaryDir();
    const service = await startService({
      DATA_DIR: data.dir,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://loket.contohkab.go.id',
      MASTER_KEY: Buffer.alloc(32, 5).toString('base64'),
    });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${service.url}/simulator`)).status).toBe(404);
    const sent = await fetch(`${service.url}/simulator/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel: 'sms', from: '+6281200000001', text: 'halo' }),
    });
    expect(sent.status).toBe(404);
    expect(service.err()).not.toContain('/simulator');
    expect(readdirSync(data.dir)).not.toContain('master.key');
    expect(await service.stop()).toBe(0);
    data.remove();
  });
});

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** A message whose body is half sent until `finish`. */
function slowMessage(url: string, from: string) {
  const body = JSON.stringify({ channel: 'sms', from, text: 'halo' });
  const outgoing = request(`${url}/simulator/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
  });
  const status = new Promise<number | undefined>((resolve, reject) => {
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
  });
  const isBegun = new Promise<void>((resolve) => outgoing.write(body.slice(0, 10), () => resolve()));
  return { status, isBegun, finish: () => outgoing.end(body.slice(10)) };
}
