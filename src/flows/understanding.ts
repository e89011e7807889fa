/**
 * What a citizen wants, from free text: a linear classifier (softmax regression) over words, pairs of words and
 * groups of letters, taught at start by the examples of `flows.yaml`. Local, without a model file; learning takes
 * some ten milliseconds, a message far less than one.
 */
import type { Flows } from './schema.ts';
import { wordsOf } from './words.ts';

/** `intent` is a service, a topic of `faq`, or one of `intents`; `confidence` is 0 to 1. */
interface Understood {
  intent: string;
  confidence: number;
}

export interface Understanding {
  intent(text: string): Understood;
}

/** One text as positions of known features with their weights; unit length. */
interface Vector {
  positions: number[];
  values: number[];
  /** How much of the text is made of features that some example has, 0 to 1. */
  known: number;
}

const EPOCHS = 8;
const FIRST_RATE = 4;
/** A text is never as sure as the examples it was learned from: scores are flattened before they become shares. */
const CALM = 0.7;

/** Learns all examples once; keep the result. The same flows always give the same answers. */
export function createUnderstanding(flows: Pick<Flows, 'services' | 'faq' | 'intents'>): Understanding {
  const examples = examplesOf(flows);
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const features = numberFeatures(examples.map(({ text }) => text));
  const samples = examples.map(({ intent, text }) => ({
    vector: vectorOf(text, features),
    target: intents.indexOf(intent),
  }));
  const weights = learn(samples, intents.length, features.size);
  return {
    intent(text) {
      const vector = vectorOf(text, features);
      const sums = new Float64Array(intents.length);
      const shares = toShares(scores(vector, weights, sums).map((score) => score * CALM));
      passGreeting(shares, intents.indexOf('sapaan'));
      const best = highestOf(shares);
      const confidence = (shares[best] ?? 0) * Math.min(1, vector.known * 1.5);
      return {
        intent: vector.positions.length === 0 ? 'di-luar-layanan' : (intents[best] ?? ''),
        confidence: vector.positions.length === 0 ? 0 : Math.round(confidence * 1000) / 1000,
      };
    },
  };
}

/** The place of the highest value; the first of equal ones. */
function highestOf(values: Float64Array): number {
  return values.reduce((best, value, at) => (value > (values[best] ?? 0) ? at : best), 0);
}

/** What a greeting must leave to another intent, to be only the beginning of a wish. */
const LEAST_WISH = 0.15;

/** "Permisi min, mau tanya KTP hilang" is about the KTP: beside a clear wish the words of the greeting do not count. */
function passGreeting(shares: Float64Array, greeting: number): void {
  if ((shares[greeting] ?? 0) < LEAST_WISH) return;
  const isWish = shares.some((share, intent) => intent !== greeting && share >= LEAST_WISH);
  if (!isWish) return;
  const others = shares.map((share, intent) => (intent === greeting ? 0 : share ** (1 / CALM)));
  const total = others.reduce((sum, share) => sum + share, 0);
  for (const [intent, share] of others.entries()) shares[intent] = share / total;
}

function examplesOf(flows: Pick<Flows, 'services' | 'faq' | 'intents'>): { intent: string; text: string }[] {
  const services = Object.entries(flows.services).map(
    ([id, { title, menu, examples }]): [string, string[]] => [
      id,
      [title.id, title.en, ...(menu ? [menu.id] : []), ...examples],
    ],
  );
  const topics = Object.entries(flows.faq).map(([id, { examples }]): [string, string[]] => [id, examples]);
  return [...services, ...topics, ...Object.entries(flows.intents)].flatMap(([intent, texts]) =>
    texts.map((text) => ({ intent, text })),
  );
}

/** Words weigh most; groups of four letters survive typing errors; pairs tell "KK hilang" from "KK baru". */
function featuresOf(text: string): Map<string, number> {
  const words = wordsOf(text);
  const found = new Map<string, number>();
  for (const [i, word] of words.entries()) {
    found.set(`=${word}`, 1);
    if (i > 0) found.set(`${words[i - 1]} ${word}`, 0.7);
    for (let at = 0; word.length > 3 && at + 4 <= word.length + 2; at++)
      found.set(`^${word}$`.slice(at, at + 4), 0.35);
  }
  return found;
}

/** Each feature's place and rarity. */
type Features = Map<string, { position: number; rarity: number }>;

function numberFeatures(texts: string[]): Features {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const feature of featuresOf(text).keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return new Map(
    [...counts].map(([feature, count], position) => [
      feature,
      { position, rarity: Math.log(1 + texts.length / count) },
    ]),
  );
}

function vectorOf(text: string, features: Features): Vector {
  const positions: number[] = [];
  const values: number[] = [];
  let words = 0;
  let knownWords = 0;
  for (const [feature, factor] of featuresOf(text)) {
    const known = features.get(feature);
    if (feature.startsWith('=')) words++;
    if (!known) continue;
    if (feature.startsWith('=')) knownWords++;
    positions.push(known.position);
    values.push(factor * known.rarity);
  }
  const length = Math.hypot(...values) || 1;
  return {
    positions,
    values: values.map((value) => value / length),
    known: words === 0 ? 0 : knownWords / words,
  };
}

/** Stochastic gradient descent in a fixed order; weights lie feature by feature. */
function learn(
  samples: { vector: Vector; target: number }[],
  intents: number,
  features: number,
): Float32Array {
  const weights = new Float32Array(features * intents);
  // One for all samples: a new one each time would leave thirty megabytes to be collected.
  const shares = new Float64Array(intents);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = FIRST_RATE / (1 + epoch / 8);
    for (let i = 0; i < samples.length; i++) {
      // A step coprime to most lengths visits all samples, classes mixed.
      const sample = samples[(i * 7919 + epoch * 31) % samples.length];
      if (sample) improve(weights, sample, shares, rate);
    }
  }
  return weights;
}

function improve(
  weights: Float32Array,
  { vector, target }: { vector: Vector; target: number },
  shares: Float64Array,
  rate: number,
): void {
  const { positions, values } = vector;
  const intents = shares.length;
  toShares(scores(vector, weights, shares));
  for (let i = 0; i < positions.length; i++) {
    const start = (positions[i] ?? 0) * intents;
    const step = rate * (values[i] ?? 0);
    for (let intent = 0; intent < intents; intent++) {
      const error = (intent === target ? 1 : 0) - (shares[intent] ?? 0);
      weights[start + intent] = (weights[start + intent] ?? 0) + step * error;
    }
  }
}

/** Written into `sums`, which is also returned. */
function scores({ positions, values }: Vector, weights: Float32Array, sums: Float64Array): Float64Array {
  const intents = sums.length;
  sums.fill(0);
  for (let i = 0; i < positions.length; i++) {
    const start = (positions[i] ?? 0) * intents;
    const value = values[i] ?? 0;
    for (let intent = 0; intent < intents; intent++) {
      sums[intent] = (sums[intent] ?? 0) + value * (weights[start + intent] ?? 0);
    }
  }
  return sums;
}

/** Softmax in place: scores become shares of one. */
function toShares(sums: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const sum of sums) highest = Math.max(highest, sum);
  let total = 0;
  for (let i = 0; i < sums.length; i++) {
    sums[i] = Math.exp((sums[i] ?? 0) - highest);
    total += sums[i] ?? 0;
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) / total;
  return sums;
}
