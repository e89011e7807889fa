/** As much of DER (X.690) as a signature needs: writing values, and finding the parts of a certificate. */

/** Tags of X.690 8.1.2, with the bit for "constructed" where it belongs. */
export const TAG = {
  integer: 0x02,
  bytes: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** One value: tag, length, content (the parts one after the other). */
export function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** A sequence. */
export function sequence(...parts: Uint8Array[]): Buffer {
  return der(TAG.sequence, ...parts);
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A set whose members stand in the order that DER asks for (X.690 11.6). */
export function setContent(members: readonly Buffer[]): Buffer {
  return Buffer.concat(members.toSorted(Buffer.compare));
}

/** The values inside a constructed value, each with its tag and length. Only for DER that a parser has accepted. */
export function partsOf(value: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let at = headLength(value, 0);
  while (at < value.length) {
    const end = at + headLength(value, at) + contentLength(value, at);
    parts.push(value.subarray(at, end));
    at = end;
  }
  return parts;
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([0x80 | short.length]), short]);
}

function base128(number: number): number[] {
  const bytes = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 | (rest % 128));
  }
  return bytes;
}

function headLength(value: Buffer, at: number): number {
  const first = value[at + 1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

function contentLength(value: Buffer, at: number): number {
  const first = value[at + 1] ?? 0;
  return first < 0x80 ? first : value.readUIntBE(at + 2, first & 0x7f);
}
