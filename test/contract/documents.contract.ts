/** What every FileStore, Sealer, LinkStore and IssuedStore promises. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IssuedDocument, Link } from '../../src/documents/ports.ts';
import type { Store } from '../../src/store/types.ts';
import { openWhole, sealWhole, whole } from '../store/whole.ts';

type Opened = Pick<Store, 'files' | 'sealer' | 'links' | 'issued' | 'eraseOwner' | 'close'>;

const bytes = (text: string) => new TextEncoder().encode(text);

export function describeDocuments(name: string, open: () => Promise<Opened>): void {
  let store: Opened;
  const use = () => {
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
  };

  describe(`FileStore of ${name}`, () => {
    use();
    const file = {
      id: 'a1-B_2',
      owner: 'siti',
      contentType: 'image/jpeg',
      name: 'ktp.jpg',
      sizeBytes: 9,
      at: 5,
    };

    it('gives back what was put', async () => {
      const sealed = randomBytes(100_000);
      await store.files.put({ ...file, sealed: [sealed.subarray(0, 7), sealed.subarray(7)] });
      const got = await store.files.get(file.id);
      expect(got).toMatchObject(file);
      expect((await whole(got?.sealed)).equals(sealed)).toBe(true);
    });

    it('has no name where none was given', async () => {
      const { name: _, ...nameless } = file;
      await store.files.put({ ...nameless, sealed: [bytes('x')] });
      expect(await store.files.get(file.id)).not.toHaveProperty('name');
    });

    it('replaces what was put under the same id', async () => {
      await store.files.put({ ...file, sealed: [bytes('old')] });
      await store.files.put({ ...file, contentType: 'application/pdf', sealed: [bytes('new')] });
      const got = await store.files.get(file.id);
      expect(got?.contentType).toBe('application/pdf');
      expect(`${await whole(got?.sealed)}`).toBe('new');
    });

    it('is one whole file, never a mix or none, when many put the same id and read it at once', async () => {
      const sizes = [1, 300_000, 5_000_000];
      await store.files.put({ ...file, sizeBytes: 7, sealed: [Buffer.alloc(7, 7)] });
      const put = (size: number, mark: number) =>
        store.files.put({ ...file, sizeBytes: size, sealed: [Buffer.alloc(size, mark)] });
      const read = async (): Promise<void> => {
        const got = await store.files.get(file.id);
        const sealed = await whole(got?.sealed).catch((error) => error);
        // It was replaced while it was read: again.
        if (sealed.code === 'STORE_CONFLICT') return read();
        expect([7, ...sizes]).toContain(sealed.byteLength);
        expect(new Set(sealed).size).toBe(1);
      };
      const work = sizes.map((size, at) => put(size, at + 1).then(read));
      for (let reads = 0; reads < 5; reads++) await read();
      await Promise.all(work);
      await read();
    });

    it('knows a deleted file no more, and may delete twice', async () => {
      await store.files.put({ ...file, sealed: [bytes('x')] });
      await store.files.delete(file.id);
      await store.files.delete(file.id);
      expect(await store.files.get(file.id)).toBeUndefined();
    });

    it.each(['../../etc/passwd', 'a/b', '..', 'a', '', 'a\0b'])(
      'has no file %j, and takes none',
      async (id) => {
        expect(await store.files.get(id)).toBeUndefined();
        await store.files.delete(id);
        await expect(store.files.put({ ...file, id, sealed: [bytes('x')] })).rejects.toMatchObject({
          code: 'INVALID_REQUEST',
        });
      },
    );
  });

  describe(`Sealer of ${name}`, () => {
    use();

    it('opens what it sealed, also nothing and a megabyte', async () => {
      for (const clear of [bytes('3273014107900001'), bytes(''), randomBytes(1_000_000)]) {
        const sealed = await sealWhole(store.sealer, 'siti', clear);
        expect(Buffer.from(await openWhole(store.sealer, 'siti', sealed)).equals(clear)).toBe(true);
      }
    });

    it('shows nothing of what it sealed, and never seals alike', async () => {
      const [one, two] = await Promise.all([
        sealWhole(store.sealer, 'siti', bytes('3273014107900001')),
        sealWhole(store.sealer, 'siti', bytes('3273014107900001')),
      ]);
      expect(Buffer.from(one).includes('3273014107900001')).toBe(false);
      expect(Buffer.from(one).equals(two)).toBe(false);
      expect(one[0]).toBe(2);
    });

    it('does not open for another owner, nor changed or shortened bytes', async () => {
      const sealed = await sealWhole(store.sealer, 'siti', bytes('secret'));
      await sealWhole(store.sealer, 'budi', bytes('other'));
      await expect(openWhole(store.sealer, 'budi', sealed)).rejects.toMatchObject({ code: 'KEY_WRONG' });
      for (let i = 0; i < sealed.length; i++) {
        const changed = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte));
        await expect(openWhole(store.sealer, 'siti', changed)).rejects.toMatchObject({ code: 'KEY_WRONG' });
      }
      await expect(openWhole(store.sealer, 'siti', sealed.subarray(0, 20))).rejects.toMatchObject({
        code: 'KEY_WRONG',
      });
      await expect(openWhole(store.sealer, 'siti', bytes(''))).rejects.toMatchObject({ code: 'KEY_WRONG' });
    });

    it('says that the key is missing for an owner who never had one', async () => {
      const sealed = await sealWhole(store.sealer, 'siti', bytes('secret'));
      await expect(openWhole(store.sealer, 'nobody', sealed)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    });

    it('opens nothing of an owner once their key is destroyed, also after they come back', async () => {
      const sealed = await sealWhole(store.sealer, 'siti', bytes('secret'));
      await store.eraseOwner('siti');
      await expect(openWhole(store.sealer, 'siti', sealed)).rejects.toMatchObject({ code: 'KEY_MISSING' });
      const again = await sealWhole(store.sealer, 'siti', bytes('new life'));
      expect(Buffer.from(await openWhole(store.sealer, 'siti', again)).toString()).toBe('new life');
      await expect(openWhole(store.sealer, 'siti', sealed)).rejects.toMatchObject({ code: 'KEY_WRONG' });
    });

    it('hashes the same to the same, and each kind apart', () => {
      const hash = store.sealer.hash('nik', '3273014107900001');
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(store.sealer.hash('nik', '3273014107900001')).toBe(hash);
      expect(store.sealer.hash('kk', '3273014107900001')).not.toBe(hash);
      expect(store.sealer.hash('nik', '3273014107900002')).not.toBe(hash);
    });
  });

  describe(`LinkStore of ${name}`, () => {
    use();
    const link: Link = {
      tokenHash: 'h1',
      kind: 'download',
      conversation: 'siti',
      file: 'abcd',
      application: 'KL-1',
      expiresAt: 99,
      failures: 0,
    };

    it('finds a link as it was made, and none that was not', async () => {
      const upload: Link = {
        tokenHash: 'h2',
        kind: 'upload',
        conversation: 'siti',
        step: 'ktp',
        expiresAt: 9,
        failures: 0,
      };
      await store.links.create(link);
      await store.links.create(upload);
      expect(await store.links.find('h1')).toEqual(link);
      expect(await store.links.find('h2')).toEqual(upload);
      expect(await store.links.find('h3')).toBeUndefined();
    });

    it('made again stays as it was, used or not', async () => {
      await store.links.create(link);
      await store.links.use('h1', 50);
      await store.links.create({ ...link, expiresAt: 1 });
      expect(await store.links.find('h1')).toEqual({ ...link, usedAt: 50 });
    });

    it('is used by exactly one of many', async () => {
      await store.links.create(link);
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => store.links.use('h1', i)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await store.links.find('h1'))?.usedAt).toBe(answers.indexOf(true));
      expect(await store.links.use('unknown', 1)).toBe(false);
    });

    it('counts every wrong PIN', async () => {
      await store.links.create(link);
      const counts = await Promise.all([1, 2, 3].map(() => store.links.fail('h1')));
      expect(counts.toSorted()).toEqual([1, 2, 3]);
      expect((await store.links.find('h1'))?.failures).toBe(3);
      expect(await store.links.fail('unknown')).toBe(0);
    });
  });

  describe(`IssuedStore of ${name}`, () => {
    use();
    const paper = (code: string, application = 'KL-1'): IssuedDocument => ({
      code,
      kind: 'receipt',
      application,
      issuedAt: 5,
      sha256: code.repeat(4),
    });

    it('finds a paper as it was issued', async () => {
      await store.issued.issue(paper('AAAA'));
      expect(await store.issued.find('AAAA')).toEqual(paper('AAAA'));
      expect(await store.issued.find('BBBB')).toBeUndefined();
    });

    it('marks what a newer paper of the same application replaces', async () => {
      await store.issued.issue(paper('AAAA'));
      await store.issued.issue(paper('CCCC', 'KL-2'));
      await store.issued.issue(paper('BBBB'));
      expect(await store.issued.find('AAAA')).toEqual({ ...paper('AAAA'), supersededBy: 'BBBB' });
      expect(await store.issued.find('BBBB')).toEqual(paper('BBBB'));
      expect(await store.issued.find('CCCC')).toEqual(paper('CCCC', 'KL-2'));
    });

    it('finds the paper that nothing has replaced, of one kind and application', async () => {
      await store.issued.issue(paper('AAAA'));
      await store.issued.issue(paper('CCCC', 'KL-2'));
      await store.issued.issue(paper('BBBB'));
      expect(await store.issued.findCurrent('receipt', paper('BBBB').application)).toEqual(paper('BBBB'));
      expect(await store.issued.findCurrent('slip', paper('BBBB').application)).toBeUndefined();
    });

    it('leaves one paper that holds when many are issued at once', async () => {
      const codes = ['AAAA', 'BBBB', 'CCCC', 'DDDD'];
      await Promise.all(codes.map((code) => store.issued.issue(paper(code))));
      const papers = await Promise.all(codes.map((code) => store.issued.find(code)));
      expect(papers.filter((found) => found && found.supersededBy === undefined)).toHaveLength(1);
    });

    it('issued again changes nothing: neither the paper nor its successor', async () => {
      await store.issued.issue(paper('AAAA'));
      await store.issued.issue(paper('BBBB'));
      await store.issued.issue({ ...paper('AAAA'), issuedAt: 77 });
      expect(await store.issued.find('AAAA')).toEqual({ ...paper('AAAA'), supersededBy: 'BBBB' });
      expect(await store.issued.find('BBBB')).toEqual(paper('BBBB'));
    });
  });
}
