/** A value is proposed only when a closer look at the same place reads the same: chance errors seldom come twice alike. */
import type { Engine, Word } from './engine.ts';
import type { Grey } from './pixels.ts';
import { type Box, pngOf } from './prepare.ts';
import { mended, type Value } from './values.ts';

/** Letters of a line are enlarged to about this, points. */
const LINE_HEIGHT = 56;

export interface Page {
  picture: Grey;
  /** Of the whole page, as first read. */
  words: readonly Word[];
}

/** The value with the certainty of two looks that agree, or undefined when they do not. */
export async function lookAgain(
  engine: Engine,
  { picture, words: page }: Page,
  value: Value,
): Promise<Value | undefined> {
  const place = around(value.from, page);
  if (place === undefined) return value;
  const isNumber = /^\d{16}$/.test(value.value);
  const words = await engine.line(await pngOf(picture, place, LINE_HEIGHT), isNumber ? 'digits' : undefined);
  const again = words.map(({ text }) => text);
  if (plain(again) !== plain(value.from.map(({ text }) => text))) return undefined;
  return { ...value, confidence: 1 - (1 - value.confidence) / 2 };
}

/** The words' place, and the room up to the next word: there a word would stand that the first look has missed. */
function around(words: readonly Word[], page: readonly Word[]): Box | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  const height = Math.max(...words.map((word) => word.height));
  const left = first.left - height / 2;
  const top = Math.min(...words.map((word) => word.top));
  const bottom = Math.max(...words.map((word) => word.top + word.height));
  const end = Math.max(...words.map((word) => word.left + word.width));
  const beside = page.filter((word) => word.left >= end && word.top < bottom && word.top + word.height > top);
  const next = Math.min(...beside.map((word) => word.left));
  const right = Math.max(end + height / 6, Math.min(end + 1.5 * height, next - height / 6));
  return { left, top: top - height * 0.35, width: right - left, height: bottom - top + height * 0.7 };
}

/** Letters and digits alone: a stop or a stroke more is no difference. */
function plain(texts: readonly string[]): string {
  const joined = texts.join('').replace(/[^\p{L}\d]/gu, '');
  return (mended(joined) ?? joined).toUpperCase();
}
