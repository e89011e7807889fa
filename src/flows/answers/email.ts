/** An email address. Whether anybody reads it is not known here. */
import { distance } from 'fastest-levenshtein';
import { clean } from './clean.ts';
import type { AnswerContext, Parsed } from './types.ts';

/** What most citizens have; a domain one letter off is probably mistyped. */
const COMMON_DOMAINS = [
  'gmail.com',
  'yahoo.com',
  'yahoo.co.id',
  'ymail.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
];

const ADDRESS = /^[a-z0-9_%+'-]+(?:\.[a-z0-9_%+'-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/i;

/**
 * Reads an address; the domain is made lower case, the part before the @ stays as typed. Nothing is mended: "gmail,com"
 * is `unreadable`. Other reason: `two-values`. Warning `email-typo`: one letter off a common domain ("gmail.con").
 *
 * @example parseEmail('email: Siti.A@Gmail.com', context) // value 'Siti.A@gmail.com'
 */
export function parseEmail(raw: string, _context: AnswerContext): Parsed<string> {
  const candidates = clean(raw)
    .split(/[\s;<>()"|]+/)
    .filter((part) => part.includes('@'))
    .map((part) => part.replace(/^(?:e-?mail|mailto)[:=]/i, '').replace(/[.,!?]+$/, ''));
  // The first spelling of an address stays.
  const addresses = new Map(candidates.toReversed().map((address) => [address.toLowerCase(), address]));
  const [address] = addresses.values();
  if (addresses.size > 1) return { ok: false, reason: 'two-values' };
  if (address === undefined || address.length > 254 || !ADDRESS.test(address))
    return { ok: false, reason: 'unreadable' };
  const [local = '', written = ''] = address.split('@');
  if (local.length > 64) return { ok: false, reason: 'unreadable' };
  const domain = written.toLowerCase();
  const isTypo =
    !COMMON_DOMAINS.includes(domain) && COMMON_DOMAINS.some((common) => distance(common, domain) === 1);
  return { ok: true, value: `${local}@${domain}`, warnings: isTypo ? ['email-typo'] : [] };
}
