/** Files made by code: photos that pass, frames of files without a picture, a PDF, a ZIP. */
import { crc32, deflateSync } from 'node:zlib';
import { shoot } from './photos.ts';

const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const PHOTOS = await Promise.all(
  [0, 1, 2].map((page) => shoot({ page, width: 480, height: 640 }).jpeg({ quality: 70 }).toBuffer()),
);
const PNG = await shoot({ width: 480, height: 640 }).png().toBuffer();

/** A photo of a page that intake takes; `padding` is what phones append. Pages: 0, 1 and 2 are different sheets. */
export function jpeg(padding = 0, page: 0 | 1 | 2 = 0): Buffer {
  return Buffer.concat([PHOTOS[page] ?? Buffer.alloc(0), Buffer.alloc(padding, 7)]);
}

/** The first page of `jpeg` again. */
export function png(): Buffer {
  return PNG;
}

/** A JPEG's frame, no picture: with a thumbnail (which has an end mark of its own), stuffed bytes and a restart in the scan. */
export function jpegFrame(padding = 0): Buffer {
  const segment = (marker: number, body: Buffer) =>
    Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, Buffer.from('Exif\0\0\xff\xd8thumbnail\xff\xd9', 'latin1')),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    Buffer.alloc(padding, 7),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A PNG of one point. */
export function pngFrame(): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const data = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    return Buffer.concat([u32(body.length), data, u32(crc32(data))]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([u32(1), u32(1), Buffer.from([8, 0, 0, 0, 0])])),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The boxes of a HEIC, no picture. */
export function heicFrame(major = 'heic', compatible = ['mif1', 'heic']): Buffer {
  const box = (type: string, body: Buffer) =>
    Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
  return Buffer.concat([
    box('ftyp', Buffer.from(`${major}\0\0\0\0${compatible.join('')}`, 'latin1')),
    box('meta', Buffer.alloc(40)),
    box('mdat', Buffer.alloc(200, 9)),
  ]);
}

/** One empty page; `more` are further objects, `catalog` entries of the first one, `kids` its pages. */
export function pdf({
  catalog = '',
  more = [],
  kids = '3 0 R',
}: {
  catalog?: string;
  more?: string[];
  kids?: string;
} = {}): Buffer {
  const objects = [
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    `<</Type/Pages/Kids[${kids}]/Count 1>>`,
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
    ...more,
  ];
  const offsets: number[] = [];
  let text = '%PDF-1.7\n';
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}

/** A ZIP with one stored entry; `comment` ends the file. */
export function zip(content: Buffer = Buffer.from('hello'), comment: Buffer = Buffer.alloc(0)): Buffer {
  const name = Buffer.from('a.txt');
  const sums = Buffer.alloc(12);
  sums.writeUInt32LE(crc32(content), 0);
  sums.writeUInt32LE(content.length, 4);
  sums.writeUInt32LE(content.length, 8);
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04\x14\0\0\0\0\0\0\0\0\0', 'latin1'),
    sums,
    Buffer.from([name.length, 0, 0, 0]),
    name,
    content,
  ]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0', 'latin1'),
    sums,
    Buffer.from([name.length, 0]),
    Buffer.alloc(16),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([local, central, end, comment]);
}
