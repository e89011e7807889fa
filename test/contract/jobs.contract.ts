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
      expect(pending[0]).toEqual({
        conversation: 'siti',
        effect: effect('siti.1.0'),
        tries: 0,
        dueAt: 0,
        committedAt: expect.any(Number),
      });
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

    describe('the work of one conversation', () => {
      const idsOf = async (id: string) =>
        (await store.jobs.effectsOf(id)).effects.map((item) => item.effect.id);

      it('is what is not done, in order, and the conversation as it stands now', async () => {
        await commit({}, { effects: [effect('siti.1.0'), effect('siti.1.1')] });
        await commit({ id: 'budi' }, { effects: [effect('budi.1.0')] });
        await commit({ version: 2 });
        await commit({ version: 3, held: ['newest'] }, { effects: [effect('siti.3.0')] });
        await store.jobs.effectDone('siti.1.0');
        const { conversation } = await store.jobs.effectsOf('siti');
        expect(conversation).toMatchObject({ id: 'siti', version: 3, held: ['newest'] });
        expect(await idsOf('siti')).toEqual(['siti.1.1', 'siti.3.0']);
      });

      it('names the entry of the same commit, as it stands, and when it was committed', async () => {
        const before = Date.now();
        await commit({}, { entries: [seedEntry()], effects: [effect('siti.1.0'), effect('siti.1.9')] });
        await store.conversations.setStatus('siti.1.0', 'sent', 'SM1');
        const [first, second] = (await store.jobs.effectsOf('siti')).effects;
        expect(first?.entry).toEqual(seedEntry({ status: 'sent', providerId: 'SM1' }));
        expect(second?.entry).toBeUndefined();
        expect(first?.committedAt).toBeGreaterThanOrEqual(before);
        expect(first?.committedAt).toBeLessThanOrEqual(Date.now());
      });

      it('is nothing when all is done, or when there is no such conversation', async () => {
        await commit({}, { effects: [effect('siti.1.0')] });
        await store.jobs.effectDone('siti.1.0');
        expect(await store.jobs.effectsOf('siti')).toMatchObject({
          conversation: { version: 1 },
          effects: [],
        });
        expect(await store.jobs.effectsOf('budi')).toEqual({ conversation: undefined, effects: [] });
      });

      it('does not come back when its result was taken', async () => {
        await commit({}, { effects: [effect('siti.1.0'), effect('siti.1.1')] });
        await commit({ version: 2 }, { effectDone: 'siti.1.0' });
        expect(await idsOf('siti')).toEqual(['siti.1.1']);
      });

      it('has no result to take when it was done without', async () => {
        await commit({}, { effects: [effect('siti.1.0')] });
        await store.jobs.effectDone('siti.1.0');
        expect(await commit({ version: 2 }, { effectDone: 'siti.1.0' })).toBe('duplicate');
        expect((await store.conversations.load('siti'))?.version).toBe(1);
      });
    });

    describe('what was left', () => {
      const EVER = { after: 0, before: Number.MAX_SAFE_INTEGER };

      it('is each conversation with an effect that is not done, once, longest ago first', async () => {
        for (const id of ['siti', 'budi', 'none', 'done']) {
          await commit({ id }, { effects: id === 'none' ? [] : [effect(`${id}.1.0`)] });
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        await commit({ version: 2 }, { effects: [effect('siti.2.0')] });
        await store.jobs.effectDone('done.1.0');
        const left = await store.jobs.conversationsLeft(EVER, 10);
        expect(left.map(({ conversation }) => conversation)).toEqual(['siti', 'budi']);
        expect(await store.jobs.conversationsLeft(EVER, 1)).toEqual(left.slice(0, 1));
        const first = (await store.jobs.effectsOf('siti')).effects[0];
        expect(left[0]?.committedAt).toBe(first?.committedAt);
      });

      it('is asked for by the time of the commit', async () => {
        await commit({}, { effects: [effect('siti.1.0')] });
        const [left] = await store.jobs.conversationsLeft(EVER, 10);
        const at = left?.committedAt ?? 0;
        expect(await store.jobs.conversationsLeft({ after: 0, before: at }, 10)).toEqual([]);
        expect(await store.jobs.conversationsLeft({ after: at, before: at + 1 }, 10)).toEqual([]);
        expect(await store.jobs.conversationsLeft({ after: at - 1, before: at + 1 }, 10)).toEqual([left]);
      });
    });

    describe('an effect that was given up', () => {
      const cause = { reason: 'REMOTE_REFUSED', tries: 8, at: 500 };
      const ids = async () => (await store.jobs.buried(10)).map((item) => item.effect);

      beforeEach(() =>
        commit({}, { entries: [seedEntry()], effects: [effect('siti.1.0'), effect('siti.1.1')] }),
      );

      it('is pending no more, and remembered without its params', async () => {
        await store.jobs.bury('siti.1.0', cause);
        await store.jobs.bury('siti.1.0', cause);
        expect((await store.jobs.pendingEffects()).map((item) => item.effect.id)).toEqual(['siti.1.1']);
        expect(await store.jobs.buried(10)).toEqual([
          { effect: 'siti.1.0', conversation: 'siti', type: 'say', ...cause },
        ]);
      });

      it('may be done by then, because the machine was told first', async () => {
        await commit({ version: 2 }, { effectDone: 'siti.1.0' });
        await store.jobs.bury('siti.1.0', cause);
        expect(await store.jobs.buried(10)).toMatchObject([{ effect: 'siti.1.0', type: 'say' }]);
      });

      it('is listed newest first, up to the limit', async () => {
        await commit({ id: 'budi' }, { effects: [effect('budi.1.0')] });
        await store.jobs.bury('siti.1.0', { ...cause, at: 10 });
        await store.jobs.bury('budi.1.0', { ...cause, at: 20 });
        await store.jobs.bury('siti.1.1', { ...cause, at: 30 });
        expect(await ids()).toEqual(['siti.1.1', 'budi.1.0', 'siti.1.0']);
        expect(await store.jobs.buried(2)).toHaveLength(2);
      });

      it('can be taken up again, once, as a repeat with most of its tries before it', async () => {
        await store.jobs.effectRetry('siti.1.0', 8, 99);
        await store.conversations.setStatus('siti.1.0', 'failed');
        await store.jobs.effectDone('siti.1.1');
        await store.jobs.bury('siti.1.0', cause);
        await commit({ version: 2 });
        expect(await store.jobs.revive('siti.1.0')).toBe(true);
        expect(await store.jobs.revive('siti.1.0')).toBe(false);
        expect(await ids()).toEqual([]);
        const { effects } = await store.jobs.effectsOf('siti');
        expect(effects).toMatchObject([
          { effect: effect('siti.1.0'), tries: 1, dueAt: 0, entry: { status: 'queued' } },
        ]);
        expect(
          await store.jobs.conversationsLeft({ after: 0, before: Number.MAX_SAFE_INTEGER }, 9),
        ).toHaveLength(1);
      });

      it('keeps the status of an entry that arrived after all', async () => {
        await store.conversations.setStatus('siti.1.0', 'delivered');
        await store.jobs.bury('siti.1.0', cause);
        await store.jobs.revive('siti.1.0');
        expect((await store.conversations.findEntry('siti.1.0'))?.entry.status).toBe('delivered');
      });

      it('must have been: what nobody asked for is neither given up nor taken up', async () => {
        await store.jobs.bury('siti.7.7', cause);
        expect(await ids()).toEqual([]);
        expect(await store.jobs.revive('siti.1.0')).toBe(false);
        expect((await store.jobs.pendingEffects()).map((item) => item.effect.id)).toEqual([
          'siti.1.0',
          'siti.1.1',
        ]);
      });
    });

    describe('a timer that is taken', () => {
      const set = (dueAt: number) => ({ timers: { set: [{ id: 'nudge', dueAt }], cancel: [] } });
      const take = (version: number, dueAt: number) =>
        commit(
          { version },
          { timerDone: { id: 'nudge', dueAt }, entries: [seedEntry({ id: `siti.${version}.0` })] },
        );

      beforeEach(() => commit({}, set(10)));

      it('is taken once', async () => {
        expect(await take(2, 10)).toBe('committed');
        expect(await take(3, 10)).toBe('duplicate');
        expect((await store.conversations.load('siti'))?.version).toBe(2);
        expect(await store.conversations.transcript('siti')).toHaveLength(1);
      });

      it('is another when it was set anew', async () => {
        await commit({ version: 2 }, set(50));
        expect(await take(3, 10)).toBe('duplicate');
        expect(await dueTimers(50)).toEqual(['siti nudge']);
        expect(await take(3, 50)).toBe('committed');
        expect(await dueTimers(50)).toEqual([]);
      });

      it('is gone when it was cancelled', async () => {
        await commit({ version: 2 }, { timers: { set: [], cancel: ['nudge'] } });
        expect(await take(3, 10)).toBe('duplicate');
      });
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

    it('tells a timer at its newest time, sooner or later than it was set to before', async () => {
      const set = (dueAt: number) => ({ timers: { set: [{ id: 'nudge', dueAt }], cancel: [] } });
      await commit({}, set(50));
      await commit({ version: 2 }, set(10));
      expect(await dueTimers(10)).toEqual(['siti nudge']);
      await commit({ version: 3 }, set(70));
      await commit({ id: 'budi' }, set(60));
      expect(await dueTimers(50)).toEqual([]);
      expect(await dueTimers(60, 1)).toEqual(['budi nudge']);
      expect(await dueTimers(70)).toEqual(['budi nudge', 'siti nudge']);
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
