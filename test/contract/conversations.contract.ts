/** What every ConversationStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '../../src/conversation/types.ts';
import type { Store } from '../../src/store/types.ts';
import { seedCommit, seedConversation, seedEntry } from './seeds.ts';

type Opened = Pick<Store, 'conversations' | 'jobs' | 'close'>;

export function describeConversations(name: string, open: () => Promise<Opened>): void {
  describe(`ConversationStore of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const commit = (...args: Parameters<typeof seedCommit>) =>
      store.conversations.commit(seedCommit(...args));
    const texts = async (options?: { after?: string; last?: number }) =>
      (await store.conversations.transcript('siti', options)).map(({ text }) => text);

    describe('commit', () => {
      it('gives back the conversation exactly as it was committed', async () => {
        const conversation = seedConversation({
          applications: ['KL-2611-0001-7'],
          attention: {
            status: 'claimed',
            since: 5,
            reason: 'asked',
            operator: { id: 'o1', name: 'Rina' },
            until: 9,
          },
        });
        expect(await commit(conversation)).toBe('committed');
        expect(await store.conversations.load('siti')).toEqual(conversation);
      });

      it('knows nothing of a conversation that was never committed', async () => {
        expect(await store.conversations.load('siti')).toBeUndefined();
        expect(await store.conversations.transcript('siti')).toEqual([]);
      });

      it('refuses a step made on an older version, and writes nothing of it', async () => {
        await commit();
        await commit({ version: 2, held: ['kept'] });
        const late = await commit(
          { version: 2, held: ['late'] },
          {
            entries: [seedEntry({ id: 'siti.2.0' })],
            effects: [{ id: 'siti.2.1', type: 'say', params: {} }],
            timers: { set: [{ id: 'nudge', dueAt: 1 }], cancel: [] },
            inbound: 'simulator:1',
          },
        );
        expect(late).toBe('conflict');
        expect((await store.conversations.load('siti'))?.held).toEqual(['kept']);
        expect(await store.conversations.transcript('siti')).toEqual([]);
        expect(await store.jobs.pendingEffects()).toEqual([]);
        expect(await store.jobs.dueTimers(10, 10)).toEqual([]);
        expect(await store.conversations.isInboundDone('siti', 'simulator:1')).toBe(false);
      });

      it('refuses a first step when there is one, and a later step when there is none', async () => {
        expect(await commit({ version: 2 })).toBe('conflict');
        expect(await commit()).toBe('committed');
        expect(await commit()).toBe('conflict');
        expect(await commit({ version: 3 })).toBe('conflict');
      });

      it('takes each inbound message once', async () => {
        expect(await commit({}, { inbound: 'simulator:1' })).toBe('committed');
        expect(await store.conversations.isInboundDone('siti', 'simulator:1')).toBe(true);
        const again = { inbound: 'simulator:1', entries: [seedEntry({ id: 'siti.2.0' })] };
        expect(await commit({ version: 2 }, again)).toBe('duplicate');
        expect((await store.conversations.load('siti'))?.version).toBe(1);
        expect(await store.conversations.transcript('siti')).toEqual([]);
        expect(await commit({ version: 2 }, { inbound: 'simulator:2' })).toBe('committed');
      });

      it('keeps the inbound ids of two conversations apart', async () => {
        await commit({}, { inbound: 'simulator:1' });
        expect(await store.conversations.isInboundDone('budi', 'simulator:1')).toBe(false);
        expect(await commit({ id: 'budi' }, { inbound: 'simulator:1' })).toBe('committed');
      });

      it('takes the result of each effect once', async () => {
        await commit({}, { effects: [{ id: 'siti.1.0', type: 'submit', params: {} }] });
        expect(await commit({ version: 2 }, { effectDone: 'siti.1.0' })).toBe('committed');
        expect(await store.jobs.pendingEffects()).toEqual([]);
        expect(await commit({ version: 3 }, { effectDone: 'siti.1.0', inbound: 'simulator:1' })).toBe(
          'duplicate',
        );
        expect(await store.conversations.isInboundDone('siti', 'simulator:1')).toBe(false);
      });

      it('lets one of many that made the same step win, when they come together', async () => {
        await commit();
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            commit({ version: 2, held: [`${i}`] }, { inbound: `simulator:${i}` }),
          ),
        );
        expect(answers.filter((answer) => answer === 'committed')).toHaveLength(1);
        expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(19);
        const winner = answers.indexOf('committed');
        expect((await store.conversations.load('siti'))?.held).toEqual([`${winner}`]);
      });

      it('takes a chain of steps that were handed over without waiting', async () => {
        const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => commit({ version: i + 1 })));
        expect(new Set(answers)).toEqual(new Set(['committed']));
        expect((await store.conversations.load('siti'))?.version).toBe(30);
      });

      it('stores what was handed over, whatever becomes of the objects later', async () => {
        const handed = seedCommit({ held: ['as it was'] }, { entries: [seedEntry({ text: 'as it was' })] });
        const done = store.conversations.commit(handed);
        handed.conversation.held[0] = 'changed';
        Object.assign(handed.entries[0] ?? {}, { text: 'changed' });
        await done;
        expect((await store.conversations.load('siti'))?.held).toEqual(['as it was']);
        expect(await texts()).toEqual(['as it was']);
      });
    });

    describe('transcript', () => {
      const say = (version: number, ...words: string[]) =>
        commit(
          { version },
          { entries: words.map((text, i) => seedEntry({ id: `siti.${version}.${i}`, text })) },
        );

      it('is told oldest first, over many steps', async () => {
        for (let version = 1; version <= 12; version++) await say(version, `${version}a`, `${version}b`);
        const expected = Array.from({ length: 12 }, (_, i) => [`${i + 1}a`, `${i + 1}b`]).flat();
        expect(await texts()).toEqual(expected);
      });

      it('gives entries back whole', async () => {
        const entry = seedEntry({
          files: [{ file: 'abcd', contentType: 'image/jpeg', sizeBytes: 3, name: 'ktp.jpg' }],
          note: 'sticker',
          providerId: 'SM1',
        });
        await commit({}, { entries: [entry] });
        expect(await store.conversations.transcript('siti')).toEqual([entry]);
      });

      it('keeps how a message was understood, and the notes that colleagues leave', async () => {
        const entries = [
          seedEntry({
            ...{ id: 'siti.1.in', direction: 'in', status: 'received', author: 'citizen' },
            understood: { event: 'INVALID', service: 'akta', step: 'nik', reason: 'length' },
          }),
          seedEntry({
            id: 'siti.1.n',
            direction: 'note',
            status: 'received',
            author: 'Rina',
            text: 'Telepon',
          }),
        ];
        await commit({}, { entries });
        expect(await store.conversations.transcript('siti')).toEqual(entries);
        expect((await store.conversations.findEntry('siti.1.n'))?.entry).toEqual(entries[1]);
      });

      it('can begin behind an entry, and keep the newest', async () => {
        await say(1, 'one', 'two');
        await say(2, 'three', 'four');
        expect(await texts({ after: 'siti.1.1' })).toEqual(['three', 'four']);
        expect(await texts({ after: 'siti.2.1' })).toEqual([]);
        expect(await texts({ last: 3 })).toEqual(['two', 'three', 'four']);
        expect(await texts({ after: 'siti.1.0', last: 1 })).toEqual(['four']);
      });

      it('is whole when the entry to begin behind is unknown or of someone else', async () => {
        await say(1, 'one');
        await commit({ id: 'budi' }, { entries: [seedEntry({ id: 'budi.1.9' })] });
        expect(await texts({ after: 'siti.7.7' })).toEqual(['one']);
        expect(await texts({ after: 'budi.1.9' })).toEqual(['one']);
      });

      it('has only the lines of its conversation, though ids begin alike', async () => {
        await say(1, 'one');
        await commit({ id: 'siti2' }, { entries: [seedEntry({ id: 'siti2.1.0', text: 'other' })] });
        expect(await texts()).toEqual(['one']);
      });

      it('takes files that intake has found into an entry of an earlier step', async () => {
        await commit({}, { entries: [seedEntry({ status: 'received', direction: 'in', note: 'photo' })] });
        const files = [{ file: 'abcd', contentType: 'image/png', sizeBytes: 7 }];
        await commit({ version: 2 }, { amended: [{ entry: 'siti.1.0', files }] });
        expect((await store.conversations.findEntry('siti.1.0'))?.entry).toMatchObject({
          files,
          note: 'photo',
        });
        expect(await store.conversations.transcript('siti')).toMatchObject([{ files, note: 'photo' }]);
      });
    });

    describe('delivery status', () => {
      const statusAfter = async (...news: DeliveryStatus[]) => {
        await commit({}, { entries: [seedEntry()] });
        for (const status of news) await store.conversations.setStatus('siti.1.0', status);
        return (await store.conversations.findEntry('siti.1.0'))?.entry.status;
      };

      it.each<[DeliveryStatus[], DeliveryStatus]>([
        [['sent', 'delivered', 'read'], 'read'],
        [['read', 'delivered', 'sent', 'queued'], 'read'],
        [['delivered', 'sent'], 'delivered'],
        [['sent', 'failed'], 'failed'],
        [['failed', 'sent'], 'failed'],
        [['delivered', 'failed'], 'delivered'],
        [['read', 'failed'], 'read'],
      ])('after %j is %s', async (news, expected) => {
        expect(await statusAfter(...news)).toBe(expected);
      });

      it('never touches what was received', async () => {
        await commit({}, { entries: [seedEntry({ direction: 'in', status: 'received' })] });
        await store.conversations.setStatus('siti.1.0', 'read');
        expect((await store.conversations.findEntry('siti.1.0'))?.entry.status).toBe('received');
      });

      it('makes the entry findable by the id that the provider gave', async () => {
        await commit({}, { entries: [seedEntry()] });
        expect(await store.conversations.findSent('SM1')).toBeUndefined();
        await store.conversations.setStatus('siti.1.0', 'sent', 'SM1');
        const entry = seedEntry({ status: 'sent', providerId: 'SM1' });
        expect(await store.conversations.findSent('SM1')).toEqual({ conversation: 'siti', entry });
        await store.conversations.setStatus('siti.1.0', 'delivered');
        expect((await store.conversations.findSent('SM1'))?.entry.status).toBe('delivered');
      });

      it('keeps the provider id even when it comes after better news', async () => {
        await commit({}, { entries: [seedEntry()] });
        await store.conversations.setStatus('siti.1.0', 'delivered');
        await store.conversations.setStatus('siti.1.0', 'sent', 'SM1');
        expect((await store.conversations.findSent('SM1'))?.entry.status).toBe('delivered');
      });

      it('of an unknown entry changes nothing', async () => {
        await store.conversations.setStatus('siti.1.0', 'sent');
        expect(await store.conversations.findEntry('siti.1.0')).toBeUndefined();
      });
    });

    it('lists who waits for an operator or is with one, longest waiting first', async () => {
      const waiting = (since: number) => ({ status: 'waiting', since, reason: 'asked' }) as const;
      await commit({ id: 'late', attention: waiting(30) });
      await commit({ id: 'early', attention: waiting(10) });
      const operator = { id: 'o1', name: 'Rina' };
      await commit({
        id: 'with',
        attention: { status: 'claimed', since: 20, reason: 'asked', operator, until: 99 },
      });
      await commit({ id: 'gone', attention: waiting(5) });
      await commit({ id: 'gone', version: 2 });
      expect((await store.conversations.listAttention()).map(({ id }) => id)).toEqual([
        'early',
        'with',
        'late',
      ]);
    });
  });
}
