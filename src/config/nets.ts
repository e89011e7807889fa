/** Settings that name addresses and nets. */
import { isIP } from 'node:net';
import type { Reader } from './reader.ts';

/** An address, or a net such as `10.0.0.0/8`. */
export function isNet(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Express's names of nets: https://expressjs.com/en/guide/behind-proxies.html */
const NAMED = ['loopback', 'linklocal', 'uniquelocal'];

/** Who is believed when it tells whom it speaks for; a proxy on the same machine when nothing is set. */
export function readTrustedProxies(reader: Reader): readonly string[] {
  const entries = (reader.text('TRUSTED_PROXIES') ?? 'loopback').split(',').map((entry) => entry.trim());
  if (!entries.every((entry) => NAMED.includes(entry) || isNet(entry)))
    reader.fault(
      'TRUSTED_PROXIES',
      `must be addresses, nets, ${NAMED.join(' or ')}, with commas between`,
      'loopback,10.1.0.0/16',
    );
  return entries;
}
