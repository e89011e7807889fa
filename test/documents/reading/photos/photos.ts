/** The set that reading is measured on: what is photographed, how badly, and what ought to be read. */
import type { ReadingKind } from '../../../../src/flows/vocabulary.ts';
import { type Chance, createChance } from '../../../e2e/seeded.ts';
import { drawBirthLetter, LETTER_LAYOUTS } from './birth-letters.ts';
import { drawFamilyCard } from './family-card.ts';
import { drawKtp } from './ktp.ts';
import { type Conditions, takePhoto } from './scene.ts';
import type { Subject } from './subject.ts';

/** How well it was taken: a scanner's or a steady hand's, everyday, or just good enough for intake to take it. */
export type Care = 'good' | 'fair' | 'poor';

export interface PhotoPlan {
  id: string;
  kind: ReadingKind;
  care: Care;
  isHandwritten: boolean;
  take(): Promise<{ bytes: Uint8Array; truth: Subject['truth'] }>;
}

/** How many of each kind; three in ten are good, five fair, two poor. */
const COUNTS: Readonly<Record<ReadingKind, number>> = { ktp: 64, kk: 48, 'surat-lahir': 72 };

/** All plans, in a fixed order. `seed` other than the first makes another set of the same make. */
export function planPhotos(seed = 1): PhotoPlan[] {
  return (Object.keys(COUNTS) as ReadingKind[]).flatMap((kind) =>
    Array.from({ length: COUNTS[kind] }, (_, index) => plan(kind, index, seed)),
  );
}

function plan(kind: ReadingKind, index: number, seed: number): PhotoPlan {
  const own = seed * 1_000_003 + index * 7919 + kind.length * 104_729;
  const care = CARES[index % CARES.length] ?? 'fair';
  // One letter in six is filled in by hand: what cannot be read must not be guessed.
  const isHandwritten = kind === 'surat-lahir' && Math.floor(index / LETTER_LAYOUTS.length) % 6 === 5;
  return {
    id: `${kind}-${index}`,
    kind,
    care,
    isHandwritten,
    take: async () => {
      const chance = createChance(own);
      const { sheet, truth } = draw(kind, index, isHandwritten, chance);
      return { bytes: await takePhoto(sheet, conditionsOf(kind, care, chance), own + 1), truth };
    },
  };
}

const CARES: Care[] = ['good', 'fair', 'fair', 'poor', 'fair', 'good', 'fair', 'poor', 'fair', 'good'];

function draw(kind: ReadingKind, index: number, isHandwritten: boolean, chance: Chance): Subject {
  if (kind === 'ktp') return drawKtp(chance);
  if (kind === 'kk') return drawFamilyCard(chance);
  const layout = LETTER_LAYOUTS[index % LETTER_LAYOUTS.length] ?? 'hospital';
  return drawBirthLetter(chance, layout, isHandwritten);
}

/** A family card's small print needs a phone's whole sensor; a card needs less. */
const SIZES: Readonly<Record<ReadingKind, readonly [number, number]>> = {
  ktp: [1280, 1920],
  kk: [1920, 2600],
  'surat-lahir': [1600, 2200],
};

function conditionsOf(kind: ReadingKind, care: Care, chance: Chance): Conditions {
  const [small, large] = SIZES[kind];
  const between = (from: number, to: number): number => from + ((to - from) * chance.below(1001)) / 1000;
  const sign = chance.is(0.5) ? 1 : -1;
  const worst = {
    good: { fill: [0.9, 0.96], tilt: 0.6, perspective: 0.003, blur: 0.4, noise: 3, dimmest: 0.9 },
    fair: { fill: [0.78, 0.95], tilt: 3, perspective: 0.012, blur: 0.8, noise: 7, dimmest: 0.65 },
    poor: { fill: [0.62, 0.85], tilt: 6, perspective: 0.025, blur: 1.2, noise: 12, dimmest: 0.45 },
  }[care];
  const [least = 0.8, most = 0.95] = worst.fill;
  return {
    size: Math.round(between(small, large)),
    fill: between(kind === 'kk' ? Math.max(least, 0.75) : least, most),
    tilt: sign * between(0, worst.tilt),
    perspective: worst.perspective,
    blur: between(0, worst.blur),
    noise: between(1, worst.noise),
    dimmest: between(worst.dimmest, 1),
    isUpright: kind === 'surat-lahir' || chance.is(0.2),
    hasShadow: care !== 'good' && chance.is(0.3),
    quality: Math.round(between(care === 'poor' ? 55 : 68, 92)),
  };
}
