import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPhoto } from '../../../src/documents/intake/images.ts';
import { judgePhoto } from '../../../src/documents/intake/quality.ts';
import { createChance } from '../../e2e/seeded.ts';
import { type Shot, shoot } from '../photos.ts';
import { drawKtp } from '../reading/photos/ktp.ts';
import { planPhotos } from '../reading/photos/photos.ts';
import { type Conditions, takePhoto } from '../reading/photos/scene.ts';

/** The reason of a refusal, or `taken`. */
async function judge(bytes: Uint8Array, contentType = 'image/jpeg'): Promise<string> {
  const photo = await readPhoto(bytes, contentType);
  return typeof photo === 'string' ? photo : ((await judgePhoto(photo)) ?? 'taken');
}
const page = (shot: Shot = {}) => shoot(shot).jpeg().toBuffer();

describe('a photo of a page', () => {
  test.each([
    ['as it should be is taken', {}, 'taken'],
    ['that fills the photo to its margins is taken', { margin: 0 }, 'taken'],
    ['in a room that is rather dark is taken', { paper: 110, ink: 20 }, 'taken'],
    ['in the dark is refused', { paper: 50, ink: 15 }, 'dark'],
    ['overexposed till its letters are gone is refused', { paper: 255, ink: 235 }, 'bright'],
    ['a bit out of focus is taken', { blur: 1 }, 'taken'],
    ['out of focus is refused', { blur: 5 }, 'blurred'],
    ['whose lines run out of the photo is refused', { margin: -0.08 }, 'cut'],
    ['as small as a stamp is refused', { width: 300, height: 400 }, 'small'],
    ['as messengers make it small is taken', { width: 480, height: 640 }, 'taken'],
    ['as a camera of 12 megapixels takes it is taken', { width: 3000, height: 4000 }, 'taken'],
  ] as [string, Shot, string][])('%s', async (_what, shot, verdict) => {
    expect(await judge(await page(shot))).toBe(verdict);
  });

  test('moved in one direction is blurred', async () => {
    const kernel = {
      width: 15,
      height: 15,
      kernel: Array.from({ length: 225 }, (_, at) => (Math.floor(at / 15) === 7 ? 1 : 0)),
    };
    expect(await judge(await shoot().convolve(kernel).jpeg().toBuffer())).toBe('blurred');
  });

  test('with a lamp’s reflection on its words is too bright', async () => {
    const glow = Buffer.from(
      '<svg width="720" height="960"><defs><radialGradient id="g"><stop offset="0.6" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><circle cx="360" cy="420" r="240" fill="url(#g)"/></svg>',
    );
    expect(
      await judge(
        await shoot()
          .toColourspace('srgb')
          .composite([{ input: glow }])
          .jpeg()
          .toBuffer(),
      ),
    ).toBe('bright');
  });

  test('lying on a white table is no reflection', async () => {
    const card = await shoot({ width: 480, height: 640, margin: 0 }).png().toBuffer();
    const table = sharp({ create: { width: 900, height: 1200, channels: 3, background: 'white' } });
    expect(
      await judge(
        await table
          .composite([{ input: card }])
          .jpeg()
          .toBuffer(),
      ),
    ).toBe('taken');
  });
});

describe('what is no document', () => {
  test.each(['#808080', '#c8b090', '#ffffff', '#000000'])(
    'a photo of nothing, %s, is refused',
    async (background) => {
      const plain = sharp({ create: { width: 900, height: 1200, channels: 3, background } });
      expect(await judge(await plain.jpeg().toBuffer())).toMatch(/^(blurred|bright|dark)$/);
    },
  );

  test('grain alone is no letters', async () => {
    const chance = createChance(5);
    const data = Uint8Array.from({ length: 900 * 1200 }, () => 90 + chance.below(60));
    expect(
      await judge(
        await sharp(data, { raw: { width: 900, height: 1200, channels: 1 } })
          .jpeg()
          .toBuffer(),
      ),
    ).toBe('blurred');
  });
});

describe('a screenshot', () => {
  /** A phone's screen: clock and battery above, a page between black bars, as a gallery shows it. */
  const screen = async () => {
    const picture = await shoot({ width: 720, height: 960 }).png().toBuffer();
    const bars = Buffer.from(
      '<svg width="720" height="1560"><g fill="#fff"><rect x="30" y="22" width="70" height="24"/><rect x="600" y="22" width="80" height="24"/><rect x="120" y="1500" width="40" height="30"/></g></svg>',
    );
    const black = sharp({ create: { width: 720, height: 1560, channels: 3, background: 'black' } });
    return black.composite([{ input: picture, top: 300, left: 0 }, { input: bars }]);
  };

  test('of a photo in a gallery is told by its bars, as PNG and as messengers send it', async () => {
    expect(await judge(await (await screen()).png().toBuffer(), 'image/png')).toBe('screenshot');
    expect(await judge(await (await screen()).jpeg({ quality: 75 }).toBuffer())).toBe('screenshot');
  });

  test('is none when a camera wrote its exposure', async () => {
    const exif = { IFD0: { Make: 'Contoh' } };
    expect(await judge(await (await screen()).withExif(exif).jpeg().toBuffer())).not.toBe('screenshot');
  });

  test('a tall photo and a tall scan are none', async () => {
    expect(await judge(await page({ width: 720, height: 1560 }))).toBe('taken');
    expect(await judge(await page({ width: 720, height: 1560, margin: 0, paper: 255 }))).toBe('taken');
  });
});

describe('photos that reading is measured on', () => {
  test('are taken, the poor ones too', { timeout: 60_000 }, async () => {
    for (const plan of planPhotos().filter(({ care }, index) => care === 'poor' && index % 40 === 3)) {
      const { bytes } = await plan.take();
      expect([plan.id, await judge(bytes)]).toEqual([plan.id, 'taken']);
    }
  });

  const CARD: Conditions = {
    size: 1280,
    fill: 0.9,
    tilt: 2,
    perspective: 0.01,
    blur: 0,
    noise: 6,
    dimmest: 0.8,
    hasShadow: false,
    isUpright: false,
    quality: 80,
  };

  test.each([
    ['out of focus is refused', { blur: 5 }, 'blurred'],
    ['from so near that its lines run out is refused', { fill: 1.2, tilt: 0 }, 'cut'],
    ['from far away is taken', { fill: 0.4 }, 'taken'],
    ['with the grain of a cheap sensor is taken', { noise: 25 }, 'taken'],
  ] as [string, Partial<Conditions>, string][])('a card %s', async (_what, conditions, verdict) => {
    const { sheet } = drawKtp(createChance(3));
    expect(await judge(await takePhoto(sheet, { ...CARD, ...conditions }, 5))).toBe(verdict);
  });
});
