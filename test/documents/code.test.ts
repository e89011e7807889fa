import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFromHash, formatCode, parseCode } from '../../src/documents/code.ts';

const codes = fc.string().map((text) => codeFromHash(createHash('sha256').update(text).digest('hex')));

describe('a verification code', () => {
  test('reads back from what is printed, however it is typed', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{11}$/);
        expect(parseCode(formatCode(code))).toBe(code);
        expect(parseCode(` ${formatCode(code).toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l')} `)).toBe(
          code,
        );
      }),
    );
  });

  test('with one wrong character is not a code', () => {
    fc.assert(
      fc.property(
        codes,
        fc.nat(10),
        fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
        (code, at, other) => {
          fc.pre(code[at] !== other);
          expect(parseCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
        },
      ),
    );
  });

  test('with two neighbours swapped is not a code', () => {
    fc.assert(
      fc.property(codes, fc.nat(9), (code, at) => {
        const [one = '', two = ''] = code.slice(at);
        fc.pre(one !== two);
        expect(parseCode(code.slice(0, at) + two + one + code.slice(at + 2))).toBeUndefined();
      }),
    );
  });

  test.each(['', 'ABCD', '89EM-MDHD-XK', '89EM-MDHD-XKVV', '../../etc', 'UUUU-UUUU-UUU', '\0'.repeat(11)])(
    'is not %j',
    (text) => {
      expect(parseCode(text)).toBeUndefined();
    },
  );
});
