/** What every AuditLog promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    const subjects = async (options: { after?: number; limit: number }) =>
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
