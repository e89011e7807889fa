import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field, parseForm } from '../../../src/channels/twilio/form.ts';
import { parseInbound } from '../../../src/channels/twilio/inbound.ts';

const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points));

describe('parseForm', () => {
  it('decodes plus signs, escapes and repeated names', () => {
    const form = parseForm('Body=Selamat+pagi%21&A=1&A=2&Empty=&NoValue');
    expect(field(form, 'Body')).toBe('Selamat pagi!');
    expect(form.get('A')).toEqual(['1', '2']);
    expect(form.get('Empty')).toEqual(['']);
    expect(form.get('NoValue')).toEqual(['']);
  });

  it('leaves a wrong escape as it is', () => {
    expect(field(parseForm('Body=100%&From=%ZZ'), 'Body')).toBe('100%');
  });

  it('gives a name that objects have no special meaning', () => {
    expect(field(parseForm('a=1'), '__proto__', 'constructor', 'toString')).toBe('');
    expect(field(parseForm('__proto__=x'), '__proto__')).toBe('x');
  });

  it('reads a body of ten thousand names at once', () => {
    const body = Array.from({ length: 10_000 }, (_, index) => `n${index}`).join('&');
    expect(parseForm(body).size).toBe(10_000);
  });

  it('gives back any text that was posted', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const body = new URLSearchParams({ Body: text }).toString();
        expect(parseForm(body).get('Body')).toEqual([text.toWellFormed()]);
      }),
    );
  });

  it('never throws, and neither does reading a message from it', () => {
    const raw = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('utf8'));
    const names = [
      'MessageSid',
      'From',
      'Body',
      'NumMedia',
      'MediaUrl0',
      'MediaContentType0',
      'Latitude',
      'Longitude',
    ];
    const likely = fc
      .array(
        fc.tuple(
          fc.constantFrom(...names),
          fc.oneof(fc.string(), fc.constantFrom('1', '+6281200000001', '1e9', '-5')),
        ),
      )
      .map((pairs) => new URLSearchParams(pairs).toString());
    fc.assert(
      fc.property(fc.oneof(raw, likely), (body) => {
        const inbound = parseInbound(parseForm(body), 1);
        expect(typeof inbound.ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
