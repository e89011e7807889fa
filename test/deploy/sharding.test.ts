import { expect, it } from 'vitest';
import { COLLECTIONS } from '../../src/store/cluster/schema.ts';
import { codes, readDocument, table } from '../docs/markdown.ts';

it('the table of shard keys names every collection with the key that its unique indexes allow', () => {
  const documented = table(readDocument('docs/production.md'), 'collection').map(([name = '', key = '']) => [
    codes(name)[0],
    codes(key)[0],
  ]);
  const known = COLLECTIONS.map(({ name, shardKey }) => [name, JSON.stringify(shardKey)]);
  expect(documented.toSorted()).toEqual(known.toSorted());
});
