import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { MASTER_KEY, tempDir } from '../temp-store.ts';

const WRITER = `
  import { openStore } from ${JSON.stringify(new URL('../../../src/store/open.ts', import.meta.url).href)};
  import { seedCommit, seedEntry } from ${JSON.stringify(new URL('../../contract/seeds.ts', import.meta.url).href)};
  const store = await openStore({ dataDir: process.argv[1], masterKey: Buffer.alloc(32, 7) });
  async function talk(id) {
    for (let version = 1; ; version++) {
      const entry = id + '.' + version + '.0';
      await store.conversations.commit(seedCommit({ id, version }, {
        entries: [seedEntry({ id: entry })],
        effects: [{ id: entry, type: 'say', params: { entry } }],
        inbound: 'simulator:' + version,
      }));
      process.stdout.write(id + ' ' + version + '\\n');
      if (version % 2) await store.jobs.effectDone(entry, { entry, status: 'sent', providerId: 'P' + entry });
      if (version % 2) process.stdout.write(id + ' done ' + version + '\\n');
    }
  }
  for (let i = 0; i < 16; i++) talk('citizen' + i);
`;

describe('after a crash', () => {
  it('everything that was answered is there, and the next process goes on from it', async () => {
    const dataDir = tempDir();
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, dataDir]);
    const { versions, done } = await killAfter(child, 1500);
    expect(versions.size).toBe(16);

    const store = await openStore({ dataDir, masterKey: MASTER_KEY });
    const pending = new Set((await store.jobs.pendingEffects()).map(({ effect }) => effect.id));
    for (const [id, version] of versions) {
      const conversation = await store.conversations.load(id);
      expect(conversation?.version).toBeGreaterThanOrEqual(version);
      expect(await store.conversations.transcript(id)).toHaveLength(conversation?.version ?? 0);
      expect(await store.conversations.isInboundDone(id, `simulator:${version}`)).toBe(true);
      const evens = Array.from({ length: Math.floor(version / 2) }, (_, i) => `${id}.${2 * i + 2}.0`);
      expect(evens.every((effect) => pending.has(effect))).toBe(true);
    }
    for (const entry of done) {
      expect(pending.has(entry)).toBe(false);
      expect((await store.conversations.findSent(`P${entry}`))?.entry.status).toBe('sent');
    }
    await store.close();
  }, 20_000);
});

/** Reads what the child says is durable, and kills it in the middle of the work. */
async function killAfter(child: ChildProcess, lines: number) {
  const versions = new Map<string, number>();
  const done: string[] = [];
  let count = 0;
  if (!child.stdout) throw new Error('the child has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [id = '', word = '', version = ''] = line.split(' ');
    if (word === 'done') done.push(`${id}.${version}.0`);
    else versions.set(id, Number(word));
    count += 1;
    if (count === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return { versions, done };
}
