import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readCardDigits } from '../../../src/documents/reading/card-digits.ts';
import type { Grey } from '../../../src/documents/reading/pixels.ts';
import type { DigitStyle } from './photos/card-digits.ts';
import { createSheet } from './photos/sheet.ts';

const STYLE: DigitStyle = { drawing: 'round', weight: 1.2, stretch: 1, step: 0.95 };

async function strip(digits: string, style: Partial<DigitStyle> = {}): Promise<Grey> {
  const sheet = createSheet(900, 120, '#ffffff');
  sheet.digits(30, 80, digits, { size: 44, ...STYLE, ...style });
  const { data, info } = await sharp(Buffer.from(sheet.svg()))
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

describe('the digits of identity cards', () => {
  it('are read in thin and bold, wide and narrow, angular and round print', async () => {
    for (const drawing of ['angular', 'round'] as const)
      for (const weight of [0.9, 1.5])
        for (const stretch of [0.88, 1.1]) {
          const read = readCardDigits(await strip('6408041257390987', { drawing, weight, stretch }));
          expect(read?.digits).toBe('6408041257390987');
          expect(read?.margin).toBeGreaterThan(0.08);
        }
  });

  it('are nothing when there are not sixteen of them', async () => {
    expect(readCardDigits(await strip('640804125739098'))).toBeUndefined();
    expect(readCardDigits(await strip('64080412573909871'))).toBeUndefined();
    expect(readCardDigits(await strip(''))).toBeUndefined();
  });

  it('are not found in letters', async () => {
    const sheet = createSheet(900, 120, '#ffffff');
    sheet.text(30, 80, 'KALIMANTAN TIMUR', { size: 50 });
    const { data, info } = await sharp(Buffer.from(sheet.svg()))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const read = readCardDigits({ data: new Uint8Array(data), width: info.width, height: info.height });
    expect(read === undefined || read.margin < 0.08).toBe(true);
  });
});
