/** What every store promises of erasing: a person, a case, a draft, and what was said long ago. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/types.ts';
import { openWhole, sealWhole, whole } from '../store/whole.ts';
import { seedCommit, seedDraft, seedEntry, seedWorked } from './seeds.ts';

const [CASE, OTHER, CORRECTION] = ['siti:4', 'siti:7', 'siti:9'];

export function describeErasing(name: string, open: () => Promise<Store>): void {
  describe(`Erasing in ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const keep = async (id: string, owner: string) =>
      store.files.put({
        ...{ id, owner, contentType: 'image/png', sizeBytes: 1, at: 5, name: `${id}.png` },
        sealed: [await sealWhole(store.sealer, owner, Buffer.from('x'), id)],
      });
    const file = (filedBy: string) =>
      store.applications.create(seedDraft({ filedBy, marks: ['m1'], history: HISTORY }));
    const there = async (...ids: string[]) => {
      const found = await Promise.all(ids.map((id) => store.files.get(id)));
      return ids.filter((_, at) => found[at]);
    };
    const owners = async () => {
      const found: string[] = [];
      for await (const record of store.records()) if (record.kind === 'key') found.push(record.owner);
      return found.sort();
    };

    it('of one case takes its key, its files and those of its corrections, and nothing else', async () => {
      const filed = await file(CASE);
      const other = await file(OTHER);
      await keep('foto-1', CASE);
      await keep('foto-2', CORRECTION);
      await keep('foto-3', CORRECTION);
      await keep('foto-4', OTHER);
      await keep('foto-5', 'siti');
      await keep('foto-6', 'siti');
      await keep('foto-7', 'budi');
      const link = { kind: 'download' as const, conversation: 'siti', expiresAt: 9, failures: 0 };
      await store.links.create({ tokenHash: 'h1', application: filed.number, file: 'foto-5', ...link });
      await store.links.create({ tokenHash: 'h2', application: other.number, file: 'foto-4', ...link });
      const sealed = await sealWhole(store.sealer, CASE, Buffer.from('x'));
      const named = ['foto-1', 'foto-2', 'foto-5', 'foto-7', 'foto-9'];

      expect(await store.eraseCase({ number: filed.number, version: 1, files: named })).toBe('erased');

      expect(await there('foto-1', 'foto-2', 'foto-3', 'foto-4', 'foto-5', 'foto-6', 'foto-7')).toEqual([
        ...['foto-4', 'foto-6', 'foto-7'],
      ]);
      await expect(openWhole(store.sealer, CASE, sealed)).rejects.toMatchObject({ code: 'KEY_MISSING' });
      expect(await owners()).toEqual(expect.not.arrayContaining([CASE, CORRECTION]));
      expect(await owners()).toEqual(expect.arrayContaining([OTHER, 'siti', 'budi']));
      expect(await store.links.find('h1')).toBeUndefined();
      expect(await store.links.find('h2')).toBeDefined();
      const skeleton = await store.applications.find(filed.number);
      expect(skeleton).toMatchObject({ state: 'submitted', answers: {}, history: [], marks: [], dueAt: 200 });
      expect(await store.applications.findByMark('m1')).toEqual([other]);
      const query = { limit: 9 };
      expect(await store.applications.list({ ...query, isKept: true })).toEqual([other]);
      expect(await store.applications.list(query)).toHaveLength(2);
      expect(await store.applications.update(seedWorked(filed))).toBe('conflict');
    });

    it('of a case is not done when the case is another by now', async () => {
      const filed = await file(CASE);
      await keep('foto-1', CASE);
      await store.applications.update(seedWorked(filed));
      const asked = { number: filed.number, version: 1, files: ['foto-1'] };
      expect(await store.eraseCase(asked)).toBe('conflict');
      expect(await store.eraseCase({ ...asked, number: 'KL-0' })).toBe('conflict');
      expect(await there('foto-1')).toEqual(['foto-1']);
      expect((await store.applications.find(filed.number))?.answers).toEqual(filed.answers);
    });

    it('of a person takes the keys and files of all their cases', async () => {
      const filed = await file(CASE);
      for (const [id, owner] of [
        ['foto-1', CASE],
        ['foto-2', 'siti'],
        ['foto-3', 'siti2'],
        ['foto-4', 'siti2:4'],
      ] as const)
        await keep(id, owner);
      await store.eraseOwner('siti');
      expect(await there('foto-1', 'foto-2', 'foto-3', 'foto-4')).toEqual(['foto-3', 'foto-4']);
      expect((await store.applications.find(filed.number))?.answers).toEqual({});
      expect(await owners()).toEqual(expect.arrayContaining(['siti2', 'siti2:4']));
      expect((await owners()).filter((owner) => owner === 'siti' || owner.startsWith('siti:'))).toEqual([]);
    });

    it('of a person leaves their number in the queue, which is nobody any more', async () => {
      const day = { point: 'kantor', activity: 'submit', date: '2026-11-23' } as const;
      const take = (holder: string) =>
        store.queue.take({ ...day, holder, at: 1, perDay: 9, expectedAt: () => 5 });
      const first = await take('siti');
      await take('budi');
      await store.eraseOwner('siti');
      expect(await store.queue.findByHolder('siti', day.date)).toEqual([]);
      const listed = await store.queue.list('kantor', day.date);
      expect(listed.map(({ number }) => number)).toEqual([1, 2]);
      expect(listed[0]).toMatchObject({ id: first === 'full' ? '' : first.id });
      expect(await take('siti')).toMatchObject({ number: 3 });
    });

    it('of a draft leaves its conversation as it is', async () => {
      await store.conversations.commit(seedCommit({}, { entries: [seedEntry()] }));
      await keep('foto-1', CASE);
      await keep('foto-2', 'siti');
      await store.eraseOwner(CASE);
      expect(await there('foto-1', 'foto-2')).toEqual(['foto-2']);
      expect(await store.conversations.transcript('siti')).toHaveLength(1);
      await keep('foto-1', CASE);
      expect(`${await whole((await store.files.get('foto-1'))?.sealed)}`).not.toBe('');
    });

    it('finds old files page by page, by owner', async () => {
      await keep('foto-2', 'siti');
      await keep('foto-1', CASE);
      await keep('foto-3', 'agus');
      await store.files.put({
        ...{ id: 'foto-4', owner: 'agus', contentType: 'image/png', sizeBytes: 1, at: 9, sealed: [] },
      });
      const page = await store.files.listOld({ before: 9, limit: 2 });
      expect(page.map(({ id, owner, at }) => [id, owner, at])).toEqual([
        ['foto-3', 'agus', 5],
        ['foto-2', 'siti', 5],
      ]);
      const [, after] = page;
      const rest = await store.files.listOld({ before: 9, limit: 2, ...(after ? { after } : {}) });
      expect(rest.map(({ id }) => id)).toEqual(['foto-1']);
      const idsOf = async (of: string, more: object = {}) =>
        (await store.files.listOld({ before: 9, limit: 2, of, ...more })).map(({ id }) => id);
      expect(await idsOf('agus')).toEqual(['foto-3']);
      expect(await idsOf('siti', { after: { owner: 'siti', id: 'foto-2' } })).not.toContain('foto-2');
      expect(await idsOf('siti', { before: 1 })).toEqual([]);
      expect(await idsOf('sit')).toEqual([]);
    });

    it('counts and removes the links that expired before a time, used or tried as they are', async () => {
      const link = { kind: 'upload' as const, conversation: 'siti', step: 'kk', failures: 0 };
      for (const [tokenHash, expiresAt] of [
        ['h1', 5],
        ['h2', 6],
        ['h3', 7],
      ] as const)
        await store.links.create({ ...link, tokenHash, expiresAt });
      await store.links.use('h1', 1);
      await store.links.fail('h2');
      expect(await store.links.countExpired(7)).toBe(2);
      expect(await store.links.removeExpired(7)).toBe(2);
      expect(await store.links.find('h1')).toBeUndefined();
      expect(await store.links.find('h3')).toBeDefined();
      expect(await store.links.countExpired(7)).toBe(0);
    });

    it('of what was said long ago leaves the talk as it stands, and what is left to do', async () => {
      const say = (version: number) => ({
        entries: [seedEntry({ id: `siti.${version}.0`, text: `langkah ${version}` })],
        effects: [{ id: `siti.${version}.0`, type: 'say', params: { entry: `siti.${version}.0` } }],
        inbound: `simulator:${version}`,
      });
      for (const version of [1, 2, 3, 4])
        await store.conversations.commit(seedCommit({ version }, say(version)));
      for (const version of [1, 3, 4]) await store.jobs.effectDone(`siti.${version}.0`);
      const later = Date.now() + 1000;
      expect(await store.talks.listOld({ before: later, limit: 9 })).toEqual(['siti']);
      expect(await store.talks.listOld({ before: later, after: 'siti', limit: 9 })).toEqual([]);
      expect(await store.talks.listOld({ before: 1000, limit: 9 })).toEqual([]);

      expect(await store.talks.forget('siti', 4)).toBe(2);
      expect(await store.talks.forget('siti', 4)).toBe(0);
      expect(await store.talks.forget('nobody', 4)).toBe(0);

      const texts = (await store.conversations.transcript('siti')).map(({ text }) => text);
      expect(texts).toEqual(['langkah 2', 'langkah 4']);
      expect(await store.conversations.findEntry('siti.1.0')).toBeUndefined();
      expect(await store.jobs.pendingEffects()).toMatchObject([{ effect: { id: 'siti.2.0' } }]);
      await store.conversations.setStatus('siti.1.0', 'delivered');
      expect(await store.conversations.isInboundDone('siti', 'simulator:1')).toBe(true);
      expect(await store.conversations.commit(seedCommit({ version: 5 }, say(5)))).toBe('committed');
    });

    it('lists a conversation that fell silent although nothing it said is left', async () => {
      await store.conversations.commit(seedCommit({}, { entries: [seedEntry()] }));
      await store.talks.forget('siti', 2);
      expect(await store.talks.listOld({ before: Date.now() + 1000, limit: 9 })).toEqual(['siti']);
    });
  });
}

const HISTORY = [{ at: 100, event: 'submit', by: 'citizen', state: 'submitted' } as const];
