import { describe, expect, it } from 'vitest';
import { parsePhone } from '../../../src/flows/answers/phone.ts';
import { brief, context } from './context.ts';

describe('a phone number', () => {
  it.each([
    '081234567890',
    '6281234567890',
    '+6281234567890',
    '006281234567890',
    '81234567890',
    '0812 3456 7890',
    '0812.3456.7890',
    '(0812) 3456-7890',
    '+62 812-3456-7890',
    '+62 (0)812 3456 7890',
    '62 81234567890',
    '0812 34 56 78 90',
    'wa 081234567890',
    'no hp saya 0812–3456–7890 pak',
    '081234567890 (wa)',
    '081234567890 (24 jam)',
    '081234567890 jam 08.00-12.00',
    'nik 6408041205909901 hp 081234567890',
    'nol delapan satu dua tiga empat lima enam tujuh delapan sembilan kosong',
    'hp1 081234567890',
    'RT 5, 081234567890',
    '081234567890 dan +62 812 3456 7890',
    '０８１２３４５６７８９０',
  ])('%s is +6281234567890', (typed) => {
    expect(parsePhone(typed, context)).toEqual({ ok: true, value: '+6281234567890', warnings: [] });
  });

  it.each([
    ['0811123456', '+62811123456'],
    ['0812345678901', '+62812345678901'],
  ])('%s has as few or as many digits as there are', (typed, value) => {
    expect(brief(parsePhone(typed, context))).toBe(value);
  });

  it.each([
    ['081112345', 'length'],
    ['08123456789012', 'length'],
    ['0541743210', 'landline'],
    ['0541-743210', 'landline'],
    ['021 5551234', 'landline'],
    ['+62541743210', 'landline'],
    ['081234567890 atau 081298765432', 'two-values'],
    ['081234567890 081298765432', 'two-values'],
    ['081234567890/081298765432', 'two-values'],
    ['0812 3456 7890 0813 1111 2222', 'two-values'],
    ['081234567890, 0541743210', 'two-values'],
    ['0812345678/9', 'two-values'],
    ['08123456789 2', 'two-values'],
    ['+60123456789', 'unreadable'],
    ['+81 234567890', 'unreadable'],
    ['6408041205909901', 'unreadable'],
    ['123', 'unreadable'],
    ['tidak punya', 'unreadable'],
    ['', 'unreadable'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parsePhone(typed, context))).toBe(`refused: ${reason}`);
  });
});
