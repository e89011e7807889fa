import { describe, expect, it } from 'vitest';
import { parseAktaNumber } from '../../../src/flows/answers/akta-number.ts';
import { brief, context } from './context.ts';

describe('the number of a certificate', () => {
  it.each([
    ['6472-LU-26032024-0001', '6472-LU-26032024-0001'],
    ['no akta: 6472-lu-26032024-0001', '6472-LU-26032024-0001'],
    ['6472 LU 26032024 0001 pak', '6472-LU-26032024-0001'],
    ['6472-LU-26032024-0001, 6472-lu-26032024-0001', '6472-LU-26032024-0001'],
    ['AL 123/1990', 'AL 123/1990'],
    ['AL.500.0123456', 'AL.500.0123456'],
    ['477/123/2001', '477/123/2001'],
    ['No. 477/123/2001.', '477/123/2001'],
    ['nomor akta kelahiran 123/DISP/1990 pak', '123/DISP/1990'],
    ['itu 123/1990', '123/1990'],
    ['nomornya 123/1990 ya', '123/1990'],
    ['123/1990 tgl 12-05-1990', '123/1990'],
    ['123/1990 a.n. Budi', '123/1990'],
    ['123/1990 123/1990', '123/1990'],
    ['123 garis miring 1990', '123/1990'],
    ['123\\1990', '123/1990'],
    ['1'.repeat(40), '1'.repeat(40)],
  ])('%s is %s', (typed, value) => {
    expect(parseAktaNumber(typed, context)).toEqual({ ok: true, value, warnings: [] });
  });

  it.each([
    ['', 'unreadable'],
    ['lupa', 'unreadable'],
    ['tidak ada, lahir 1990', 'unreadable'],
    ['nomornya di mana ya 1990?', 'unreadable'],
    ['12 😀', 'unreadable'],
    ['1'.repeat(41), 'too-long'],
    ['6472-LU-26032024-0001 6472-LU-26032024-0002', 'two-values'],
    ['477/123/2001 atau 477/124/2001', 'two-values'],
    ['123/1990 eh salah 124/1990', 'two-values'],
    ['123/1990 124/1991', 'two-values'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parseAktaNumber(typed, context))).toBe(`refused: ${reason}`);
  });
});
