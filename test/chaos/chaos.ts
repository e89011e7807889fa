/** One chaos run: citizens talk, everything around them fails, and at the end every promise is checked. */
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../e2e/phone.ts';
import { createChance } from '../e2e/seeded.ts';
import type { Program } from '../mongodb-programs.ts';
import { type Broken, check } from './check.ts';
import { type Crowd, startCrowd } from './citizens.ts';
import { createTally, type Fault, faultsFor, type Scene } from './faults.ts';
import { gather, type Outcome } from './gather.ts';
import type { LogLine } from './member.ts';
import type { Network } from './network.ts';
import { startOperator } from './operator.ts';
import { createProgress } from './progress.ts';
import { troubleProvider } from './provider.ts';
import { scriptFor } from './scripts.ts';
import { startWorld, type World } from './world.ts';

export interface ChaosOptions {
  /** Undefined: the embedded set. */
  database: Program | undefined;
  network: Network['kind'];
  seed: number;
  citizens: number;
  /** Within this time they all begin to talk, ms. */
  arriveWithinMs: number;
  /** The longest that a citizen thinks before a message, ms. */
  thinkMs: number;
  /** How many faults each of the two decks deals. */
  faults: number;
  /** A citizen who waits longer than this for a reply is stuck, ms. */
  patienceMs: number;
  /** Given the way to end everything early, once there is something to end. */
  onStart?: (close: () => Promise<void>) => void;
  /** Told every few seconds. */
  onProgress?: (line: string) => void;
}

export interface ChaosResult {
  options: ChaosOptions;
  tookMs: number;
  broken: Broken[];
  outcome: Outcome;
  /** Each fault with its count. */
  faults: Map<string, number>;
  calls: Crowd['calls'];
  /** Messages that the provider took. */
  replies: number;
  /** What the processes logged as warnings and errors, by words. */
  logged: Map<string, number>;
  /** Chats that an operator has served. */
  served: number;
  /** Messages that were found at the provider instead of being sent again. */
  foundByLooking: number;
  network: Network['kind'];
}

/** After the last citizen everything that is under way must come to its end within this time, ms. */
const REST_MS = 90_000;

/** Runs to its end, whatever goes wrong in between, and leaves nothing behind. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const start = performance.now();
  const chance = createChance(options.seed);
  const world = await startWorld({ ...options, chance: createChance(options.seed + 1) });
  options.onStart?.(world.close);
  const progress = createProgress();
  const tally = createTally();
  const endings: (() => void)[] = [];
  try {
    troubleProvider(world.twilio, tally, createChance(options.seed + 2), progress);
    const scripts = Array.from({ length: options.citizens }, (_, i) => scriptFor(i));
    const crowd = startCrowd({
      ...options,
      twilio: world.twilio,
      scripts,
      progress,
      seed: options.seed + 1_000,
      // Twilio's own.
      webhookLimitMs: 15_000,
    });
    const operator = await startOperator(world, createChance(options.seed + 3));
    endings.push(() => void operator.stop());
    const scene: Scene = { world, chance, progress, tally };
    const total = scripts.reduce((sum, { lines }) => sum + lines.length, 0);
    endings.push(tellProgress(options, crowd, scene));
    const decks = faultsFor(world).map((deck) => deal(scene, deck, { count: options.faults, total, crowd }));
    await Promise.all([crowd.over, ...decks]);
    await operator.stop();
    const outcome = await comeToRest(world, crowd);
    return {
      options,
      tookMs: performance.now() - start,
      broken: check(outcome),
      served: operator.served(),
      outcome,
      faults: tally.all(),
      calls: crowd.calls,
      replies: world.twilio.messages.length,
      network: world.network,
      ...summary(world.members.flatMap((member) => member.log())),
    };
  } finally {
    for (const end of endings) end();
    await world.close();
  }
}

/** Deals a shuffled deck again and again, one fault at each mark of progress, until `count` are dealt or all is over. */
async function deal(
  scene: Scene,
  deck: Fault[],
  { count, total, crowd }: { count: number; total: number; crowd: Crowd },
): Promise<void> {
  let isOver = false;
  void crowd.over.then(() => {
    isOver = true;
  });
  let left: Fault[] = [];
  for (let dealt = 0; dealt < count; dealt++) {
    await Promise.race([crowd.over, scene.progress.reached((total * (dealt + 0.5)) / (count + 1))]);
    if (isOver) return;
    if (left.length === 0) left = [...deck];
    const [fault] = left.splice(scene.chance.below(left.length), 1);
    if (!fault) return;
    scene.tally.count(fault.name);
    await fault.run(scene);
  }
}

/** Waits until nothing is under way, stops all processes as one would, and reads what came of it. */
async function comeToRest(world: World, crowd: Crowd): Promise<Outcome> {
  const beside = await world.open(true);
  // As last seen: a wake that comes after the rest finds nothing to do, and is nothing that was left.
  let jobs: Record<string, number> = {};
  const left = async () => {
    const effects = (await beside.jobs.pendingEffects()).length;
    const timers = (await beside.jobs.dueTimers(Date.now() + world.clock.offsetMs(), 10_000)).length;
    jobs = (await world.servers?.jobsLeft()) ?? {};
    return [effects, timers, ...Object.values(jobs)];
  };
  try {
    await waitFor(left, (counts) => counts.every((count) => count === 0), 'rest', REST_MS);
  } catch {
    // What is left is found, and told, by the check.
  } finally {
    await beside.close();
  }
  // Late reports of delivery may still be on their way.
  await pause(500);
  await Promise.all(world.members.map((member) => member.stop()));
  const store = await world.open();
  try {
    return await gather({ store, twilio: world.twilio, talks: crowd.talks, jobs });
  } finally {
    await store.close();
  }
}

/** Gives the way to fall silent. */
function tellProgress(options: ChaosOptions, crowd: Crowd, { progress, tally, world }: Scene): () => void {
  const start = Date.now();
  const telling = setInterval(() => {
    const seconds = Math.round((Date.now() - start) / 1000);
    const faults = [...tally.all().values()].reduce((sum, count) => sum + count, 0);
    const stuck = crowd.talks.filter((talk) => talk.stuck !== undefined).length;
    options.onProgress?.(
      `${seconds} s: ${crowd.through()}/${options.citizens} citizens through, ${stuck} stuck, ` +
        `${progress.accepted()} messages taken, ${world.twilio.messages.length} replies, ${faults} faults`,
    );
  }, 5_000);
  return () => clearInterval(telling);
}

function summary(lines: LogLine[]): Pick<ChaosResult, 'logged' | 'foundByLooking'> {
  const logged = new Map<string, number>();
  for (const { level, msg } of lines) {
    const words = `${level >= 50 ? 'error' : 'warning'}: ${msg}`;
    if (level >= 40) logged.set(words, (logged.get(words) ?? 0) + 1);
  }
  return { logged, foundByLooking: lines.filter(({ msg }) => msg?.startsWith('found at Twilio')).length };
}
