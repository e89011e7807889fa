import { describe, expect, it } from 'vitest';
import { pickOf } from '../../../src/flows/wish/pick.ts';

describe('which of the offered times is taken', () => {
  it.each([
    ['2', 1],
    ['nomor 2 aja', 1],
    ['yang ketiga pak', 2],
    ['pilih yg pertama ya bu', 0],
    ['nomor 4 aja', 3],
    ['the second one please', 1],
    ['terserah aja min', 0],
    ['yg mana saja', 0],
    ['whatever', 0],
    ['up to you', 0],
    ['ya dong', 0],
    ['boleh deh pak', 0],
    ['ok yg itu', 0],
    ['yes please', 0],
  ])('%s', (text, index) => expect(pickOf(text)).toBe(index));

  it.each([
    'ya tapi jangan senin',
    'bisa jumat?',
    'tidak bisa',
    'yang sore ada?',
    'kapan saja bukanya?',
    '?',
    '12',
  ])('none by "%s"', (text) => expect(pickOf(text)).toBeUndefined());
});
