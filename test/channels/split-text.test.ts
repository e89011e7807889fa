import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/channels/split-text.ts';

describe('splitText', () => {
  it('leaves a text alone that fits', () => {
    expect(splitText('Halo.\n\nApa kabar?', 20)).toEqual(['Halo.\n\nApa kabar?']);
    expect(splitText('a'.repeat(20), 20)).toEqual(['a'.repeat(20)]);
  });

  it('gives nothing for a blank text', () => {
    expect(splitText(' \n\t ', 20)).toEqual([]);
  });

  it('cuts between paragraphs before lines, lines before sentences, sentences before words', () => {
    expect(splitText('satu dua.\n\ntiga.\nempat. lima', 22)).toEqual(['satu dua.', 'tiga.\nempat. lima']);
    expect(splitText('satu dua.\ntiga. empat lima', 22)).toEqual(['satu dua.', 'tiga. empat lima']);
    expect(splitText('satu dua. tiga empat lima', 22)).toEqual(['satu dua.', 'tiga empat lima']);
    expect(splitText('satu dua tiga empat lima', 22)).toEqual(['satu dua tiga empat', 'lima']);
  });

  it('takes a worse seam rather than leave a tiny piece', () => {
    expect(splitText('Hai.\n\nSatu dua tiga empat lima enam.', 24)).toEqual([
      'Hai.\n\nSatu dua tiga',
      'empat lima enam.',
    ]);
  });

  it('sees a seam right behind the last character that fits', () => {
    expect(splitText('satu dua. tiga', 9)).toEqual(['satu dua.', 'tiga']);
  });

  it('never cuts an emoji in two', () => {
    expect(splitText('aaa😀😀', 4)).toEqual(['aaa', '😀😀']);
  });

  it('loses only white space, keeps the order, and keeps to the limit', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\n', '.', '😀', '\n\n'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, limit) => {
        const pieces = splitText(text, limit);
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece.trim()).not.toBe('');
          expect(piece.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
