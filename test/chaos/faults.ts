/** What goes wrong in a chaos run, each as one bounded act that heals itself. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../e2e/seeded.ts';
import { troubleDisk } from './disk.ts';
import type { Progress } from './progress.ts';
import type { ServerName, Servers } from './servers.ts';
import type { ChaosMember, World } from './world.ts';

/** How often each thing happened. */
export interface Tally {
  count(what: string): void;
  all(): Map<string, number>;
}

export interface Scene {
  world: World;
  chance: Chance;
  progress: Progress;
  tally: Tally;
}

export interface Fault {
  /** For the report. */
  name: string;
  run(scene: Scene): Promise<void>;
}

/** Longer than a lock lives (15 s), so that another worker takes over before this one wakes up. */
const PAST_LOCK_MS = 18_000;

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return { count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1), all: () => counts };
}

/** The faults that a set can meet, in two decks that run side by side: of the processes, and of what is around them. */
export function faultsFor({ servers }: World): [Fault[], Fault[]] {
  if (!servers) return [[...processes, alone], surroundings];
  return [
    [...processes, ...webs, ...workers],
    [...surroundings, ...serversOf(servers), ...cuts],
  ];
}

const processes: Fault[] = [
  fault('a process is killed (kill -9) and comes back', async (scene) => killed(scene, anyOf(scene))),
  fault('a process is killed while it sends', async (scene) => {
    await Promise.race([scene.progress.sending(), pause(1_000)]);
    await killed(
      scene,
      anyOf(scene, ({ role }) => role !== 'web'),
    );
  }),
  fault('a process is killed again while it starts', async (scene) => {
    const member = anyOf(scene);
    await member.kill();
    const start = revived(scene, member);
    await pause(scene.chance.below(900));
    await member.kill();
    await start;
  }),
  fault('all processes are restarted in turn (SIGTERM)', async (scene) => {
    const { world, tally } = scene;
    for (const member of world.members) {
      const code = await member.stop();
      if (code !== 0) tally.count(`a process ended with ${code} when it was asked to stop`);
      await revived(scene, member);
    }
  }),
];

const surroundings: Fault[] = [
  fault('the clock jumps ahead (7 to 14 minutes)', (scene) =>
    jump(scene, 7 * 60_000 + scene.chance.below(7 * 60_000)),
  ),
  fault('the clock jumps back (up to 30 s)', (scene) => jump(scene, -1_000 - scene.chance.below(29_000))),
  fault('the disk is slow (a neighbour writes and syncs for 4 s)', ({ world }) =>
    troubleDisk(world.dataDir, 4_000),
  ),
];

const alone = fault('the process stands still (SIGSTOP) for up to 3 s', (scene) =>
  anyOf(scene).hold(500 + scene.chance.below(2_500)),
);

const webs: Fault[] = [
  fault('a web process stands still (SIGSTOP) for up to 8 s', (scene) =>
    anyOf(scene, isWeb).hold(500 + scene.chance.below(7_500)),
  ),
  fault('half of the processes are killed at once', async (scene) => {
    const victims = [anyOf(scene, isWeb), anyOf(scene, isWorker)];
    await Promise.all(victims.map((member) => killed(scene, member)));
  }),
];

const workers: Fault[] = [
  fault('a worker stands still for longer than its locks live (SIGSTOP, 18 s)', (scene) =>
    anyOf(scene, isWorker).hold(PAST_LOCK_MS),
  ),
];

function serversOf({ redis, database, flush }: Servers): Fault[] {
  return [
    fault('Redis is killed and comes back empty', ({ chance }) => redis.restart(chance.below(3_000))),
    fault('Redis is emptied (FLUSHALL)', flush),
    fault('Redis stands still for up to 6 s', ({ chance }) => redis.hold(1_000 + chance.below(5_000))),
    fault('the database is killed and comes back', ({ chance }) => database.restart(chance.below(3_000))),
    fault('the database stands still for up to 6 s', ({ chance }) =>
      database.hold(1_000 + chance.below(5_000)),
    ),
  ];
}

const cuts: Fault[] = [
  cut('web', 'redis'),
  cut('web', 'database'),
  cut('worker', 'redis'),
  cut('worker', 'database'),
];

function cut(role: 'web' | 'worker', server: ServerName): Fault {
  return fault(
    `a ${role} process is cut off from ${server === 'redis' ? 'Redis' : 'the database'}`,
    async (scene) => {
      const { chance } = scene;
      const how = chance.is(0.5) ? 'refuse' : 'silent';
      const heal = anyOf(scene, (member) => member.role === role).seat.cut(server, how);
      try {
        await pause(1_000 + chance.below(9_000));
      } finally {
        heal();
      }
    },
  );
}

function fault(name: string, run: (scene: Scene) => Promise<void>): Fault {
  return { name, run };
}

function anyOf(
  { world, chance }: Scene,
  isWanted: (member: ChaosMember) => boolean = () => true,
): ChaosMember {
  const wanted = world.members.filter(isWanted);
  const member = wanted[chance.below(wanted.length)];
  if (!member) throw new Error('there is no such process in this set');
  return member;
}

const isWeb = ({ role }: ChaosMember) => role === 'web';
const isWorker = ({ role }: ChaosMember) => role === 'worker';

async function killed(scene: Scene, member: ChaosMember): Promise<void> {
  await member.kill();
  await pause(scene.chance.below(1_500));
  await revived(scene, member);
}

async function revived({ world }: Scene, member: ChaosMember): Promise<void> {
  await member.start();
  await world.tellTime();
}

/** All processes are told, those that are down when they are back (`World.tellTime`). */
async function jump({ world }: Scene, ms: number): Promise<void> {
  world.clock.set(world.clock.offsetMs() + ms);
  await world.tellTime();
}
