import { expect, it } from 'vitest';
import { loadRegions } from '../src/regions.ts';

it('knows the districts of today by their six digits, and nothing else', () => {
  const regions = loadRegions();
  expect(['640804', '647205', '110101', '967110'].every((code) => regions.hasDistrict(code))).toBe(true);
  expect(
    ['640401', '910101', '991201', '64.08.04', '6408', ''].some((code) => regions.hasDistrict(code)),
  ).toBe(false);
});

it('keeps the names that are asked for, and no others', () => {
  const { names } = loadRegions((code) => code.startsWith('64.08.'));
  expect(names.get('64.08.12')).toBe('Sangatta Selatan');
  expect(names.size).toBe(18);
  expect(loadRegions().names.size).toBe(0);
});
