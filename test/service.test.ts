import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
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

it('an application whose correction did not come is closed by the running service, and its citizen is told', async () => {
  const running = await startWhole(dataDir());
  const phone = phoneOf(running, '+6281200000001');
  await phone.say('halo');
  const { applications } = running.store;
  const asked = Date.parse('2027-03-01T10:00:00+08:00');
  const { number } = await applications.create({
    ...{ series: 'KL-2703', numberFor: () => 'KL-2703-0001-5', filedBy: 'c:1', service: 'akta-kelahiran' },
    conversation: running.engine.conversationId({ channel: 'whatsapp', id: '+6281200000001' }),
    ...{ state: 'correction', answers: {}, pin: '123456', submittedAt: asked, dueAt: asked },
    ...{ pinFailures: 0, pinLockedUntil: 0 },
    history: [{ at: asked, event: 'ask-correction', by: 'system', state: 'correction' }],
  });
  running.clock.set(asked + 15 * 86_400_000);
  const isOver = async () => expect(await applications.find(number)).toMatchObject({ state: 'expired' });
  await vi.waitFor(isOver, { timeout: 9_000, interval: 100 });
  await running.settle();
  const chat = running.engine.conversationId({ channel: 'whatsapp', id: '+6281200000001' });
  const said = (await running.store.conversations.transcript(chat)).map(({ text }) => text).join('\n');
  expect(said).toContain(`(${number}): permohonan ditutup`);
  await running.stop();
}, 20_000);
