/** All citizens of a chaos run, each at their own pace. */
import { setTimeout as pause } from 'node:timers/promises';
import type { TwilioStandIn } from '../channels/twilio-standin.ts';
import { followScript, type Sent } from '../e2e/citizen.ts';
import { createChance } from '../e2e/seeded.ts';
import type { Progress } from './progress.ts';
import type { Script } from './scripts.ts';
import { PUBLIC_URL } from './world.ts';

/** What one citizen did. */
export interface Talk {
  script: Script;
  /** What was accepted, in order. */
  sent: Sent[];
  /** Why the script could not be followed to its end. */
  stuck?: string;
}

/** What became of the calls of webhooks. */
export interface Calls {
  /** By HTTP status, or `no answer`. */
  statuses: Map<string, number>;
  /** Of those answered 200, ms. */
  tookMs: number[];
}

export interface Crowd {
  talks: Talk[];
  calls: Calls;
  /** How many are at the end of their script. */
  through(): number;
  /** Resolves when all are through or stuck. */
  over: Promise<void>;
}

export interface CrowdOptions {
  twilio: TwilioStandIn;
  scripts: Script[];
  seed: number;
  progress: Progress;
  /** Within this time they all begin, spread evenly, ms; later when `MOST_AT_ONCE` are talking. */
  arriveWithinMs: number;
  thinkMs: number;
  patienceMs: number;
  webhookLimitMs: number;
}

/** A slow database makes a run longer, and not a backlog in which everybody's patience ends. */
const MOST_AT_ONCE = 60;

/** They begin to talk at once. */
export function startCrowd(options: CrowdOptions): Crowd {
  const { scripts, arriveWithinMs } = options;
  const calls: Calls = { statuses: new Map(), tookMs: [] };
  const twilio = { ...options.twilio, post: counted(options.twilio, calls) };
  const door = createDoor(MOST_AT_ONCE);
  let through = 0;
  const talks: Talk[] = scripts.map((script) => ({ script, sent: [] }));
  const all = talks.map(async (talk, i) => {
    await pause((i * arriveWithinMs) / talks.length);
    await door.enter();
    const deps = {
      ...options,
      twilio,
      url: PUBLIC_URL,
      chance: createChance(options.seed + i),
      onAccepted: options.progress.step,
    };
    try {
      await followScript(deps, talk.script, talk.sent);
      through++;
    } catch (error) {
      talk.stuck = String(error instanceof Error ? error.message : error);
    } finally {
      door.leave();
    }
  });
  return { talks, calls, through: () => through, over: Promise.all(all).then(() => {}) };
}

/** Lets so many in at a time, in the order in which they came. */
function createDoor(most: number): { enter(): Promise<void>; leave(): void } {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async enter() {
      if (inside < most) inside++;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      // The place goes straight to the next one.
      if (next) next();
      else inside--;
    },
  };
}

function counted({ post }: TwilioStandIn, { statuses, tookMs }: Calls): TwilioStandIn['post'] {
  const count = (status: string) => void statuses.set(status, (statuses.get(status) ?? 0) + 1);
  return async (...call) => {
    const start = performance.now();
    try {
      const answer = await post(...call);
      count(String(answer.status));
      if (answer.status === 200) tookMs.push(performance.now() - start);
      return answer;
    } catch (error) {
      count('no answer');
      throw error;
    }
  };
}
