import { describe, expect, test } from 'vitest';
import { maskName } from '../../src/handoff/places/mask-name.ts';

describe('a name on a list that lies open', () => {
  test.each([
    ['Siti Rahmawati Putri', 'Siti R. P.'],
    ['  Ni  Luh Ayu ', 'Ni L. A.'],
    ['Sutrisno', 'Sut...'],
    ['Aan', 'Aan'],
    ['Ćiro 漢字', 'Ćiro 漢.'],
    ['', ''],
  ])('%j is shown as %j', (name, shown) => {
    expect(maskName(name)).toBe(shown);
  });
});
