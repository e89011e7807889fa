/** The made-up citizens of this browser. */
import { recall, remember } from './memory.js';

const FIRST = ['+6281200000001', '+6281200000002', '+6281200000003'];

/** Their numbers; the first ones are always there. */
export function citizens() {
  return [...new Set([...FIRST, ...recall('citizens', [])])];
}

/** Makes up one more, or takes `number`. */
export function addCitizen(number = freeNumber()) {
  if (!FIRST.includes(number)) remember('citizens', [...new Set([...recall('citizens', []), number])]);
  return number;
}

/** `+6281200000001` as people write it. */
export function spelled(number) {
  return number.replace(/^\+62(\d{3})(\d{4})(\d+)$/, '0$1-$2-$3');
}

/** Somebody new for the service as well, whatever this browser remembers. */
function freeNumber() {
  const digits = crypto.getRandomValues(new Uint32Array(1))[0] % 10_000_000;
  return `+62812${String(digits + 10_000_000)}`;
}
