import { describe, expect, it } from 'vitest';
import { readText } from './files.ts';

const dockerfile = readText('Dockerfile');
/** Base and name of every stage. */
const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, from, name]) => ({ from, name }));

describe('the container image', () => {
  it('is built by the script that CI checks, on the Node version that is developed with', () => {
    const { devDependencies } = JSON.parse(readText('package.json')) as {
      devDependencies: Record<string, string>;
    };
    const node = `node:${devDependencies.node?.split('.')[0]}-slim`;
    expect(stages).toEqual([
      { from: node, name: 'build' },
      { from: node, name: 'base' },
      { from: 'base', name: 'whatsapp' },
      { from: 'base', name: 'loket' },
    ]);
    expect(dockerfile).toMatch(/^RUN scripts\/image-build\.sh/m);
    expect(readText('.ci/run')).toContain('scripts/image-check.sh');
  });

  it('runs without root in every variant, and says whether it is healthy', () => {
    for (const stage of dockerfile.split(/^FROM /m).filter((text) => /^\S+ AS (base|whatsapp)$/m.test(text)))
      expect(stage.match(/^USER (\w+)$/gm)?.at(-1)).toBe('USER node');
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  });

  it('has a browser in the variant for WhatsApp only', () => {
    const [before = '', whatsapp = ''] = dockerfile.split(/^FROM base AS whatsapp$/m);
    expect(before).not.toContain('install -y --no-install-recommends chromium');
    expect(whatsapp).toContain('chromium');
    expect(whatsapp).toContain('PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium');
  });

  it('takes neither secrets nor data from the folder that it is built in', () => {
    const ignored = readText('.dockerignore').split('\n');
    for (const name of ['.env', '.env.*', 'master.key', 'data', '.git', 'node_modules', '*.backup'])
      expect(ignored).toContain(name);
  });
});
