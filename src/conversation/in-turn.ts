/** One thing at a time for each key, many keys side by side. */

/** Runs jobs of one key one after the other, in the order of the calls; a failed job does not stop the next. */
export function createTurns() {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run<Result>(key: string, job: () => Promise<Result>): Promise<Result> {
      const before = tails.get(key);
      const turn = before ? before.then(job, job) : job();
      tails.set(key, turn);
      const leave = () => {
        if (tails.get(key) === turn) tails.delete(key);
      };
      turn.then(leave, leave);
      return turn;
    },
    /** Resolves when every job that was asked for has ended. */
    async idle(): Promise<void> {
      while (tails.size > 0) await Promise.allSettled(tails.values());
    },
  };
}
