/** What applications are found by without being opened: keyed hashes of NIK, KK numbers and words of names. */
import type { Flows } from '../flows/schema.ts';
import type { Application } from './ports.ts';
import { bareValue, kindOf } from './service-facts.ts';

/** Shorter words (`bin`, `Al`) tell nobody from anybody. */
const SHORTEST_WORD = 3;
/** Of a keyed hash: 128 bits are enough to mean one thing. */
const MARK_LENGTH = 32;

export interface Marks {
  /** Of everything that was answered, sorted, each once. */
  of(application: Pick<Application, 'service' | 'answers'>): string[];
  /** Of what somebody looks for; all of them must be there. None: nothing can be found by it. */
  search(text: string): string[];
  /** Of one number. */
  number(digits: string): string;
}

/** `hash` is the store's keyed hash: without the office's key a mark tells nothing. */
export function createMarks(deps: {
  hash: (kind: string, text: string) => string;
  flows: Pick<Flows, 'services'>;
}): Marks {
  const mark = (kind: string, text: string) => deps.hash('mark', `${kind}:${text}`).slice(0, MARK_LENGTH);
  const number = (digits: string) => mark('number', digits);
  const wordsIn = (text: string) => words(text).map((word) => mark('word', word));
  return {
    number,
    of({ service, answers }) {
      const found = Object.entries(answers).flatMap(([step, answer]) => {
        const kind = kindOf(deps.flows.services[service], step);
        const value = bareValue(answer);
        if (typeof value !== 'string') return [];
        if (kind === 'nik' || kind === 'kk') return [number(value)];
        return kind === 'name' ? wordsIn(value) : [];
      });
      return [...new Set(found)].sort();
    },
    search(text) {
      const digits = text.replace(/[\s.-]/g, '');
      if (/^\d{16}$/.test(digits)) return [number(digits)];
      return [...new Set(wordsIn(text))];
    },
  };
}

/** Small letters without accents; what is no letter parts words. */
function words(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= SHORTEST_WORD);
}
