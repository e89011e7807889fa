/** Chance as a port: nothing else in the project makes random values. */
import { randomBytes, randomInt } from 'node:crypto';

/** Random values that nobody can guess. */
export interface Ids {
  /** 128 random bits, 22 characters that are safe in a URL and a file name. */
  id(): string;
  /** `count` decimal digits, each equally likely: PINs. */
  digits(count: number): string;
}

/** Ids from the operating system's source of randomness. */
export function createIds(): Ids {
  return {
    id: () => randomBytes(16).toString('base64url'),
    digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
  };
}
