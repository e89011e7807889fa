/** Lets some through at a time; the others wait in order. */

export interface Gate {
  /** Runs `work` when it is its turn. Who waits holds nothing but its place. */
  pass<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** `seats`: how many at once. */
export function createGate(seats: number): Gate {
  const waiting: (() => void)[] = [];
  let free = seats;
  return {
    async pass(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // A seat goes straight to who waits: nobody slips in between.
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
