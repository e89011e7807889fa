/** What every AuditLog promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditQuery } from '../../src/handoff/ports.ts';
import type { Store } from '../../src/store/types.ts';

type Opened = Pick<Store, 'audit' | 'close'>;

export function describeAudit(name: string, open: () => Promise<Opened>): void {
  describe(`AuditLog of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const append = (subject: string) =>
      store.audit.append({
        at: 5,
        actor: 'o1',
        action: 'case.view',
        subject,
        details: { field: 'nik', 2: 'b', 1: 'a' },
      });
    const subjects = async (options: AuditQuery) =>
      (await store.audit.list(options)).map(({ seq, subject }) => `${seq} ${subject}`);

    it('is whole when it is empty', async () => {
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 0 });
      expect(await store.audit.list({ limit: 5 })).toEqual([]);
    });

    it('numbers the lines and gives them back in order, page by page', async () => {
      await Promise.all(['a', 'b', 'c', 'd'].map(append));
      expect(await subjects({ limit: 2 })).toEqual(['1 a', '2 b']);
      expect(await subjects({ after: 2, limit: 9 })).toEqual(['3 c', '4 d']);
      expect(await store.audit.list({ limit: 1 })).toMatchObject([
        { at: 5, actor: 'o1', action: 'case.view', details: { field: 'nik', 1: 'a', 2: 'b' } },
      ]);
    });

    it('gives the lines that meet every condition, the oldest or the newest first', async () => {
      const lines = [
        ...[['o1', 'case.view', 'a'] as const, ['o1', 'case.reveal', 'b'] as const],
        ...[['o2', 'case.view', 'a'] as const, ['o2', 'session.open', 'o2'] as const],
        ...[['o1', 'case.view', 'c'] as const, ['bot', 'case.view', 'a'] as const],
      ];
      for (const [n, [actor, action, subject]] of lines.entries())
        await store.audit.append({ at: n * 10, actor, action, subject, details: {} });
      const seqs = async (query: Partial<AuditQuery>) =>
        (await store.audit.list({ limit: 9, ...query })).map(({ seq }) => seq);

      expect(await seqs({ newest: true })).toEqual([6, 5, 4, 3, 2, 1]);
      expect(await seqs({ newest: true, limit: 2 })).toEqual([6, 5]);
      expect(await seqs({ newest: true, before: 5, limit: 2 })).toEqual([4, 3]);
      expect(await seqs({ after: 2, before: 5 })).toEqual([3, 4]);
      expect(await seqs({ subject: 'a' })).toEqual([1, 3, 6]);
      expect(await seqs({ actor: 'o1', newest: true })).toEqual([5, 2, 1]);
      expect(await seqs({ actions: ['case.view'] })).toEqual([1, 3, 5, 6]);
      expect(await seqs({ actions: ['session.open', 'case.reveal', 'case.reveal'] })).toEqual([2, 4]);
      expect(await seqs({ actions: ['case.view', 'session.open'], newest: true, limit: 3 })).toEqual([
        6, 5, 4,
      ]);
      expect(await seqs({ actions: [] })).toEqual([]);
      expect(await seqs({ from: 10, until: 40 })).toEqual([2, 3, 4]);
      const all = { actor: 'o2', subject: 'a', actions: ['case.view'], from: 20, until: 21, after: 1 };
      expect(await seqs(all)).toEqual([3]);
      expect(await seqs({ ...all, actor: 'o1' })).toEqual([]);
    });

    it('chains the lines, so that equal ones have different hashes, and verifies them', async () => {
      await Promise.all(['same', 'same', 'same'].map(append));
      const hashes = (await store.audit.list({ limit: 9 })).map(({ hash }) => hash);
      expect(new Set(hashes).size).toBe(3);
      expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 3 });
    });

    it('verifies a long log', async () => {
      await Promise.all(Array.from({ length: 2500 }, (_, i) => append(`s${i}`)));
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 2500 });
    });
  });
}
