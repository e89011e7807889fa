/** Comparing two sides on a machine that others use too: in turn, many times, and the median of the ratios. */

/** What one side did in one turn. */
export interface Turn {
  /** Things done in a second. */
  rate: number;
  /** Processor time of one thing, microseconds. */
  cpuUs: number;
}

export interface Comparison {
  /** Median over the pairs of rate(ours) / rate(floor): above 1 is faster. */
  rateRatio: number;
  /** Median over the pairs of cpu(floor) / cpu(ours): above 1 is cheaper. */
  cpuRatio: number;
  /** The least and the greatest of the rate ratios. */
  rateRange: [number, number];
  /** Medians of the turns. */
  ours: Turn;
  floor: Turn;
  pairs: number;
}

export type Side = () => Promise<Turn>;

/** Both sides by turns, `pairs` times, each going first in every other pair. */
export async function compare(ours: Side, floor: Side, pairs: number): Promise<Comparison> {
  const turns: { ours: Turn; floor: Turn }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (pair % 2 === 0) turns.push({ ours: await ours(), floor: await floor() });
    else {
      const first = await floor();
      turns.push({ ours: await ours(), floor: first });
    }
  }
  const ratios = turns.map((turn) => turn.ours.rate / turn.floor.rate);
  return {
    rateRatio: median(ratios),
    cpuRatio: median(turns.map((turn) => turn.floor.cpuUs / turn.ours.cpuUs)),
    rateRange: [Math.min(...ratios), Math.max(...ratios)],
    ours: medianTurn(turns.map((turn) => turn.ours)),
    floor: medianTurn(turns.map((turn) => turn.floor)),
    pairs,
  };
}

/** NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

function medianTurn(turns: Turn[]): Turn {
  return { rate: median(turns.map(({ rate }) => rate)), cpuUs: median(turns.map(({ cpuUs }) => cpuUs)) };
}
