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

/** What is left of the doubt when the looks agree. */
const DOUBT = 0.5;

/**
 * The value with the certainty of two looks that agree, or undefined when they do not. Of a number, which the rules have
 * passed too, the surer look counts: what Tesseract doubts of bold digits it mostly reads rightly (measured).
 */
export async function lookAgain(engine: Engine, page: Page, value: Value): Promise<Value | undefined> {
  if (value.from.length === 0) return value;
  const isNumber = /^\d{16}$/.test(value.value);
  const only = isNumber ? 'digits' : undefined;
  const again: Word[] = [];
  for (const line of linesOf(value.from)) {
    const png = await pngOf(page.picture, placeOf(line, page.words), LINE_HEIGHT);
    again.push(...(await engine.line(png, only)));
  }
  if (plain(again) !== plain(value.from)) return undefined;
  const surer = Math.max(value.confidence, Math.min(...again.map(({ confidence }) => confidence)));
  return { ...value, confidence: 1 - (1 - (isNumber ? surer : value.confidence)) * DOUBT };
}

/** A word that stands left of the one before it begins a line. */
function linesOf(words: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  let last: Word | undefined;
  for (const word of words) {
    if (last === undefined || word.left < last.left) lines.push([word]);
    else lines.at(-1)?.push(word);
    last = word;
  }
  return lines;
}

/** The line's place, and the room up to the next word: there a word would stand that the first look has missed. */
function placeOf(line: readonly Word[], page: readonly Word[]): Box {
  const height = Math.max(...line.map((word) => word.height));
  const left = Math.min(...line.map((word) => word.left)) - height / 2;
  const top = Math.min(...line.map((word) => word.top));
  const bottom = Math.max(...line.map((word) => word.top + word.height));
  const end = Math.max(...line.map((word) => word.left + word.width));
  const beside = page.filter((word) => word.left >= end && word.top < bottom && word.top + word.height > top);
  const next = Math.min(...beside.map((word) => word.left));
  const right = Math.max(end + height / 6, Math.min(end + 1.5 * height, next - height / 6));
  return { left, top: top - height * 0.35, width: right - left, height: bottom - top + height * 0.7 };
}

/** Letters and digits alone: a stop or a stroke more is no difference. */
function plain(words: readonly Word[]): string {
  const joined = words
    .map(({ text }) => text)
    .join('')
    .replace(/[^\p{L}\d]/gu, '');
  return (mended(joined) ?? joined).toUpperCase();
}
