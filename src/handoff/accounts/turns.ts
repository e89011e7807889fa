/** One thing at a time for each account, many accounts side by side, and the count of what waits. */
import { createTurns } from '../../conversation/in-turn.ts';

export interface Turns {
  /** Runs after everything that was asked for under the same username. */
  run<T>(username: string, work: () => Promise<T>): Promise<T>;
  /** How many run or wait, over all accounts. */
  pending(): number;
}

/** Shared by everything that reads an account and writes it back, so that neither loses what the other wrote. */
export function createAccountTurns(): Turns {
  const turns = createTurns();
  let pending = 0;
  return {
    pending: () => pending,
    async run(username, work) {
      pending += 1;
      try {
        return await turns.run(username.toLowerCase(), work);
      } finally {
        pending -= 1;
      }
    },
  };
}
