/** Suites that need more than the machine: they run where it is found, and say by name when they are skipped. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, test } from 'vitest';
import { mongoKinds } from './mongodb-programs.ts';

/** How each service is found. A server counts as found when its address is set or its program is there. */
const FINDERS = {
  pdftotext: () => hasProgram('pdftotext'),
  qpdf: () => hasProgram('qpdf'),
  pdfsig: () => hasProgram('pdfsig'),
  openssl: () => hasProgram('openssl'),
  clamd: () => hasProgram('clamd'),
  'heif-enc': () => hasProgram('heif-enc'),
  chromium: () => existsSync(process.env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium'),
  redis: () => process.env.REDIS_URL !== undefined || hasProgram('redis-server'),
  mongodb: () => mongoKinds().length > 0,
} as const;

export type Service = keyof typeof FINDERS;

/**
 * `describe` for a suite that needs services. Missing ones skip it, loudly; with `REQUIRE_SERVICES=1` they fail it.
 */
export function describeWith(needed: Service | Service[], title: string, body: () => void): void {
  const missing = [needed].flat().filter((service) => !FINDERS[service]());
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const why = `${missing.join(' and ')} not found`;
  if (process.env.REQUIRE_SERVICES === '1') {
    describe(title, () => {
      test(`needs ${missing.join(' and ')}`, () => {
        throw new Error(`${why}, and REQUIRE_SERVICES=1`);
      });
    });
    return;
  }
  process.stderr.write(`SKIPPED: "${title}", because ${why}\n`);
  describe.skipIf(true)(`${title} (skipped: ${why})`, body);
}

function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;
}
