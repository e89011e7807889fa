import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, formatSeries, isNumber, parseNumber } from '../../src/applications/number.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const timeZone = 'Asia/Makassar';

const letter = fc.constantFrom(...ALPHABET);
const numbers = fc
  .record({
    code: fc.tuple(letter, letter).map((pair) => pair.join('')),
    at: fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2060, 0) }),
    serial: fc.integer({ min: 1, max: 9_999_999 }),
  })
  .map((facts) => formatNumber({ ...facts, timeZone }));

/** The number with what stands at `index` replaced. */
const replaceAt = (number: string, index: number, text: string) =>
  number.slice(0, index) + text + number.slice(index + text.length);

/** Letters that a hand or an eye takes for one another. */
const MIX_UPS = [
  // The same key of a telephone.
  ...['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'],
  // Alike on a screen or a creased receipt.
  ...['OQDCG', 'IJLT', 'UVWY', 'MNHK', 'PBRF', 'SZ', 'EF', 'XK'],
  // Side by side on a keyboard, in a row and from row to row.
  ...[...'QWERTYUIO'].map((key, i) => key + 'WERTYUIOP'.charAt(i)),
  ...[...'ASDFGHJK'].map((key, i) => key + 'SDFGHJKL'.charAt(i)),
  ...[...'ZXCVBN'].map((key, i) => key + 'XCVBNM'.charAt(i)),
  ...[...'ASDFGHJKL'].flatMap((key, i) => [key + 'QWERTYUIO'.charAt(i), key + 'WERTYUIOP'.charAt(i)]),
  ...[...'ZXCVBNM'].flatMap((key, i) => [key + 'ASDFGHJ'.charAt(i), key + 'SDFGHJK'.charAt(i)]),
];

describe('an application number', () => {
  it('is made of code, month in the office’s zone, serial and check digit', () => {
    // 30 November 17.00 in UTC is 1 December in Makassar.
    const facts = { code: 'KL', at: Date.UTC(2026, 10, 30, 17), timeZone };
    expect(formatNumber({ ...facts, serial: 1 })).toMatch(/^KL-2612-0001-\d$/);
    expect(formatNumber({ ...facts, serial: 12_345 })).toMatch(/^KL-2612-12345-\d$/);
    expect(formatSeries(facts)).toBe('KL-2612');
  });

  it('is the same in every release: citizens hold it on paper', () => {
    const at = Date.UTC(2026, 10, 25);
    expect(
      ['KL', 'KM', 'CR', 'KP', 'KT'].map((code) => formatNumber({ code, at, timeZone, serial: 1 })),
    ).toEqual(['KL-2611-0001-7', 'KM-2611-0001-3', 'CR-2611-0001-1', 'KP-2611-0001-1', 'KT-2611-0001-5']);
  });

  it('is read back as it was made', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(parseNumber(number)).toEqual({ ok: true, number });
        expect(isNumber(number)).toBe(true);
      }),
    );
  });

  it('is read whatever the case, the spaces and dashes, and with O for 0 and l for 1', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', ' - ', '–');
    fc.assert(
      fc.property(numbers, separator, fc.boolean(), (number, between, isLower) => {
        const [code = '', ...digits] = number.split('-');
        const typed = [code, ...digits.map((part) => part.replaceAll('0', 'o').replaceAll('1', 'l'))].join(
          between,
        );
        const text = ` ${isLower ? typed.toLowerCase() : typed.toUpperCase()} `;
        expect(parseNumber(text)).toEqual({ ok: true, number });
        expect(isNumber(text)).toBe(false);
      }),
    );
  });

  it('is refused with any one wrong digit', () => {
    fc.assert(
      fc.property(numbers, fc.nat(20), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
        const places = [...number.matchAll(/\d/g)].map(({ index }) => index);
        const index = places[place % places.length] ?? 0;
        const wrong = (Number(number.charAt(index)) + shift) % 10;
        expect(parseNumber(replaceAt(number, index, String(wrong))).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused with any two neighbours changed over, letters and digits alike, over a dash as well', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const compact = number.replaceAll('-', '');
        for (let i = 0; i + 1 < compact.length; i++) {
          const swapped = replaceAt(compact, i, `${compact.charAt(i + 1)}${compact.charAt(i)}`);
          if (swapped !== compact) expect(parseNumber(swapped).ok, swapped).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is refused with both letters changed over, for every code', () => {
    for (const a of ALPHABET) {
      for (const b of ALPHABET) {
        const number = formatNumber({ code: `${a}${b}`, at: Date.UTC(2026, 10, 25), timeZone, serial: 7 });
        if (a !== b) expect(parseNumber(`${b}${a}${number.slice(2)}`).ok, number).toBe(false);
      }
    }
  });

  it('is refused with a letter that is easily taken for the right one, for every code', () => {
    const pairs = new Set(
      MIX_UPS.flatMap((group) => [...group].flatMap((right) => [...group].map((wrong) => right + wrong))),
    );
    for (const [right = '', wrong = ''] of pairs) {
      if (right === wrong) continue;
      for (const other of ALPHABET) {
        for (const [code, mistaken] of [
          [right + other, wrong + other],
          [other + right, other + wrong],
        ] as const) {
          const number = formatNumber({ code, at: Date.UTC(2026, 10, 25), timeZone, serial: 42 });
          expect(parseNumber(mistaken + number.slice(2)).ok, `${number} as ${mistaken}`).toBe(false);
        }
      }
    }
  });

  it('is refused with any other wrong letter in at least 93 of 100 cases, the most that one digit can do', () => {
    let [missed, all] = [0, 0];
    for (const right of ALPHABET) {
      for (const wrong of ALPHABET) {
        if (right === wrong) continue;
        for (const [code, mistaken] of [
          [`${right}A`, `${wrong}A`],
          [`A${right}`, `A${wrong}`],
        ] as const) {
          const number = formatNumber({ code, at: Date.UTC(2026, 10, 25), timeZone, serial: 1 });
          all += 1;
          if (parseNumber(mistaken + number.slice(2)).ok) missed += 1;
        }
      }
    }
    expect(1 - missed / all).toBeGreaterThan(0.93);
  });

  it.each([
    '',
    'KL',
    'KL-2611-001-7',
    'KL-2613-0001-7',
    'KL-2600-0001-7',
    '1234567890123456',
    'halo',
    'KL26110001',
    'ÄL-2611-0001-7',
  ])('is not %j', (text) => {
    expect(parseNumber(text)).toEqual({ ok: false, reason: 'form' });
  });

  it('is never found by a fault: any text gets an answer', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'KLol0123456789- –\0ßÄ🙂'), maxLength: 24 }),
        (text) => {
          expect(typeof parseNumber(text).ok).toBe('boolean');
        },
      ),
    );
  });
});
