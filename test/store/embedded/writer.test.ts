import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createWriter, type Writer } from '../../../src/store/embedded/writer.ts';

describe('the writer', () => {
  let db: DatabaseSync;
  let writer: Writer;
  const onRollback = vi.fn();
  const onGroup = vi.fn();
  beforeEach(() => {
    vi.clearAllMocks();
    db = new DatabaseSync(':memory:');
    db.exec('CREATE TABLE t (v INTEGER PRIMARY KEY)');
    writer = createWriter({ db, onRollback, onGroup });
  });

  const insert = (v: number) =>
    writer.write(() => {
      db.prepare('INSERT INTO t VALUES (?)').run(v);
      return v;
    });
  const stored = () =>
    db
      .prepare('SELECT v FROM t ORDER BY v')
      .all()
      .map(({ v }) => v);
  const groups = () => onGroup.mock.calls.map(([size]) => size);

  it('writes all that arrives together in one transaction', async () => {
    expect(await Promise.all([1, 2, 3, 4].map(insert))).toEqual([1, 2, 3, 4]);
    expect(groups()).toEqual([4]);
    await insert(5);
    expect(groups()).toEqual([4, 1]);
  });

  it('resolves only after the commit', async () => {
    let wasInTransaction = true;
    await insert(1).then(() => {
      wasInTransaction = db.isTransaction;
    });
    expect(wasInTransaction).toBe(false);
    expect(stored()).toEqual([1]);
  });

  it('lets a later member see what an earlier one wrote', async () => {
    const [, count] = await Promise.all([insert(1), writer.write(() => stored().length)]);
    expect(count).toBe(1);
    expect(groups()).toEqual([2]);
  });

  it('refuses only the member at fault, and undoes all that it wrote', async () => {
    const bad = writer.write(() => {
      db.exec('INSERT INTO t VALUES (77)');
      throw new RangeError('bug');
    });
    const answers = await Promise.allSettled([insert(1), bad, insert(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { message: 'bug' } });
    expect(stored()).toEqual([1, 2]);
    expect(onRollback).toHaveBeenCalled();
  });

  it("tells a fault of the database as the store's", async () => {
    const [first, again] = await Promise.allSettled([insert(1), insert(1)]);
    expect(first.status).toBe('fulfilled');
    expect(again).toMatchObject({ reason: { code: 'STORE_UNAVAILABLE' } });
  });

  it('refuses the whole group when it cannot be committed, and goes on with the next', async () => {
    db.exec(`PRAGMA foreign_keys = ON;
      CREATE TABLE child (v INTEGER REFERENCES t (v) DEFERRABLE INITIALLY DEFERRED)`);
    const orphan = writer.write(() => db.exec('INSERT INTO child VALUES (9)'));
    const answers = await Promise.allSettled([insert(1), orphan]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(answers[0]).toMatchObject({ reason: { code: 'STORE_UNAVAILABLE' } });
    expect(stored()).toEqual([]);
    await insert(2);
    expect(stored()).toEqual([2]);
  });

  it('splits a flood into groups, in order', async () => {
    await Promise.all(Array.from({ length: 600 }, (_, i) => insert(i)));
    expect(groups()).toEqual([256, 256, 88]);
  });

  it('writes what waits when it is closed, and nothing after', async () => {
    const last = insert(1);
    writer.close();
    await last;
    expect(stored()).toEqual([1]);
    await expect(insert(2)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
