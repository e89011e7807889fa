import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SettingStore } from '../src/conversation/ports.ts';
import { createNotices, type Notices } from '../src/notices.ts';
import { openStore, quiet } from './channels/twilio/world.ts';

let store: ReturnType<typeof openStore>;
let now: number;
let open: Notices[];

beforeEach(() => {
  store = openStore();
  now = 1_000;
  open = [];
});

afterEach(async () => {
  for (const notices of open) notices.stop();
  vi.useRealTimers();
  await store.close();
});

/** A process of its own, as far as notices go. */
async function start(settings: SettingStore = store.settings, hub = store.hub): Promise<Notices> {
  const notices = createNotices({ settings, hub, clock: { now: () => now }, log: quiet });
  open.push(notices);
  await notices.start();
  return notices;
}

describe('what the office declares to be out of order', () => {
  it('is in force at once, and outlives a restart', async () => {
    const notices = await start();
    expect(notices.active()).toEqual([]);
    await notices.set('siak', true, { until: 5_000, reason: 'jaringan pusat' }, 'Siti');
    const expected = [{ kind: 'siak', since: 1_000, until: 5_000, reason: 'jaringan pusat' }];
    expect(notices.active()).toEqual(expected);
    expect((await start()).active()).toEqual(expected);
  });

  it('is listed with who switched it on, whether it is on or not', async () => {
    const notices = await start();
    await notices.set('blangko', true, {}, 'Siti');
    expect(notices.list()).toEqual([
      { kind: 'siak', isOn: false, since: null, until: null, reason: null, by: null },
      { kind: 'blangko', isOn: true, since: 1_000, until: null, reason: null, by: 'Siti' },
    ]);
  });

  it('keeps its beginning when it is set anew, and the other one as it is', async () => {
    const notices = await start();
    await notices.set('siak', true, { until: 5_000 }, 'Siti');
    await notices.set('blangko', true, {}, 'Budi');
    now = 2_000;
    await notices.set('siak', true, { reason: 'masih rusak' }, 'Budi');
    expect(notices.active()).toEqual([
      { kind: 'siak', since: 1_000, reason: 'masih rusak' },
      { kind: 'blangko', since: 1_000 },
    ]);
    await notices.set('siak', false, {}, 'Siti');
    expect(notices.active()).toEqual([{ kind: 'blangko', since: 1_000 }]);
  });

  it('is over when its time has come, and begins anew after that', async () => {
    const notices = await start();
    await notices.set('siak', true, { until: 5_000 }, 'Siti');
    now = 5_000;
    expect(notices.active()).toEqual([]);
    expect(notices.list()[0]?.isOn).toBe(false);
    await notices.set('siak', true, {}, 'Siti');
    expect(notices.active()).toEqual([{ kind: 'siak', since: 5_000 }]);
  });

  it('is heard by the other processes', async () => {
    const [here, there] = [await start(), await start()];
    await here.set('siak', true, {}, 'Siti');
    await vi.waitFor(() => expect(there.active()).toHaveLength(1));
  });

  it('is read by a process that heard nothing within a minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const here = await start();
    const deaf = await start(store.settings, { publish: () => {}, subscribe: () => () => {} });
    await here.set('siak', true, {}, 'Siti');
    expect(deaf.active()).toEqual([]);
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect(deaf.active()).toHaveLength(1));
  });

  it('loses no change when two processes set at the same moment', async () => {
    const [here, there] = [await start(), await start()];
    await Promise.all([here.set('siak', true, {}, 'Siti'), there.set('blangko', true, {}, 'Budi')]);
    const kinds = (await start()).active().map(({ kind }) => kind);
    expect(kinds).toEqual(['siak', 'blangko']);
  });

  it('stays as it was known while the store is away', async () => {
    const read = vi.fn(store.settings.read);
    const notices = await start({ ...store.settings, read });
    await notices.set('siak', true, {}, 'Siti');
    read.mockClear().mockRejectedValue(new Error('down'));
    store.hub.publish('notices', null);
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    expect(notices.active()).toHaveLength(1);
    await expect(notices.set('siak', false, {}, 'Siti')).rejects.toThrow('down');
    expect(notices.active()).toHaveLength(1);
  });

  it('is nothing when what is stored cannot be read', async () => {
    await store.settings.write('notices', 1, { siak: 'ya' });
    expect((await start()).active()).toEqual([]);
  });
});
