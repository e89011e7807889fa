import { describe, expect, it } from 'vitest';
import { parseChoice } from '../../../src/flows/answers/choice.ts';
import { parseEmail } from '../../../src/flows/answers/email.ts';
import { parseNumber } from '../../../src/flows/answers/number.ts';
import { parseText } from '../../../src/flows/answers/text.ts';
import { parseTime } from '../../../src/flows/answers/time.ts';
import { brief, context, warningsOf } from './context.ts';

describe('a time', () => {
  it.each([
    ['08.30', '08:30'],
    ['8:30', '08:30'],
    ['0830', '08:30'],
    ['20:30:00', '20:30'],
    ['pukul 14.00 WITA', '14:00'],
    ['setengah 9', '08:30'],
    ['stgh 9 malam', '20:30'],
    ['setengah sembilan pagi', '08:30'],
    ['jam 2 siang', '14:00'],
    ['jam dua siang', '14:00'],
    ['jam 12 siang', '12:00'],
    ['jam 12 malam', '00:00'],
    ['jam 1 malam', '01:00'],
    ['jam 6 sore', '18:00'],
    ['jam 4 subuh', '04:00'],
    ['jam 8 lewat 15', '08:15'],
    ['jam 8 kurang 10 malam', '19:50'],
    ['2:30pm', '14:30'],
    ['12 am', '00:00'],
    ['25.00', 'refused: impossible'],
    ['08.75', 'refused: impossible'],
    ['jam 20 pagi', 'refused: impossible'],
    ['8.30 atau 9.30', 'refused: two-values'],
    ['abis dzuhur', 'refused: unreadable'],
    ['', 'refused: unreadable'],
  ])('%s is %s', (typed, time) => {
    expect(brief(parseTime(typed, context))).toBe(time);
  });

  it('has a remark where morning was only assumed', () => {
    expect(warningsOf(parseTime('jam 8', context))).toEqual(['daypart-assumed']);
    expect(warningsOf(parseTime('jam 8 pagi', context))).toEqual([]);
    expect(warningsOf(parseTime('08.00', context))).toEqual([]);
  });
});

describe('an email address', () => {
  it.each([
    ['siti@gmail.com', 'siti@gmail.com'],
    ['email: Siti.A@Gmail.com', 'Siti.A@gmail.com'],
    ['<siti@gmail.com>.', 'siti@gmail.com'],
    ['siti@gmail.com atau SITI@gmail.com', 'siti@gmail.com'],
    ['gmail,com', 'refused: unreadable'],
    ['siti@gmail,com', 'refused: unreadable'],
    ['siti@gmail', 'refused: unreadable'],
    ['x..y@gmail.com', 'refused: unreadable'],
    ['tidak punya', 'refused: unreadable'],
    ['a@kantor.id b@kantor.id', 'refused: two-values'],
  ])('%s is %s', (typed, email) => {
    expect(brief(parseEmail(typed, context))).toBe(email);
  });

  it('has a remark when its domain is one letter off a common one', () => {
    expect(warningsOf(parseEmail('siti@gmail.con', context))).toEqual(['email-typo']);
    expect(warningsOf(parseEmail('siti@ymail.com', context))).toEqual([]);
  });
});

describe('a number', () => {
  const kilograms = { min: 0.3, max: 9, decimals: 2 };
  const grams = { min: 300, max: 9000, decimals: 0 };
  const children = { min: 1, max: 20, decimals: 0 };

  it.each([
    ['3,2 kg', kilograms, 3.2],
    ['3.2', kilograms, 3.2],
    ['tiga koma dua', kilograms, 3.2],
    ['3200 gram', kilograms, 3.2],
    ['3.200', kilograms, 3.2],
    ['3.200', grams, 3200],
    ['3,2 kg', grams, 3200],
    ['tiga ribu dua ratus', grams, 3200],
    ['anak ke-2', children, 2],
    ['kedua', children, 2],
    ['pertama', children, 1],
    ['dua belas', children, 12],
    ['3.2', grams, 'refused: unreadable'],
    ['banyak', children, 'refused: unreadable'],
    ['', children, 'refused: unreadable'],
    ['0', children, 'refused: range'],
    ['21', children, 'refused: range'],
    ['-5', children, 'refused: range'],
    ['2 atau 3', children, 'refused: two-values'],
  ])('%s within %j is %s', (typed, options, value) => {
    expect(brief(parseNumber(typed, context, options))).toBe(value);
  });

  it('is not read where dot and comma could mean either', () => {
    expect(brief(parseNumber('3.200', context, { min: 0, max: 5000, decimals: 3 }))).toBe(
      'refused: unreadable',
    );
  });
});

describe('a choice', () => {
  const sexes = [
    { id: 'laki_laki', label: { id: 'Laki-laki', en: 'Male' }, words: ['cowok', 'L'] },
    { id: 'perempuan', label: { id: 'Perempuan', en: 'Female' }, words: ['cewek', 'P'] },
  ];
  const states = [
    { id: 'cerai', label: { id: 'Cerai', en: 'Divorced' } },
    { id: 'mati', label: { id: 'Cerai mati', en: 'Widowed' } },
    { id: 'belum', label: { id: 'Belum kawin', en: 'Single' } },
    { id: 'kawin', label: { id: 'Kawin', en: 'Married' } },
  ];

  it.each([
    ['1', 'laki_laki'],
    ['no 2 pak', 'perempuan'],
    ['laki laki', 'laki_laki'],
    ['laki2', 'laki_laki'],
    ['FEMALE', 'perempuan'],
    ['p', 'perempuan'],
    ['perempan', 'perempuan'],
    ['anak saya perempuan', 'perempuan'],
    ['2. Perempuan', 'perempuan'],
    ['1. Perempuan', 'refused: both'],
    ['1 atau 2', 'refused: both'],
    ['laki-laki dan perempuan', 'refused: both'],
    ['bukan perempuan', 'refused: unreadable'],
    ['3', 'refused: unreadable'],
    ['0', 'refused: unreadable'],
    ['', 'refused: unreadable'],
  ])('%s is %s', (typed, id) => {
    expect(brief(parseChoice(typed, context, sexes))).toBe(id);
  });

  it.each([
    ['cerai', 'cerai'],
    ['cerai mati', 'mati'],
    ['saya belum kawin', 'belum'],
    ['sudah kawin', 'kawin'],
  ])('%s is %s, the longer phrase before its part', (typed, id) => {
    expect(brief(parseChoice(typed, context, states))).toBe(id);
  });
});

it('a word that two options share is not guessed between', () => {
  const both = ['ayah', 'ibu'].map((id) => ({ id, label: { id, en: id }, words: ['orang tua'] }));
  expect(brief(parseChoice('orang tua saya', context, both))).toBe('refused: both');
});

describe('text', () => {
  it('is kept as cleaned, within its lengths', () => {
    expect(brief(parseText(' Jl.  Mawar\n5 ', context))).toBe('Jl. Mawar 5');
    expect(brief(parseText('a', context))).toBe('refused: too-short');
    expect(brief(parseText('👍👍👍', context, { maxLength: 3 }))).toBe('👍👍👍');
    expect(brief(parseText('abcd', context, { maxLength: 3 }))).toBe('refused: too-long');
  });

  it.each([
    ['KL-2403-0187-5', 'KL-2403-0187-5'],
    ['no. kl 2403 0187 5 pak', 'KL-2403-0187-5'],
    ['KL240301875', 'KL-2403-0187-5'],
    ['KL-2403-0187-5 KL-2403-0188-5', 'refused: format'],
    ['KL-2403', 'refused: format'],
  ])('%s as an application number is %s', (typed, number) => {
    expect(brief(parseText(typed, context, { format: 'application-number' }))).toBe(number);
  });

  it.each([
    ['123456', '123456'],
    ['pin saya 123 456', '123456'],
    ['1234567', 'refused: format'],
    ['12345', 'refused: format'],
    ['123456 atau 654321', 'refused: format'],
  ])('%s as a PIN is %s', (typed, pin) => {
    expect(brief(parseText(typed, context, { format: 'pin' }))).toBe(pin);
  });
});
