import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/open.ts';
import { seedCommit, seedEntry } from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';
import { openWhole, sealWhole } from '../whole.ts';

await describeEachMongo('two processes on one MongoDB', (mongo) => {
  let url: string;
  let one: Store;
  let two: Store;
  const say = (id: string) => ({ id, type: 'say', params: { entry: id } });

  beforeEach(async () => {
    url = mongo.freshUrl();
    one = await mongo.open(url);
    two = await mongo.open(url);
  });
  afterEach(() => Promise.all([one.close(), two.close()]));

  /** Behind the store's back. */
  async function steps<T>(work: (steps: mongoose.mongo.Collection) => Promise<T>): Promise<T> {
    const client = new mongoose.mongo.MongoClient(url);
    try {
      return await work(client.db().collection('steps'));
    } finally {
      await client.close();
    }
  }

  it('take each step once, and nothing of the loser stays', async () => {
    for (let version = 1; version <= 8; version++) {
      const answers = await Promise.all(
        [one, two, one, two].map((store, i) =>
          store.conversations.commit(
            seedCommit(
              { version, held: [`${i}`] },
              {
                entries: [seedEntry({ id: `siti.${version}.0`, text: `${version}` })],
                inbound: `m${version}.${i}`,
              },
            ),
          ),
        ),
      );
      expect(answers.toSorted()).toEqual(['committed', 'conflict', 'conflict', 'conflict']);
      const winner = answers.indexOf('committed');
      for (const store of [one, two]) {
        expect((await store.conversations.load('siti'))?.held).toEqual([`${winner}`]);
        expect(await store.conversations.isInboundDone('siti', `m${version}.${winner}`)).toBe(true);
        expect(await store.conversations.isInboundDone('siti', `m${version}.${(winner + 1) % 4}`)).toBe(
          false,
        );
      }
    }
    const texts = (await two.conversations.transcript('siti')).map(({ text }) => text);
    expect(texts).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('go on from where the other stopped, though each remembers its own step as the newest', async () => {
    for (let version = 1; version <= 9; version += 3) {
      expect(await one.conversations.commit(seedCommit({ version }))).toBe('committed');
      expect(await two.conversations.commit(seedCommit({ version: version + 1 }))).toBe('committed');
      expect(await two.conversations.commit(seedCommit({ version: version + 2 }))).toBe('committed');
      expect(await one.conversations.commit(seedCommit({ version: version + 1 }))).toBe('conflict');
    }
  });

  it('use one key for an owner who is new to both', async () => {
    const owners = Array.from({ length: 10 }, (_, i) => `owner${i}`);
    const sealed = await Promise.all(
      owners.flatMap((owner) => [one, two].map((s) => sealWhole(s.sealer, owner, Buffer.from('x')))),
    );
    for (const [i, bytes] of sealed.entries()) {
      const reader = i % 2 === 0 ? two : one;
      expect(`${await openWhole(reader.sealer, owners[i >> 1] ?? '', bytes)}`).toBe('x');
    }
  });

  it('keep each timer as the newest step has it', async () => {
    await one.conversations.commit(
      seedCommit({}, { timers: { set: [{ id: 'nudge', dueAt: 10 }], cancel: [] } }),
    );
    expect(await two.jobs.dueTimers(20, 5)).toHaveLength(1);
    const taken = seedCommit({ version: 2 }, { timerDone: { id: 'nudge', dueAt: 10 } });
    expect(await two.conversations.commit(taken)).toBe('committed');
    expect(await one.jobs.dueTimers(20, 5)).toEqual([]);
    const late = seedCommit({ version: 3 }, { timerDone: { id: 'nudge', dueAt: 10 } });
    expect(await one.conversations.commit(late)).toBe('duplicate');
  });

  it('find the newest attention and timers under what a process that died did not take away', async () => {
    const waiting = { status: 'waiting', since: 5, reason: 'asked' } as const;
    const timers = (dueAt: number) => ({ timers: { set: [{ id: 'nudge', dueAt }], cancel: [] } });
    for (let version = 1; version <= 6; version++) {
      await one.conversations.commit(seedCommit({ version, attention: waiting }, timers(version)));
    }
    expect(await two.conversations.listAttention()).toHaveLength(1);
    expect(await two.jobs.dueTimers(99, 2)).toEqual([{ conversation: 'siti', timer: 'nudge', dueAt: 6 }]);
    await one.conversations.commit(seedCommit({ version: 7 }, { timers: { set: [], cancel: ['nudge'] } }));
    expect(await two.conversations.listAttention()).toEqual([]);
    expect(await two.jobs.dueTimers(99, 2)).toEqual([]);
  });

  it('list a chat that waits at every moment, though it takes one step after the other', async () => {
    const waiting = { status: 'waiting', since: 5, reason: 'asked' } as const;
    const step = (version: number) => one.conversations.commit(seedCommit({ version, attention: waiting }));
    await step(1);
    let isOver = false;
    const lists: number[] = [];
    const looks = (async () => {
      while (!isOver) lists.push((await two.conversations.listAttention()).length);
    })();
    for (let version = 2; version <= 60; version++) await step(version);
    isOver = true;
    await looks;
    expect(lists.filter((length) => length !== 1)).toEqual([]);
  });

  it('leave the conversation on its newest step only, once the effects are done', async () => {
    for (let version = 1; version <= 6; version++) {
      await one.conversations.commit(seedCommit({ version }, { effects: [say(`siti.${version}.0`)] }));
      await two.jobs.effectsOf('siti');
      await two.jobs.effectDone(`siti.${version}.0`);
    }
    expect(await steps((all) => all.distinct('_id', { state: { $exists: true } }))).toEqual(['siti.6']);
    expect(await steps((all) => all.countDocuments({ pendingSince: { $exists: true } }))).toBe(0);
    expect((await one.conversations.load('siti'))?.version).toBe(6);
  });

  it('never take a result twice, though who took it died before noting it', async () => {
    await one.conversations.commit(seedCommit({}, { effects: [say('siti.1.0')] }));
    expect(await one.conversations.commit(seedCommit({ version: 2 }, { effectDone: 'siti.1.0' }))).toBe(
      'committed',
    );
    const undone = { $set: { 'effects.0': { tries: 0, dueAt: 0 }, pendingSince: 1, open: true } };
    await steps((all) => all.updateOne({ _id: 'siti.1' as never }, undone));
    expect((await two.jobs.effectsOf('siti')).effects).toHaveLength(1);
    const again = seedCommit({ version: 3 }, { effectDone: 'siti.1.0' });
    expect(await two.conversations.commit(again)).toBe('duplicate');
    expect((await two.jobs.effectsOf('siti')).effects).toEqual([]);
  });

  it('take the result of an effect once, when both bring it', async () => {
    await one.conversations.commit(seedCommit({}, { effects: [say('siti.1.0')] }));
    const bring = (store: Store) =>
      store.conversations.commit(seedCommit({ version: 2 }, { effectDone: 'siti.1.0' }));
    const answers = await Promise.all([bring(one), bring(two)]);
    expect(answers).toContain('committed');
    expect(answers.filter((answer) => answer === 'committed')).toHaveLength(1);
    const later = seedCommit({ version: 3 }, { effectDone: 'siti.1.0' });
    expect(await two.conversations.commit(later)).toBe('duplicate');
  });

  it('hear of a delivery in one while the other notes that it was sent', async () => {
    const ids = Array.from({ length: 10 }, (_, i) => `c${i}`);
    for (const id of ids) {
      const entries = [seedEntry({ id: `${id}.1.0` })];
      await one.conversations.commit(seedCommit({ id }, { entries, effects: [say(`${id}.1.0`)] }));
    }
    await Promise.all(
      ids.flatMap((id) => [
        one.jobs.effectDone(`${id}.1.0`, { entry: `${id}.1.0`, status: 'sent', providerId: `SM${id}` }),
        two.conversations.setStatus(`${id}.1.0`, 'delivered', `SM${id}`),
      ]),
    );
    expect(await two.jobs.pendingEffects()).toEqual([]);
    for (const id of ids) {
      expect((await one.conversations.findSent(`SM${id}`))?.entry.status).toBe('delivered');
    }
  });

  describe('when one erases a person', () => {
    const talk = async (store: Store, upTo: number, from = 1) => {
      for (let version = from; version <= upTo; version++) {
        const entries = [seedEntry({ id: `siti.${version}.0`, text: `${version}` })];
        await store.conversations.commit(seedCommit({ version }, { entries, inbound: `m${version}` }));
      }
    };

    it('the other, which has the conversation at hand, cannot go on with it', async () => {
      await talk(two, 3);
      await one.eraseOwner('siti');
      expect(await two.conversations.commit(seedCommit({ version: 4 }))).toBe('conflict');
      expect(await two.conversations.load('siti')).toBeUndefined();
      expect(await two.conversations.transcript('siti')).toEqual([]);
      expect(await two.conversations.isInboundDone('siti', 'm1')).toBe(false);
      expect((await two.jobs.effectsOf('siti')).conversation).toBeUndefined();
    });

    it('nor can one that has an old version of it at hand', async () => {
      await talk(two, 2);
      await talk(one, 5, 3);
      await one.eraseOwner('siti');
      expect(await two.conversations.commit(seedCommit({ version: 3 }))).toBe('conflict');
      expect(await one.conversations.load('siti')).toBeUndefined();
    });

    it('they begin anew with each other, under a new key', async () => {
      await talk(two, 3);
      await one.eraseOwner('siti');
      expect(await two.conversations.load('siti')).toBeUndefined();
      await talk(two, 2);
      await talk(one, 3, 3);
      const texts = (await one.conversations.transcript('siti')).map(({ text }) => text);
      expect(texts).toEqual(['1', '2', '3']);
      expect((await two.conversations.findEntry('siti.3.0'))?.entry.text).toBe('3');
      expect((await two.conversations.load('siti'))?.version).toBe(3);
      await one.eraseOwner('siti');
      expect(await two.conversations.load('siti')).toBeUndefined();
    });

    it('what one seals for them afterwards, the other opens, though it has the destroyed key at hand', async () => {
      const before = await sealWhole(two.sealer, 'siti', Buffer.from('before'));
      await one.eraseOwner('siti');
      const after = await sealWhole(one.sealer, 'siti', Buffer.from('after'));
      expect(`${await openWhole(two.sealer, 'siti', after)}`).toBe('after');
      await expect(openWhole(two.sealer, 'siti', before)).rejects.toMatchObject({ code: 'KEY_WRONG' });
    });

    it('news and results of before do not touch what began after', async () => {
      const entries = [seedEntry()];
      await two.conversations.commit(seedCommit({}, { entries, effects: [say('siti.1.0')] }));
      await one.eraseOwner('siti');
      await two.conversations.setStatus('siti.1.0', 'delivered', 'SM1');
      await two.jobs.effectDone('siti.1.0', { entry: 'siti.1.0', status: 'sent', providerId: 'SM1' });
      expect(await one.conversations.findSent('SM1')).toBeUndefined();
      expect(await one.jobs.pendingEffects()).toEqual([]);
    });

    it('nothing but numbers of steps is left of the conversation, also when it is asked for twice', async () => {
      await talk(one, 3);
      await one.eraseOwner('siti');
      await one.eraseOwner('siti');
      const left = await steps((all) => all.find({ c: 'siti' }).toArray());
      const fields = new Set(left.flatMap((step) => Object.keys(step)));
      expect([...fields].toSorted()).toEqual(['_id', 'base', 'c', 'inbound', 'open', 'took', 'v']);
      for (const { v, inbound, took } of left) expect([inbound, took]).toEqual([v, v]);
    });
  });
});
