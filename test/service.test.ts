import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../src/store/open.ts';
import { phoneOf, startWhole } from './channels/simulator/phone.ts';

const KEY = Buffer.alloc(32, 7);

/** A directory of data that outlives the service, and goes with the test. */
function dataDir(): { DATA_DIR: string; MASTER_KEY: string } {
  const dir = mkdtempSync(join(tmpdir(), 'loket-service-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return { DATA_DIR: dir, MASTER_KEY: KEY.toString('base64') };
}

it('citizens are told of a notice from the moment it is set, also after a restart', async () => {
  const env = dataDir();
  const first = await startWhole(env);
  const talk = async (running: typeof first, from: string) => {
    const phone = phoneOf(running, from);
    await phone.say('halo');
    return phone.say('KTP hilang');
  };
  expect(await talk(first, '+6281200000001')).not.toContain('jaringan pusat putus');
  await first.notices.set('siak', true, { reason: 'jaringan pusat putus' }, 'Siti');
  expect(await talk(first, '+6281200000002')).toContain('jaringan pusat putus');
  await first.stop();
  const second = await startWhole(env);
  expect(await talk(second, '+6281200000003')).toContain('jaringan pusat putus');
  await second.stop();
});

it('what is counted is written when the service stops', async () => {
  const env = dataDir();
  const running = await startWhole(env);
  await phoneOf(running, '+6281200000001').say('halo');
  await phoneOf(running, '+6281200000001').say('KTP hilang');
  await running.stop();
  const store = await openStore({ dataDir: env.DATA_DIR, masterKey: KEY });
  onTestFinished(() => store.close());
  const names = (await store.counts.list('2000-01-01', '2999-12-31')).map(({ name }) => name);
  expect(names).toContain('begun:ktp-hilang-rusak');
});
