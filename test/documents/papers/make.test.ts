import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPaperMaker, type PaperOrder } from '../../../src/documents/papers/make.ts';
import { openWorld, PUBLIC_URL, type World } from '../world.ts';

let world: World;
let drawn: number;
beforeEach(async () => {
  world = await openWorld();
  drawn = 0;
});
afterEach(() => world.close());

const maker = () => {
  const { issued, sealer } = world.store;
  return createPaperMaker({ ...world, issued, sealer, publicUrl: PUBLIC_URL });
};
const make = (key: string, more: Partial<PaperOrder> = {}) =>
  maker().make({
    ...{ kind: 'form', subject: 'KL-2611-0001-7/F-2.01', key, owner: 'talk', name: 'F-2.01.pdf' },
    render: async ({ code, issuedAt }) => {
      drawn += 1;
      return new TextEncoder().encode(`%PDF ${key} ${code} ${issuedAt}`);
    },
    ...more,
  });
const CURRENT = { mustBeCurrent: true };

describe('a paper', () => {
  test('asked for by the same name is drawn once', async () => {
    expect(await make('A')).toEqual(await make('A'));
    expect(drawn).toBe(1);
  });

  test('takes the place of the one before; the earlier facts come back under a code of their own', async () => {
    const first = await make('A', CURRENT);
    const second = await make('B', CURRENT);
    expect(await world.store.issued.find(first.code)).toMatchObject({ supersededBy: second.code });
    const again = await make('A', CURRENT);
    expect([first.code, second.code]).not.toContain(again.code);
    expect(await make('A', CURRENT)).toEqual(again);
    const { kind, subject, owner } = {
      kind: 'form',
      subject: 'KL-2611-0001-7/F-2.01',
      owner: 'talk',
    } as const;
    expect(await maker().findCurrent({ kind, subject, owner })).toEqual(again);
  });

  test('for another conversation has the same code and bytes, in a file of its own', async () => {
    const one = await make('A');
    world.clock.at += 60_000;
    const other = await make('A', { owner: 'another' });
    expect(other.code).toBe(one.code);
    expect(other.file.file).not.toBe(one.file.file);
    const [first, second] = await Promise.all([one, other].map(({ file }) => world.vault.get(file.file)));
    expect(second?.sha256).toBe(first?.sha256);
    expect(second?.owner).toBe('another');
  });

  test('that could not be drawn leaves nothing behind', async () => {
    const render = () => Promise.reject(new Error('no'));
    await expect(make('A', { render })).rejects.toThrow('no');
    const { kind, subject, owner } = {
      kind: 'form',
      subject: 'KL-2611-0001-7/F-2.01',
      owner: 'talk',
    } as const;
    expect(await maker().findCurrent({ kind, subject, owner })).toBeUndefined();
  });
});
