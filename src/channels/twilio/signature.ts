import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import querystring from 'node:querystring';
import type { Form } from './form.ts';

/**
 * Does `header` (X-Twilio-Signature) prove that Twilio sent this form to this URL? HMAC-SHA1, keyed with the auth
 * token, over the URL and the parameters sorted by name, base64.
 *
 * The rule is that of https://www.twilio.com/docs/usage/security#validating-requests and of the official library:
 * the URL counts with and without its port (Twilio is not consistent), and with its query escaped anew. Repeated
 * values of one name count once. Compared in constant time. JSON bodies (`bodySHA256`) are not covered.
 *
 * `authToken` as a key that was made once saves half of the time.
 */
export function isSignedByTwilio(
  authToken: string | KeyObject,
  request: { url: string; form: Form; header: string },
): boolean {
  const given = Buffer.from(request.header);
  const params = paramsText(request.form);
  return urlVariants(request.url).some((url) => {
    const hmac = createHmac('sha1', authToken);
    const expected = Buffer.from(hmac.update(url + params).digest('base64'));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function paramsText(form: Form): string {
  let text = '';
  for (const name of [...form.keys()].sort()) {
    const values = form.get(name) ?? [];
    for (const value of values.length > 1 ? [...new Set(values)].sort() : values) text += name + value;
  }
  return text;
}

/** Lazy: nearly every request matches the first. */
function* lazyVariants(url: string): Generator<string> {
  yield url;
  yield* portVariants(url);
  const normal = URL.parse(url)?.href;
  if (normal === undefined) return;
  const normals = portVariants(normal);
  yield* normals;
  yield* normals.map(withQueryEscapedAnew);
}

function urlVariants(url: string): IteratorObject<string> {
  const seen = new Set<string>();
  return lazyVariants(url).filter((variant) => !seen.has(variant) && seen.add(variant));
}

function portVariants(url: string): string[] {
  const parts = /^(https?:\/\/)([^/?#]*?)(:\d*)?([/?#].*)?$/is.exec(url);
  if (!parts) return [url];
  const [, scheme = '', host = '', port, rest = ''] = parts;
  const standard = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port || standard}${rest}`];
}

function withQueryEscapedAnew(url: string): string {
  const start = url.indexOf('?');
  if (start === -1 || start === url.length - 1) return url;
  return `${url.slice(0, start)}?${querystring.stringify(querystring.parse(url.slice(start + 1)))}`;
}
