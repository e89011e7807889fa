/**
 * What a citizen wants, from free text: the nearest examples of `flows.yaml` by weighted words and letter groups.
 * Local, without a model file; a message costs well under a millisecond.
 */
import type { Flows } from './schema.ts';
import { wordsOf } from './words.ts';

/** `intent` is a service, a topic of `faq`, or one of `intents`; `confidence` is 0 to 1. */
export interface Understood {
  intent: string;
  confidence: number;
}

export interface Understanding {
  intent(text: string): Understood;
}

type Vector = Map<string, number>;

/** How many nearest examples vote. */
const NEIGHBOURS = 4;
/** From this similarity on, a reading is as sure as it gets. */
const SURE_SIMILARITY = 0.6;

/** Reads all examples once; keep the result. */
export function createUnderstanding(flows: Pick<Flows, 'services' | 'faq' | 'intents'>): Understanding {
  const examples = examplesOf(flows);
  const weights = inverseFrequencies(examples.map(({ text }) => featuresOf(text)));
  const known = examples.map(({ intent, text }) => ({ intent, vector: weighted(featuresOf(text), weights) }));
  const index = invert(known);
  return {
    intent(text) {
      const vector = weighted(featuresOf(text), weights);
      return vote(nearest(vector, index, known.length), known);
    },
  };
}

function examplesOf(flows: Pick<Flows, 'services' | 'faq' | 'intents'>): { intent: string; text: string }[] {
  const groups = [
    ...Object.entries(flows.services).map(
      ([id, { title, examples }]) => [id, [title.id, title.en, ...examples]] as const,
    ),
    ...Object.entries(flows.faq).map(([id, { examples }]) => [id, examples] as const),
    ...Object.entries(flows.intents),
  ];
  return groups.flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })));
}

/** Words, pairs of words, and groups of four letters (typos leave most of these whole). */
function featuresOf(text: string): string[] {
  const words = wordsOf(text);
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
  const letters = words.filter((word) => word.length > 3).flatMap((word) => groups(`^${word}$`, 4));
  return [...words.map((word) => `=${word}`), ...pairs, ...letters];
}

function groups(word: string, size: number): string[] {
  return Array.from({ length: Math.max(word.length - size + 1, 0) }, (_, i) => word.slice(i, i + size));
}

function inverseFrequencies(documents: string[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const feature of new Set(document)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return new Map([...counts].map(([feature, count]) => [feature, Math.log(1 + documents.length / count)]));
}

/** Unit length; features that no example has weigh on the length only, so that strangers look strange. */
function weighted(features: string[], weights: Map<string, number>): Vector {
  const unknownWeight = 3;
  const vector: Vector = new Map();
  for (const feature of features) {
    const factor = feature.startsWith('=') ? 1.5 : feature.includes(' ') ? 0.7 : 0.5;
    vector.set(feature, (weights.get(feature) ?? unknownWeight) * factor);
  }
  const length = Math.hypot(...vector.values()) || 1;
  for (const [feature, weight] of vector) vector.set(feature, weight / length);
  return vector;
}

function invert(known: { vector: Vector }[]): Map<string, [number, number][]> {
  const index = new Map<string, [number, number][]>();
  known.forEach(({ vector }, i) => {
    for (const [feature, weight] of vector) {
      const list = index.get(feature) ?? [];
      list.push([i, weight]);
      index.set(feature, list);
    }
  });
  return index;
}

function nearest(
  vector: Vector,
  index: Map<string, [number, number][]>,
  count: number,
): { i: number; similarity: number }[] {
  const similarities = new Float64Array(count);
  for (const [feature, weight] of vector) {
    for (const [i, other] of index.get(feature) ?? [])
      similarities[i] = (similarities[i] ?? 0) + weight * other;
  }
  return [...similarities]
    .map((similarity, i) => ({ i, similarity }))
    .filter(({ similarity }) => similarity > 0)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, NEIGHBOURS);
}

/** The intent with most similarity among the nearest; sure when it is near and alone. */
function vote(nearestOnes: { i: number; similarity: number }[], known: { intent: string }[]): Understood {
  const votes = new Map<string, number>();
  for (const { i, similarity } of nearestOnes) {
    const intent = known[i]?.intent ?? '';
    votes.set(intent, (votes.get(intent) ?? 0) + similarity ** 2);
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  if (!best) return { intent: 'di-luar-layanan', confidence: 0 };
  const share = best[1] / [...votes.values()].reduce((sum, one) => sum + one, 0);
  const closest = Math.max(
    ...nearestOnes.filter(({ i }) => known[i]?.intent === best[0]).map(({ similarity }) => similarity),
  );
  const confidence = share * Math.min(1, closest / SURE_SIMILARITY);
  return { intent: best[0], confidence: Math.round(confidence * 1000) / 1000 };
}
