import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTable, readLines } from '../../src/cli/io.ts';
import { memoryIo } from './memory-io.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  return Array.fromAsync(readLines(memoryIo(...chunks).input));
}

describe('readLines', () => {
  it.each([
    ['nothing', '', []],
    ['a last line without an end', 'a\nb', ['a', 'b']],
    ['a last line with an end', 'a\nb\n', ['a', 'b']],
    ['empty lines', '\n\na\n', ['', '', 'a']],
    ['CRLF', 'a\r\n\r\nb\r\n', ['a', '', 'b']],
    ['other separators inside a line', 'a\u2028b\u0085c\rd\n', ['a\u2028b\u0085c\rd']],
  ])('reads %s', async (_, text, lines) => {
    expect(await linesOf(text)).toEqual(lines);
  });

  it('gives the same lines wherever the stream is cut, inside a character too', async () => {
    const text = Buffer.from('satu é\n👍 dua\r\n\ntiga');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (at) => {
        const chunks = [text.subarray(0, at), text.subarray(at)].filter((chunk) => chunk.length > 0);
        expect(await linesOf(...chunks)).toEqual(['satu é', '👍 dua', '', 'tiga']);
      }),
    );
  });
});

describe('formatTable', () => {
  it('makes columns as wide as their widest cell', () => {
    expect(
      formatTable([
        ['id', 'mode'],
        ['akta-lahir', 'online'],
        ['x', ''],
      ]),
    ).toBe('id          mode\nakta-lahir  online\nx');
  });
});
