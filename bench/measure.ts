/** What a measure is, and what it finds. */

/** `quick`: short turns, to see that everything runs; its figures are no proof. */
export interface MeasureOptions {
  isQuick: boolean;
  /** Tells how far it is. */
  note(words: string): void;
}

/** One line of the results. */
export interface Finding {
  what: string;
  value: number;
  unit: string;
  /** What the project aims at; absent: shown for comparison. */
  aim?: { atLeast: number } | { atMost: number };
  /** How it came about, in a few words. */
  detail: string;
  /** Figures for programs that read the file of results (scale.ts); units in their names. */
  figures?: { [name: string]: number };
}

export interface Measure {
  /** The name for `--only`, and of the file of results. */
  name: string;
  /** One line for the page. */
  title: string;
  run(options: MeasureOptions): Promise<Finding[]>;
}

/** True without an aim. */
export function isMet({ value, aim }: Finding): boolean {
  if (!aim) return true;
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost;
}
