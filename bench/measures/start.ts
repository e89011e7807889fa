import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '../child.ts';
import type { Finding, Measure } from '../measure.ts';
import { median } from '../pairs.ts';

/** From the command to the first good answer, and the memory a moment later. */
export const start: Measure = {
  name: 'start',
  title: 'Start to ready, and resident memory after it',
  async run({ isQuick, note }) {
    note('starting the service');
    const starts = [];
    for (let i = 0; i < (isQuick ? 3 : 9); i += 1) starts.push(await startOnce());
    const findings: Finding[] = [
      {
        what: 'node src/main.ts to ready, empty data directory',
        value: median(starts.map(({ seconds }) => seconds)),
        unit: 's',
        aim: { atMost: 2 },
        detail: `median of ${starts.length}, ${range(starts.map(({ seconds }) => seconds))}`,
      },
      {
        what: 'resident memory a second after start',
        value: median(starts.map(({ mib }) => mib)),
        unit: 'MiB',
        aim: { atMost: 150 },
        detail: `median of ${starts.length}, ${range(starts.map(({ mib }) => mib))}; Twilio and simulator on`,
      },
    ];
    return findings;
  },
};

async function startOnce(): Promise<{ seconds: number; mib: number }> {
  const dir = temporaryDir();
  const port = await freePort();
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const startMs = performance.now();
  const child = spawn(process.execPath, [main], { env: settings(dir.path, port), stdio: 'ignore' });
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    await pause(5);
  }
  const seconds = (performance.now() - startMs) / 1000;
  await pause(1000);
  const mib = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024;
  child.kill('SIGTERM');
  await once(child, 'exit');
  dir.remove();
  return { seconds, mib };
}

function settings(dataDir: string, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    DATA_DIR: dataDir,
    PORT: String(port),
    TWILIO_ACCOUNT_SID: `AC${'b'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'token-of-the-benchmark',
    TWILIO_SMS_FROM: '+628001234567',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function range(values: number[]): string {
  return `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
}
