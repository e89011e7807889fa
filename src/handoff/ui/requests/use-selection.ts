import { useState } from 'preact/hooks';
import type { RequestItem } from '../../schemas/requests.ts';

/** The server takes no more at once. */
const MOST = 100;

/** Which requests of a list are selected; those that leave the list are no longer. */
export function useSelection(requests: RequestItem[]) {
  const [numbers, setNumbers] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string>();
  const items = requests.filter(({ number }) => numbers.has(number)).slice(0, MOST);
  return {
    items,
    has: (number: string) => numbers.has(number),
    keep: (kept: string[]) => setNumbers(new Set(kept)),
    /** `isRange`: all from the one before to this one become as this one becomes. */
    toggle(number: string, isRange: boolean) {
      const isOn = !numbers.has(number);
      const next = new Set(items.map((item) => item.number));
      for (const one of isRange ? between(requests, last, number) : [number]) {
        if (isOn) next.add(one);
        else next.delete(one);
      }
      setNumbers(next);
      setLast(number);
    },
  };
}

function between(requests: RequestItem[], from: string | undefined, to: string): string[] {
  const ends = [from ?? to, to].map((number) => requests.findIndex((item) => item.number === number));
  if (ends.includes(-1)) return [to];
  return requests.slice(Math.min(...ends), Math.max(...ends) + 1).map(({ number }) => number);
}
