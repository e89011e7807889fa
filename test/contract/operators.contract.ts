/** What every OperatorStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/handoff/ports.ts';
import type { Store } from '../../src/store/types.ts';
import { seedOperator } from './seeds.ts';

type Opened = Pick<Store, 'operators' | 'close'>;

const session = (changes: Partial<Session> = {}): Session => ({
  tokenHash: 't1',
  operator: 'o1',
  csrf: 'c',
  createdAt: 10,
  expiresAt: 100,
  ...changes,
});

export function describeOperators(name: string, open: () => Promise<Opened>): void {
  describe(`OperatorStore of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('gives back an operator as added, by id and by username in any case', async () => {
      expect(await store.operators.add(seedOperator())).toBe('added');
      expect(await store.operators.find('o1')).toEqual(seedOperator());
      expect(await store.operators.findByUsername('rINA')).toEqual(seedOperator());
      expect(await store.operators.find('o2')).toBeUndefined();
      expect(await store.operators.findByUsername('ri_a')).toBeUndefined();
    });

    it('gives a username to one only, whatever its case, also when two ask at once', async () => {
      const answers = await Promise.all([
        store.operators.add(seedOperator()),
        store.operators.add(seedOperator({ id: 'o2', username: 'RINA' })),
      ]);
      expect(answers.toSorted()).toEqual(['added', 'taken']);
      const winner = answers[0] === 'added' ? seedOperator() : seedOperator({ id: 'o2', username: 'RINA' });
      expect(await store.operators.list()).toEqual([winner]);
    });

    it('updates all that may change', async () => {
      await store.operators.add(seedOperator());
      const changed = seedOperator({
        username: 'rina.w',
        role: 'supervisor',
        disabled: true,
        mustChangePassword: false,
        failures: 3,
        lockedUntil: 7,
      });
      await store.operators.update(changed);
      expect(await store.operators.find('o1')).toEqual(changed);
      expect(await store.operators.findByUsername('rina')).toBeUndefined();
    });

    it('keeps a second factor, and takes it away again', async () => {
      const totp = { secret: 'JBSWY3DPEHPK3PXP', lastStep: 59_000_000 };
      await store.operators.add(seedOperator({ totp }));
      expect(await store.operators.find('o1')).toEqual(seedOperator({ totp }));
      const used = seedOperator({ totp: { ...totp, lastStep: 59_000_001 } });
      await store.operators.update(used);
      expect(await store.operators.findByUsername('rina')).toEqual(used);
      expect(await store.operators.list()).toEqual([used]);
      await store.operators.update(seedOperator());
      expect(await store.operators.find('o1')).not.toHaveProperty('totp');
    });

    it("does not update to another's username, nor an unknown operator", async () => {
      await store.operators.add(seedOperator());
      await store.operators.add(seedOperator({ id: 'o2', username: 'budi' }));
      const taken = store.operators.update(seedOperator({ id: 'o2', username: 'rina' }));
      await expect(taken).rejects.toMatchObject({ code: 'TAKEN' });
      const unknown = store.operators.update(seedOperator({ id: 'o3', username: 'x' }));
      await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('opens, finds and closes sessions', async () => {
      await store.operators.add(seedOperator());
      await store.operators.openSession(session());
      expect(await store.operators.findSession('t1')).toEqual(session());
      await store.operators.closeSession('t1');
      expect(await store.operators.findSession('t1')).toBeUndefined();
    });

    it('forgets sessions that have run out when a new one is opened', async () => {
      await store.operators.add(seedOperator());
      await store.operators.openSession(session());
      await store.operators.openSession(session({ tokenHash: 't2', createdAt: 100, expiresAt: 200 }));
      expect(await store.operators.findSession('t1')).toBeUndefined();
      expect(await store.operators.findSession('t2')).toBeDefined();
    });

    it("ends all of one operator's sessions and none of another's", async () => {
      await store.operators.add(seedOperator());
      await store.operators.add(seedOperator({ id: 'o2', username: 'budi' }));
      await store.operators.openSession(session());
      await store.operators.openSession(session({ tokenHash: 't2' }));
      await store.operators.openSession(session({ tokenHash: 't3', operator: 'o2' }));
      await store.operators.closeSessions('o1');
      expect(await store.operators.findSession('t1')).toBeUndefined();
      expect(await store.operators.findSession('t2')).toBeUndefined();
      expect(await store.operators.findSession('t3')).toBeDefined();
    });
  });
}
