/** How far the citizens have come; faults are tied to it, so that a slow machine meets the same ones. */

export interface Progress {
  /** Messages that were answered 200. */
  accepted(): number;
  step(): void;
  /** Resolves when so many were accepted. */
  reached(count: number): Promise<void>;
  /** Resolves at the next instant at which the provider has a message, and its sender no answer yet. */
  sending(): Promise<void>;
  /** To be called at such an instant; true when somebody waited for it. */
  isSending(): boolean;
}

/** Starts at 0. */
export function createProgress(): Progress {
  let accepted = 0;
  let whenReached: { count: number; resolve: () => void }[] = [];
  let whenSending: (() => void)[] = [];
  return {
    accepted: () => accepted,
    step() {
      accepted++;
      for (const { count, resolve } of whenReached) if (accepted >= count) resolve();
      whenReached = whenReached.filter(({ count }) => count > accepted);
    },
    reached: (count) =>
      new Promise((resolve) => {
        if (accepted >= count) resolve();
        else whenReached.push({ count, resolve });
      }),
    sending: () => new Promise((resolve) => whenSending.push(resolve)),
    isSending() {
      const waited = whenSending;
      whenSending = [];
      for (const resolve of waited) resolve();
      return waited.length > 0;
    },
  };
}
