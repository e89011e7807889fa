import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../src/channels/segments.ts';

const GSM7 = fc.string({ unit: fc.constantFrom(...'abcXYZ 0189,.?!@£$éùÇ\n'), maxLength: 700 });

describe('smsSegments', () => {
  it.each([
    ['', 'GSM-7', 0, 0],
    ['KTP', 'GSM-7', 3, 1],
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['a'.repeat(306), 'GSM-7', 306, 2],
    ['a'.repeat(307), 'GSM-7', 307, 3],
    ['€'.repeat(80), 'GSM-7', 160, 1],
    ['{}[]\\~^|€\f', 'GSM-7', 20, 1],
    ['“', 'UCS-2', 1, 1],
    [`${'a'.repeat(69)}“`, 'UCS-2', 70, 1],
    [`${'a'.repeat(70)}“`, 'UCS-2', 71, 2],
    ['é'.repeat(160), 'GSM-7', 160, 1],
    ['👍', 'UCS-2', 2, 1],
    ['👍'.repeat(35), 'UCS-2', 70, 1],
  ])('measures %j as %s, %i units, %i segments', (text, encoding, units, segments) => {
    expect(smsSegments(text)).toMatchObject({ encoding, units, segments });
  });

  it('keeps the two septets of an extension character in one part', () => {
    const text = `${'a'.repeat(152)}€${'a'.repeat(152)}`;
    expect(smsSegments(text)).toMatchObject({ units: 306, segments: 3 });
  });

  it('keeps both halves of an emoji in one part', () => {
    const text = `${'a'.repeat(66)}👍${'a'.repeat(66)}`;
    expect(smsSegments(text)).toMatchObject({ encoding: 'UCS-2', units: 134, segments: 3 });
  });

  it('names each character that makes the message dear, once', () => {
    expect(smsSegments('“Halo” – “ya” `👍`').notGsm7).toEqual(['“', '”', '–', '`', '👍']);
  });

  it('takes as few parts as the units allow for texts of one-septet characters', () => {
    fc.assert(
      fc.property(GSM7, (text) => {
        const { encoding, units, segments } = smsSegments(text);
        expect(encoding).toBe('GSM-7');
        expect(units).toBe([...text].length);
        expect(segments).toBe(units <= 160 ? Math.min(units, 1) : Math.ceil(units / 153));
      }),
    );
  });

  it('never costs less when text is added, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(smsSegments(a + b).segments).toBeGreaterThanOrEqual(smsSegments(a).segments);
      }),
    );
  });

  it('counts UTF-16 units for what GSM-7 cannot write, and names nothing otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { encoding, units, notGsm7 } = smsSegments(text);
        expect(encoding === 'UCS-2').toBe(notGsm7.length > 0);
        if (encoding === 'UCS-2') expect(units).toBe(text.length);
      }),
    );
  });
});
