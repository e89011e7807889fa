import { describe, expect, it } from 'vitest';
import { parseKk } from '../../../src/flows/answers/kk.ts';
import { brief, context, warningsOf } from './context.ts';

describe('a KK number', () => {
  it.each([
    '6408041203100001',
    'KK 6408041203100001',
    'no. kk: 6408 0412 0310 0001 bu',
    'nik 6408041205909901 kk 6408041203100001',
  ])('%s is read', (typed) => {
    expect(brief(parseKk(typed, context))).toBe('6408041203100001');
  });

  it.each([
    ['6408041203100001', []],
    ['6404011203100001', ['region-unknown']],
    ['9912011203100001', ['region-unknown']],
    ['6408043204100001', ['date-implausible']],
    ['6408041213100001', ['date-implausible']],
    ['6408044103100001', ['looks-like-nik']],
    ['6408047103100001', ['looks-like-nik']],
    ['9912017203100001', ['region-unknown', 'date-implausible']],
    ['6408041203100000', []],
  ])('%s is taken with the remarks %j: region and date are never certain', (typed, warnings) => {
    expect(warningsOf(parseKk(typed, context))).toEqual(warnings);
  });

  it.each([
    ['640804120310000', 'not-16-digits'],
    ['64O8041203100001', 'letters'],
    ['tidak ada', 'not-16-digits'],
    ['1111111111111111', 'repeated'],
    ['6408041203100001 6408041203100002', 'two-values'],
    ['NIK: 6408041205909901', 'other-number'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parseKk(typed, context))).toBe(`refused: ${reason}`);
  });
});
