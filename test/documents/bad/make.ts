/** Files that somebody sends by mistake or to do harm, each made here; the same bytes each time. */
import { once } from 'node:events';
import { crc32, createDeflate, deflateSync } from 'node:zlib';
import type { FileReason } from '../../../src/flows/vocabulary.ts';
import { heicFrame, jpeg, pdf, png, zip } from '../samples.ts';

export interface BadFile {
  name: string;
  bytes: Buffer;
  /** `fine`: harmless, or harmless once it is made anew. */
  reason: FileReason | 'fine';
}

type Row = [name: string, bytes: Buffer, reason: BadFile['reason']];

const text = (value: string) => Buffer.from(value, 'latin1');

/** All of them. */
export async function makeBadFiles(): Promise<BadFile[]> {
  const rows: Row[] = [...frames(), ...images(), ...pdfs(), ['a zip bomb as PDF', await bomb(), 'broken']];
  return rows.map(([name, bytes, reason]) => ({ name, bytes, reason }));
}

function frames(): Row[] {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  return [
    ['no bytes', Buffer.alloc(0), 'empty'],
    ['17 MB', jpeg(17 * 1024 * 1024), 'size'],
    ['an SVG with a script', text(svg), 'type'],
    ['an SVG behind an XML head', text(`<?xml version="1.0"?>${svg}`), 'type'],
    ['a GIF', text('GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\0;'), 'type'],
    ['a TIFF', text('II*\0\x08\0\0\0\0\0\0\0'), 'type'],
    ['an APK', zip(text('AndroidManifest.xml')), 'type'],
    ['an old Word file', text(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(600)}`), 'type'],
    ['an animated WebP', text(`RIFF\x26\0\0\0WEBPVP8X\x0a\0\0\0\x02${'\0'.repeat(25)}`), 'type'],
    ['a PDF that is a ZIP too', Buffer.concat([pdf(), zip()]), 'type'],
    ['a web page with a PDF behind', Buffer.concat([text('<script>1</script>'), pdf()]), 'type'],
  ];
}

function images(): Row[] {
  const photo = jpeg();
  const html = '<html><script>alert(1)</script></html>';
  return [
    ['a JPEG cut in its middle', photo.subarray(0, photo.length >> 1), 'broken'],
    ['a PNG cut in its middle', png().subarray(0, png().length >> 1), 'broken'],
    ['a PNG with a hole', holed(png()), 'broken'],
    ['a PNG of 60,000 x 60,000', pngOf(60_000, 60_000), 'size'],
    ['a PNG of one point', pngOf(1, 1), 'small'],
    ['the boxes of a HEIC without a picture', heicFrame(), 'broken'],
    ['a HEIC of 60,000 x 60,000', heicOf(60_000, 60_000), 'size'],
    ['a HEIC of a size and nothing else', heicOf(640, 480), 'broken'],
    ['a JPEG that is a web page too', withSegments(photo, 0xfe, [text(html)]), 'fine'],
    ['a JPEG with 12 MB of EXIF', withSegments(photo, 0xe1, manyExif()), 'fine'],
    ['a JPEG whose EXIF leads round in a circle', withSegments(photo, 0xe1, [circle()]), 'fine'],
  ];
}

/** 16 KB of it are overwritten. */
function holed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  return copy.fill(0x55, copy.length >> 1, (copy.length >> 1) + 16_384);
}

function withSegments(photo: Buffer, marker: number, bodies: Buffer[]): Buffer {
  const segments = bodies.map((body) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([photo.subarray(0, 2), ...segments, photo.subarray(2)]);
}

function manyExif(): Buffer[] {
  const body = Buffer.concat([text('Exif\0\0II*\0\x08\0\0\0'), Buffer.alloc(65_000, 1)]);
  return Array.from({ length: 190 }, () => body);
}

/** The first directory says that the next one is itself. */
function circle(): Buffer {
  return text('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\x08\0\0\0');
}

function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const data = Buffer.concat([text(type), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(data));
    return Buffer.concat([length, data, sum]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  const rows = deflateSync(Buffer.alloc(Math.min(height, 3) * (width + 1)));
  const parts = [chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([text('\x89PNG\r\n\x1a\n'), ...parts]);
}

function heicOf(width: number, height: number): Buffer {
  const size = Buffer.alloc(20);
  size.writeUInt32BE(20);
  size.write('ispe', 4, 'latin1');
  size.writeUInt32BE(width, 12);
  size.writeUInt32BE(height, 16);
  const frame = heicFrame();
  const at = frame.indexOf('meta') + 4;
  return Buffer.concat([frame.subarray(0, at), size, frame.subarray(at + size.length)]);
}

const JS = '/S/JavaScript/JS(app.alert(1))';

function pdfs(): Row[] {
  const pages = (count: number) => '3 0 R '.repeat(count);
  const locked = pdf().toString('latin1').replace('/Root', '/Encrypt 9 0 R/Root');
  const attached = '<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream';
  return [
    ['a PDF cut before its end', pdf().subarray(0, pdf().length - 60), 'broken'],
    ['a PDF of words only', text('%PDF-1.7\nhello\n%%EOF\n'), 'broken'],
    ['JavaScript when it opens', pdf({ catalog: `/OpenAction<<${JS}>>` }), 'active'],
    ['JavaScript in an object that nothing names', pdf({ more: [`<<${JS}>>`] }), 'active'],
    ['JavaScript with its name disguised', pdf({ catalog: '/AA<</WC<</S/J#61vaScript>>>>' }), 'active'],
    ['JavaScript in an object stream', pdf({ more: [objectStream(`<<${JS}>>`)] }), 'active'],
    ['a program to start', pdf({ more: ['<</S/Launch/F(cmd.exe)>>'] }), 'active'],
    ['a form that sends itself', pdf({ more: ['<</S/SubmitForm/F(http://example)>>'] }), 'active'],
    ['a form of XFA', pdf({ catalog: '/AcroForm<</XFA 9 0 R>>' }), 'active'],
    ['a file in a file', pdf({ more: [attached] }), 'active'],
    ['a PDF that opens at its first page', pdf({ catalog: '/OpenAction[3 0 R/Fit]' }), 'fine'],
    ['a PDF with a plain object stream', pdf({ more: [objectStream('<</A 1>>')] }), 'fine'],
    ['a key in the trailer', text(locked), 'password'],
    ['a PDF of 1,000 pages', pdf({ kids: pages(1000) }), 'pages'],
    ['a PDF of 50 pages', pdf({ kids: pages(50) }), 'fine'],
    ['pages that lead round in a circle', pdf({ kids: '2 0 R 2 0 R' }), 'broken'],
    ['a PDF without pages', pdf({ kids: '' }), 'broken'],
    ['objects packed twice', pdf({ more: [packedTwice()] }), 'broken'],
  ];
}

function objectStream(object: string): string {
  const packed = deflateSync(text(`9 0 ${object}`)).toString('latin1');
  return `<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>stream\n${packed}\nendstream`;
}

function packedTwice(): string {
  const packed = deflateSync(deflateSync(Buffer.alloc(1000))).toString('latin1');
  return `<</Filter[/FlateDecode/FlateDecode]/Length ${packed.length}>>stream\n${packed}\nendstream`;
}

/** 160 MB of nothing in 160 KB. */
async function bomb(): Promise<Buffer> {
  const deflate = createDeflate({ level: 9 });
  const packed: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => packed.push(piece));
  const block = Buffer.alloc(1024 * 1024);
  for (let megabyte = 0; megabyte < 160; megabyte += 1)
    if (!deflate.write(block)) await once(deflate, 'drain');
  deflate.end();
  await once(deflate, 'end');
  const data = Buffer.concat(packed).toString('latin1');
  return pdf({ more: [`<</Filter/FlateDecode/Length ${data.length}>>stream\n${data}\nendstream`] });
}
