/** Who did something at the counter, as one text; the same in every store. */
import type { VisitMark } from '../pickup/ports.ts';

/** A word, or JSON. */
export function packWho(by: VisitMark['by']): string {
  return typeof by === 'string' ? by : JSON.stringify(by);
}

/** The reverse of `packWho`. */
export function unpackWho(text: string): VisitMark['by'] {
  return text === 'citizen' || text === 'system' ? text : JSON.parse(text);
}
