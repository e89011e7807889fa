/** Looking again and again, in one process of all. */
import type { Lease, Leases } from './ports.ts';

export interface Watch {
  start(): void;
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
  /** Looks once, or joins the look under way; returns how much was found. */
  look(): Promise<number>;
}

/**
 * Calls `lookOnce` every `everyMs`, never twice at a time; nothing runs before `start`. With `leases` one process of all
 * looks; when nobody can say which, each does.
 */
export function createWatch(options: {
  name: string;
  everyMs: number;
  leases: Leases | undefined;
  lookOnce(): Promise<number>;
  failed(error: unknown): void;
}): Watch {
  let lease: Lease | undefined;
  let handle: NodeJS.Timeout | undefined;
  let looking: Promise<number> | undefined;

  function look(): Promise<number> {
    looking ??= options.lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  return {
    look,
    start() {
      lease = options.leases?.keep(options.name);
      handle = setInterval(() => {
        if (lease?.state() !== 'others') look().catch(options.failed);
      }, options.everyMs).unref();
    },
    async stop() {
      clearInterval(handle);
      // Whoever began it is told of its failure.
      await Promise.allSettled([looking]);
      await lease?.stop();
    },
  };
}
