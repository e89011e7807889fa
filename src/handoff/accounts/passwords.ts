/** Passwords of operators: argon2id with a salt of its own, as a PHC string. */
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. The library's default algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** NIST SP 800-63B, 5.1.1.2: length counts, rules about kinds of characters do not help. */
export const MIN_PASSWORD_LENGTH = 10;

/** Hashes a new password; takes some 30 ms in a thread of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** Tells whether the password fits. A hash that cannot be read fits nothing, and is not an error. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password.normalize('NFKC'));
  } catch {
    return false;
  }
}
