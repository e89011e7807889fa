/** The kecamatan or the point of the office that a text names. Pure. */
import { distance } from 'fastest-levenshtein';
import { fold } from '../answers/clean.ts';
import type { Near } from '../talk.ts';

/** A place and how people call it, in plain lower case words. */
export interface NamedPlace {
  near: Near;
  names: readonly string[];
  /** Words that mean it only where no place is named ("kantor"). */
  common?: readonly string[];
}

/** `isWhole`: nothing else was said that means anything. `isCommon`: only a word for it stands there. `rest`: the text without the name. */
export interface FoundPlace {
  near: Near;
  isWhole: boolean;
  isCommon: boolean;
  rest: string;
}

/** Finds places in what citizens write. */
export interface PlaceFinder {
  /** Undefined where none is named, or more than one might be meant. */
  find(text: string): FoundPlace | undefined;
}

/** One wrong letter in so many is a typing error; shorter words must be right. */
const LETTERS_AN_ERROR = 6;
const LONGEST_TEXT = 200;
const AROUND =
  /\b(?:saya|sy|aku|tinggal|rumah|rmh|alamat|domisili|dari|dr|di|ke|dekat|deket|terdekat|paling|yang|yg|kecamatan|daerah|desa|kota|kabupaten|kab|kantor|tempat|lokasi|saja|aja|ya|pak|bu|min|kak|mohon|mau|bisa|cari|carikan|near|nearest|district|i|am|in|live|the|please)\b/g;

/** The places are asked for at each text: operators change points while the service runs. */
export function createPlaceFinder(places: () => readonly NamedPlace[]): PlaceFinder {
  return {
    find(text) {
      const plain = plainOf(text).replace(/\b(?:kec|kcmtn|kcamatan)\b/g, 'kecamatan');
      if (plain === '' || plain.length > LONGEST_TEXT) return undefined;
      const all = places();
      const named = longest(exactIn(plain, all)) ?? longest(nearlyIn(plain, all));
      const hit = named ?? longest(exactIn(plain, all, 'common'));
      if (!hit) return undefined;
      const rest = ` ${plain} `.replace(` ${hit.said} `, ' ').trim();
      const isWhole = rest.replace(AROUND, '').trim() === '';
      return { near: hit.near, isWhole, isCommon: named === undefined, rest };
    },
  };
}

/** A name as it is compared: lower case words, single spaces. */
export function plainOf(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

interface Hit {
  near: Near;
  /** As it stands in the text. */
  said: string;
}

/** Of names that lie within others the longest counts; two places of equal length are none. A point goes before a kecamatan. */
function longest(hits: Hit[]): Hit | undefined {
  const length = Math.max(0, ...hits.map(({ said }) => said.length));
  const best = hits.filter(({ said }) => said.length === length);
  const points = best.filter(({ near }) => 'point' in near);
  const candidates = points.length > 0 ? points : best;
  return new Set(candidates.map(({ near }) => JSON.stringify(near))).size === 1 ? candidates[0] : undefined;
}

function exactIn(plain: string, places: readonly NamedPlace[], by: 'names' | 'common' = 'names'): Hit[] {
  const spaced = ` ${plain} `;
  return places.flatMap(({ near, [by]: names = [] }) =>
    names.filter((name) => spaced.includes(` ${name} `)).map((said) => ({ near, said })),
  );
}

/** As many words in a row as the name has, or one word written together. */
function nearlyIn(plain: string, places: readonly NamedPlace[]): Hit[] {
  const words = plain.split(' ');
  return places.flatMap(({ near, names }) =>
    names
      .filter((name) => name.length >= LETTERS_AN_ERROR)
      .flatMap((name) =>
        windows(words, name.split(' ').length)
          .filter((said) => isNearly(said, name))
          .map((said) => ({ near, said })),
      ),
  );
}

function windows(words: string[], size: number): string[] {
  return words.map((_, at) => words.slice(at, at + size).join(' ')).slice(0, words.length - size + 1);
}

function isNearly(said: string, name: string): boolean {
  const most = Math.floor(name.length / LETTERS_AN_ERROR);
  return Math.abs(said.length - name.length) <= most && distance(said, name) <= most;
}
