/** What every Jobs promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/types.ts';
import { seedCommit, seedEntry } from './seeds.ts';

type Opened = Pick<Store, 'conversations' | 'jobs' | 'close'>;

export function describeJobs(name: string, open: () => Promise<Opened>): void {
  describe(`Jobs of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const commit = (...args: Parameters<typeof seedCommit>) =>
      store.conversations.commit(seedCommit(...args));
    const effect = (id: string) => ({ id, type: 'say', params: { entry: id } });
    const dueTimers = async (now: number, limit = 10) =>
      (await store.jobs.dueTimers(now, limit)).map(({ conversation, timer }) => `${conversation} ${timer}`);

    it('keeps effects until they are done, in order within each conversation', async () => {
      for (let version = 1; version <= 11; version++) {
        const effects = [effect(`siti.${version}.0`), effect(`siti.${version}.1`)];
        await commit({ version }, { effects });
      }
      await store.jobs.effectDone('siti.3.1');
      const pending = await store.jobs.pendingEffects();
      const expected = Array.from({ length: 11 }, (_, i) => [`siti.${i + 1}.0`, `siti.${i + 1}.1`]).flat();
      expect(pending.map((item) => item.effect.id)).toEqual(expected.filter((id) => id !== 'siti.3.1'));
      expect(pending[0]).toEqual({ conversation: 'siti', effect: effect('siti.1.0'), tries: 0, dueAt: 0 });
    });

    it('may mark an effect done twice', async () => {
      await commit({}, { effects: [effect('siti.1.0')] });
      await store.jobs.effectDone('siti.1.0');
      await store.jobs.effectDone('siti.1.0');
      expect(await store.jobs.pendingEffects()).toEqual([]);
    });

    it('sets the status of the entry together with the done mark', async () => {
      await commit({}, { entries: [seedEntry()], effects: [effect('siti.1.0')] });
      await store.jobs.effectDone('siti.1.0', { entry: 'siti.1.0', status: 'sent', providerId: 'SM1' });
      expect((await store.conversations.findSent('SM1'))?.entry.status).toBe('sent');
    });

    it('remembers failed tries and when the next is due', async () => {
      await commit({}, { effects: [effect('siti.1.0')] });
      await store.jobs.effectRetry('siti.1.0', 3, 77);
      expect(await store.jobs.pendingEffects()).toMatchObject([{ tries: 3, dueAt: 77 }]);
    });

    it('does not bring a done effect back by a late note of a failed try', async () => {
      await commit({}, { effects: [effect('siti.1.0')] });
      await store.jobs.effectDone('siti.1.0');
      await store.jobs.effectRetry('siti.1.0', 3, 77);
      expect(await store.jobs.pendingEffects()).toEqual([]);
    });

    it('gives due timers soonest first, up to the limit, and leaves those of the future', async () => {
      const set = [
        { id: 'second', dueAt: 20 },
        { id: 'first', dueAt: 10 },
        { id: 'future', dueAt: 31 },
        { id: 'third', dueAt: 30 },
      ];
      await commit({}, { timers: { set, cancel: [] } });
      expect(await dueTimers(30)).toEqual(['siti first', 'siti second', 'siti third']);
      expect(await dueTimers(30, 2)).toEqual(['siti first', 'siti second']);
      expect(await store.jobs.dueTimers(10, 1)).toEqual([
        { conversation: 'siti', timer: 'first', dueAt: 10 },
      ]);
    });

    it('replaces a timer of the same name, in its own conversation only', async () => {
      const set = (dueAt: number) => ({ timers: { set: [{ id: 'nudge', dueAt }], cancel: [] } });
      await commit({}, set(10));
      await commit({ id: 'budi' }, set(10));
      await commit({ version: 2 }, set(50));
      expect(await dueTimers(10)).toEqual(['budi nudge']);
      expect(await dueTimers(50)).toEqual(['budi nudge', 'siti nudge']);
    });

    it('drops timers that are cancelled or done', async () => {
      const set = ['a', 'b', 'c'].map((id) => ({ id, dueAt: 10 }));
      await commit({}, { timers: { set, cancel: [] } });
      await commit(
        { version: 2 },
        { timers: { set: [], cancel: ['a', 'unknown'] }, timerDone: { id: 'b', dueAt: 10 } },
      );
      expect(await dueTimers(10)).toEqual(['siti c']);
    });

    it('sets a timer anew in the step that cancels or ends one of the same name', async () => {
      await commit({}, { timers: { set: [{ id: 'a', dueAt: 1 }], cancel: [] } });
      await commit({ version: 2 }, { timers: { set: [{ id: 'a', dueAt: 5 }], cancel: ['a'] } });
      await commit(
        { version: 3 },
        { timers: { set: [{ id: 'a', dueAt: 9 }], cancel: [] }, timerDone: { id: 'a', dueAt: 5 } },
      );
      expect(await store.jobs.dueTimers(99, 9)).toEqual([{ conversation: 'siti', timer: 'a', dueAt: 9 }]);
    });
  });
}
