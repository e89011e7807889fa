/**
 * The second factor: six digits that an authenticator shows for half a minute (RFC 6238 with what every such app
 * knows: SHA-1, 6 digits, 30 seconds).
 */
import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';
import { isSameSecret } from './sessions.ts';

const PERIOD_MS = 30_000;
/** Codes of the step before and after are taken as well: clocks of phones differ, and typing takes its time. */
const WINDOW = 1;
/** Each half of a secret; together the 160 bits that RFC 4226, 4 (R6) recommends. */
const HALF_BYTES = 10;
/** White around a QR code, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A keyed hash for look-ups (the store's sealer), as hex. */
type Hash = (kind: string, text: string) => string;

/**
 * A new secret, in base32. Its second half is a keyed hash of the first and `purpose`: so `isOwnSecret` knows without any
 * memory that it was given out, by whichever process, for that purpose. Without the key both halves are random.
 */
export function createSecret(deps: { ids: { id(): string }; hash: Hash }, purpose: string): string {
  const first = Buffer.from(deps.ids.id(), 'base64url').subarray(0, HALF_BYTES);
  const bytes = Uint8Array.from([...first, ...secondHalf(deps.hash, first, purpose)]);
  return new Secret({ buffer: bytes.buffer }).base32;
}

/** Whether `createSecret` made it for this purpose. */
export function isOwnSecret(hash: Hash, secret: string, purpose: string): boolean {
  const bytes = readSecret(secret);
  if (bytes?.length !== 2 * HALF_BYTES) return false;
  const expected = secondHalf(hash, bytes.subarray(0, HALF_BYTES), purpose);
  return isSameSecret(expected.toString('hex'), Buffer.from(bytes.subarray(HALF_BYTES)).toString('hex'));
}

/**
 * The time step whose code this is; undefined when it is wrong or of `lastStep` or earlier: a code is taken once, so that
 * one who looked over the shoulder is too late.
 */
export function findStep(
  totp: { secret: string; lastStep: number },
  code: string,
  now: number,
): number | undefined {
  const secret = Secret.fromBase32(totp.secret);
  const delta = TOTP.validate({ token: code, secret, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / PERIOD_MS) + delta;
  return step > totp.lastStep ? step : undefined;
}

/** What an authenticator reads: the address, and the same as a QR code (SVG path, quiet zone included). */
export function describeSecret(secret: string, { issuer, label }: { issuer: string; label: string }) {
  const uri = new TOTP({ issuer, label, secret }).toString();
  return { secret, uri, qr: drawPath(uri) };
}

function secondHalf(hash: Hash, first: Uint8Array, purpose: string): Buffer {
  const mac = hash('totp', `${purpose}:${Buffer.from(first).toString('hex')}`);
  return Buffer.from(mac, 'hex').subarray(0, HALF_BYTES);
}

function readSecret(secret: string): Uint8Array | undefined {
  try {
    return Secret.fromBase32(secret).bytes;
  } catch {
    return undefined;
  }
}

/** Dark modules side by side become one rectangle, so that no hairline shows between them. */
function drawPath(text: string): { size: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    const line = Array.from({ length: modules.size }, (_, column) => (modules.get(row, column) ? '1' : '0'));
    for (const { index, 0: run } of line.join('').matchAll(/1+/g))
      path += `M${index + QUIET_ZONE} ${row + QUIET_ZONE}h${run.length}v1h-${run.length}z`;
  }
  return { size: modules.size + 2 * QUIET_ZONE, path };
}
