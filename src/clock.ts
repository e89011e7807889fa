/** Time as a port: nothing else in the project reads the machine's clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A clock that a test or the simulator may set; it runs on from there. */
export interface SettableClock extends Clock {
  /** From now on the clock shows `epochMs`, and goes on at the usual pace. */
  set(epochMs: number): void;
}

/** The machine's clock, which may be set off against it (simulator only). */
export function createClock(): SettableClock {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    set: (epochMs) => {
      offsetMs = epochMs - Date.now();
    },
  };
}
