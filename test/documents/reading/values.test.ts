import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Word } from '../../../src/documents/reading/engine.ts';
import { dateIn, mended, nameIn, numberIn } from '../../../src/documents/reading/values.ts';

const context = {
  now: Date.parse('2026-11-22T00:00:00Z'),
  timeZone: 'Asia/Makassar',
  regions: { hasDistrict: () => true },
};

function words(line: string, confidence = 0.95): Word[] {
  let left = 0;
  return line.split(' ').map((text) => {
    const word = { text, confidence, left, top: 0, width: text.length * 10, height: 20 };
    left += word.width + 8;
    return word;
  });
}

/** Looks that print and blur confuse. */
const LIKE: Record<string, string[]> = {
  '0': ['O', 'D'],
  '1': ['I', 'l'],
  '8': ['B'],
  '5': ['S'],
  '2': ['Z'],
};

const niks = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 50, max: 99 }),
    serial: fc.integer({ min: 1, max: 99 }),
    isWoman: fc.boolean(),
  })
  .map(({ day, month, year, serial, isWoman }) =>
    ['640804', day + (isWoman ? 40 : 0), month, year, 99, serial]
      .map((part) => String(part).padStart(2, '0'))
      .join(''),
  );

describe('a number among words that were read', () => {
  it('is found as it stands, with the certainty of its least certain word', () => {
    expect(numberIn(words('NIK : 6408041205909901', 0.9), 'nik', context)).toMatchObject({
      value: '6408041205909901',
      confidence: 0.9,
    });
  });

  it('is found in two pieces that stand close together', () => {
    expect(numberIn(words('ADI 6408 041205909901 LAKI-LAKI'), 'nik', context)?.value).toBe(
      '6408041205909901',
    );
  });

  it('is mended where a letter looks like a digit, and is less certain for each', () => {
    fc.assert(
      fc.property(niks, fc.nat(15), fc.nat(1), (nik, at, which) => {
        const letters = LIKE[nik[at] ?? ''];
        const letter = letters?.[which % letters.length];
        fc.pre(letter !== undefined);
        const misread = nik.slice(0, at) + letter + nik.slice(at + 1);
        const found = numberIn(words(misread), 'nik', context);
        expect(found?.value).toBe(nik);
        expect(found?.confidence).toBeLessThan(0.9);
      }),
    );
  });

  it('is never anything but sixteen digits that pass the rules, whatever was read', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'0123456789OIlBSZ|.- '), maxLength: 40 });
    fc.assert(
      fc.property(noise, (text) => {
        const found = numberIn(words(text), 'nik', context);
        if (found !== undefined) expect(found.value).toMatch(/^\d{6}([0-6]\d|7[01])(0[1-9]|1[0-2])\d{6}$/);
      }),
    );
  });

  it('is none of month 13, of no province, or one digit short', () => {
    for (const text of ['6408041213909901', '9908041205909901', '640804120590990'])
      expect(numberIn(words(text), 'nik', context)).toBeUndefined();
  });

  it('leaves words alone that only hold some digits', () => {
    expect(mended('RT012/RW')).toBeUndefined();
    expect(mended('SOLO')).toBeUndefined();
  });
});

describe('a name among words that were read', () => {
  it('is given in capitals, without the colon before it', () => {
    expect(nameIn(words(': Siti Aminah'), context)?.value).toBe('SITI AMINAH');
  });

  it('is none when a word of it holds a digit or a sign', () => {
    for (const text of ['SITI AM1NAH', 'SITI | AMINAH 4', 'S!TI', '-'])
      expect(nameIn(words(text), context)).toBeUndefined();
  });
});

describe('a day among words that were read', () => {
  it('is read in digits and in words, misread digits mended', () => {
    expect(dateIn(words('12-05-1990'), context)?.value).toBe('1990-05-12');
    expect(dateIn(words('l2-O5-1990'), context)?.value).toBe('1990-05-12');
    expect(dateIn(words('Selasa, 12 Maret 2024'), context)?.value).toBe('2024-03-12');
  });

  it('is none when its weekday is another, when it is to come, or when there is no such day', () => {
    for (const text of ['Rabu, 12 Maret 2024', '12-05-2031', '31-02-2020'])
      expect(dateIn(words(text), context)).toBeUndefined();
  });
});
