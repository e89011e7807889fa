import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { type Form, parseForm } from '../../../src/channels/twilio/form.ts';
import { isSignedByTwilio } from '../../../src/channels/twilio/signature.ts';

const TOKEN = 'a-token';
const BODY =
  'MessageSid=SM1&From=whatsapp%3A%2B6281200000001&Body=Selamat+pagi+%26+%E2%9C%93&NumMedia=0&Empty=';
const paramsOf = (form: Form) =>
  Object.fromEntries(
    [...form].map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]),
  );
const sign = (url: string, body = BODY) =>
  twilio.getExpectedTwilioSignature(TOKEN, url, paramsOf(parseForm(body)));
const isSigned = (url: string, header: string, body = BODY) =>
  isSignedByTwilio(TOKEN, { url, form: parseForm(body), header });

/** The URL we know, and the URL that Twilio signed. */
const ACCEPTED: [string, string][] = [
  ['https://loket.go.id/webhooks/twilio', 'https://loket.go.id/webhooks/twilio'],
  ['https://loket.go.id/webhooks/twilio', 'https://loket.go.id:443/webhooks/twilio'],
  ['https://loket.go.id:443/webhooks/twilio', 'https://loket.go.id/webhooks/twilio'],
  ['https://loket.go.id:8443/webhooks/twilio', 'https://loket.go.id:8443/webhooks/twilio'],
  ['https://loket.go.id:8443/webhooks/twilio', 'https://loket.go.id/webhooks/twilio'],
  ['http://loket.go.id/webhooks/twilio', 'http://loket.go.id:80/webhooks/twilio'],
  ['http://127.0.0.1:3000/webhooks/twilio', 'http://127.0.0.1:3000/webhooks/twilio'],
  ['http://[::1]:3000/webhooks/twilio', 'http://[::1]:3000/webhooks/twilio'],
  ['http://[::1]:3000/webhooks/twilio', 'http://[::1]/webhooks/twilio'],
  ['https://kota.go.id/dukcapil/loket/webhooks/twilio', 'https://kota.go.id/dukcapil/loket/webhooks/twilio'],
  ['https://loket.go.id/webhooks/twilio/', 'https://loket.go.id/webhooks/twilio/'],
  ['https://loket.go.id/webhooks/twilio?a=1&b=2', 'https://loket.go.id/webhooks/twilio?a=1&b=2'],
  ['https://loket.go.id/webhooks/twilio?a=1&b=2', 'https://loket.go.id:443/webhooks/twilio?a=1&b=2'],
  [
    'https://loket.go.id/webhooks/twilio?entry=c1.2.0&part=1%2F3',
    'https://loket.go.id/webhooks/twilio?entry=c1.2.0&part=1%2F3',
  ],
  ["https://loket.go.id/webhooks/twilio?q=it's", "https://loket.go.id/webhooks/twilio?q=it's"],
  ["https://loket.go.id/webhooks/twilio?q=it's", 'https://loket.go.id/webhooks/twilio?q=it%27s'],
  ['https://loket.go.id/webhooks/twilio?q=a%2Cb', 'https://loket.go.id/webhooks/twilio?q=a%2Cb'],
  ['https://loket.go.id/webhooks/twilio?q=a+b', 'https://loket.go.id/webhooks/twilio?q=a%20b'],
  ['https://LOKET.go.id/webhooks/twilio', 'https://loket.go.id/webhooks/twilio'],
  ['https://loket.go.id/webhooks/twilio?', 'https://loket.go.id/webhooks/twilio?'],
];

const REFUSED: [string, string][] = [
  ['https://loket.go.id/webhooks/twilio', 'https://penipu.id/webhooks/twilio'],
  ['https://loket.go.id/webhooks/twilio', 'http://loket.go.id/webhooks/twilio'],
  ['https://loket.go.id/webhooks/twilio', 'https://loket.go.id/webhooks/twilio/'],
  ['https://loket.go.id/webhooks/twilio', 'https://loket.go.id/webhooks/twilio?a=1'],
  ['https://loket.go.id/webhooks/twilio?a=1&b=2', 'https://loket.go.id/webhooks/twilio?b=2&a=1'],
  ['https://loket.go.id:8443/webhooks/twilio', 'https://loket.go.id:443/webhooks/twilio'],
];

describe('isSignedByTwilio', () => {
  it.each(ACCEPTED)('accepts at %s what was signed for %s', (url, signed) => {
    expect(isSigned(url, sign(signed))).toBe(true);
    expect(twilio.validateRequest(TOKEN, sign(signed), url, paramsOf(parseForm(BODY)))).toBe(true);
  });

  it.each(REFUSED)('refuses at %s what was signed for %s', (url, signed) => {
    expect(isSigned(url, sign(signed))).toBe(false);
    expect(twilio.validateRequest(TOKEN, sign(signed), url, paramsOf(parseForm(BODY)))).toBe(false);
  });

  it('refuses another token, an empty, a cut and a longer signature', () => {
    const url = 'https://loket.go.id/webhooks/twilio';
    const foreign = twilio.getExpectedTwilioSignature('other', url, paramsOf(parseForm(BODY)));
    for (const header of [foreign, '', sign(url).slice(0, -1), `${sign(url)}=`, 'ÿ'.repeat(28)]) {
      expect(isSigned(url, header)).toBe(false);
    }
  });

  it('refuses when any parameter was changed, added or left out', () => {
    const url = 'https://loket.go.id/webhooks/twilio';
    for (const body of [BODY.replace('pagi', 'sore'), `${BODY}&Extra=1`, BODY.replace('&NumMedia=0', '')]) {
      expect(isSigned(url, sign(url), body)).toBe(false);
    }
  });

  it.each(['A=2&A=1&B=x', 'A=1&A=1', 'B=1&A=2&B=0&A='])(
    'takes repeated parameters as the library does: %s',
    (body) => {
      const url = 'https://loket.go.id/webhooks/twilio';
      expect(isSigned(url, sign(url, body), body)).toBe(true);
    },
  );

  it('agrees with the library on any parameters', () => {
    const text = fc
      .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 12 })
      .map((points) => String.fromCodePoint(...points));
    const pairs = fc.array(fc.tuple(text, text));
    fc.assert(
      fc.property(pairs, (list) => {
        const body = new URLSearchParams(list.filter(([name]) => name !== '__proto__')).toString();
        const url = 'https://loket.go.id/webhooks/twilio';
        expect(isSigned(url, sign(url, body), body)).toBe(true);
      }),
    );
  });

  it('gives the same verdict as the library on pairs of URL variants', () => {
    const urls = fc
      .record({
        scheme: fc.constantFrom('http', 'https'),
        host: fc.constantFrom('loket.go.id', '[::1]'),
        port: fc.constantFrom('', ':80', ':443', ':8443'),
        path: fc.constantFrom('/webhooks/twilio', '/webhooks/twilio/', '/p/webhooks/twilio'),
        query: fc.constantFrom('', '?', '?a=1', "?q=it's&b", '?q=it%27s&b=', '?q=a+b', '?q=a%20b', '?q=%'),
      })
      .map(({ scheme, host, port, path, query }) => `${scheme}://${host}${port}${path}${query}`);
    fc.assert(
      fc.property(urls, urls, (url, signed) => {
        const header = sign(signed);
        expect(isSigned(url, header)).toBe(
          twilio.validateRequest(TOKEN, header, url, paramsOf(parseForm(BODY))),
        );
      }),
      { numRuns: 1500 },
    );
  });
});
