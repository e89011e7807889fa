import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES, sniff } from '../../../src/documents/intake/sniff.ts';
import { heicFrame as heic, jpegFrame as jpeg, pdf, pngFrame as png, zip } from '../samples.ts';

const text = (value: string) => Buffer.from(value, 'latin1');
const webp = (chunk: string, flags = 0) =>
  Buffer.concat([text(`RIFF\x26\0\0\0WEBP${chunk}\x1a\0\0\0`), Buffer.from([flags]), Buffer.alloc(25)]);

const whole = [
  ['a JPEG', jpeg(), 'image', 'image/jpeg'],
  [
    'a JPEG with a maker’s trailer',
    Buffer.concat([jpeg(), Buffer.from('SEFT maker data')]),
    'image',
    'image/jpeg',
  ],
  ['a PNG', png(), 'image', 'image/png'],
  ['a HEIC', heic(), 'image', 'image/heic'],
  ['a HEIF of HEVC', heic('mif1', ['mif1', 'heic']), 'image', 'image/heic'],
  ['a HEIF whose first brand is odd', heic('MiHE', ['mif1', 'heix']), 'image', 'image/heic'],
  ['a HEIC burst', heic('msf1', ['hevc']), 'image', 'image/heic'],
  ['a WebP', webp('VP8 '), 'image', 'image/webp'],
  ['a WebP with a profile', webp('VP8X', 0x20), 'image', 'image/webp'],
  ['a PDF', pdf(), 'pdf', 'application/pdf'],
  ['a PDF behind white space', Buffer.concat([Buffer.from('\r\n\n '), pdf()]), 'pdf', 'application/pdf'],
  ['a PDF padded with NUL', Buffer.concat([pdf(), Buffer.alloc(5000)]), 'pdf', 'application/pdf'],
] as const;

const refused = [
  ['nothing', Buffer.alloc(0), 'empty'],
  ['more than 16 MB', Buffer.concat([jpeg(MAX_FILE_BYTES)]), 'size'],
  ['a text', text('Kartu Keluarga'), 'type'],
  ['NUL bytes', Buffer.alloc(100), 'type'],
  ['a web page', text('<!doctype html><script>alert(1)</script>'), 'type'],
  ['a program', text('MZ\x90\0'), 'type'],
  ['a GIF', text('GIF89a\x01\0\x01\0;'), 'type'],
  ['an animated WebP sticker', webp('VP8X', 0x02), 'type'],
  ['a RIFF of sounds', text('RIFF\x26\0\0\0WAVEfmt '), 'type'],
  ['an AVIF', heic('avif', ['avif', 'mif1']), 'type'],
  ['an AVIF that calls itself mif1', heic('mif1', ['mif1', 'avif', 'heic']), 'type'],
  ['an MP4 film', heic('isom', ['isom', 'mp42']), 'type'],
  ['a ZIP', zip(), 'type'],
  ['a ZIP that holds a PDF at its beginning', zip(pdf()), 'type'],
  ['a PDF with a ZIP behind it', Buffer.concat([pdf(), zip()]), 'type'],
  ['a PDF inside a ZIP comment’s reach', Buffer.concat([pdf(), zip(Buffer.from('x'), pdf())]), 'type'],
  ['a web page with a PDF in it', Buffer.concat([text('<script>1</script>'), pdf()]), 'type'],
  ['a PDF header beyond 1024 bytes', Buffer.concat([Buffer.alloc(2000, 32), pdf()]), 'type'],
  ['a cut PDF', pdf().subarray(0, 120), 'broken'],
  ['a cut JPEG', jpeg(5000).subarray(0, 3000), 'broken'],
  ['a JPEG cut behind its thumbnail', jpeg().subarray(0, 50), 'broken'],
  ['three bytes of a JPEG', jpeg().subarray(0, 3), 'broken'],
  ['a cut PNG', png().subarray(0, -12), 'broken'],
  ['a PNG without a head', Buffer.concat([png().subarray(0, 8), png().subarray(-12)]), 'broken'],
  ['a cut WebP', webp('VP8 ').subarray(0, -3), 'broken'],
  ['a cut HEIC', heic().subarray(0, -50), 'broken'],
] as const;

describe('what a file truly is', () => {
  test.each(whole)('%s is recognised', (_name, bytes, kind, contentType) => {
    expect(sniff(bytes)).toEqual({ ok: true, kind, contentType });
  });

  test.each(refused)('%s is refused', (_name, bytes, reason) => {
    expect(sniff(bytes)).toEqual({ ok: false, reason });
  });

  test('exactly 16 MB is taken', () => {
    expect(sniff(jpeg(MAX_FILE_BYTES - jpeg().length)).ok).toBe(true);
  });

  test('no bytes make it throw, and none cut off are whole', () => {
    const samples = [jpeg(300), png(), heic(), pdf()];
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.uint8Array({ maxLength: 60 }),
        (sample, cut, noise) => {
          const part = sample.subarray(0, cut % (sample.length - 8));
          expect(sniff(part).ok).toBe(false);
          sniff(Buffer.concat([part, noise]));
          sniff(noise);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a view into a larger buffer is read within its bounds', () => {
    const around = Buffer.concat([Buffer.from('before'), png(), Buffer.from('after')]);
    const view = new Uint8Array(around.buffer, around.byteOffset + 6, png().length);
    expect(sniff(view)).toMatchObject({ ok: true, contentType: 'image/png' });
  });
});
