/** How processes share the work on effects: BullMQ. A job says only which conversation to look at. */
import { DelayedError, type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { WorkQueue } from '../../conversation/ports.ts';

interface Wake {
  conversation: string;
}

const NAME = 'effects';
/** After a fault of Redis the worker asks again after this, ms. */
const ASK_AGAIN_MS = 1_000;
/** A stop waits no longer for a Redis that is away, ms. */
const LONGEST_CLOSE_MS = 10_000;

/**
 * Implements the port. `commands` is used for telling and is the caller's; for taking, each `work` makes a connection
 * of its own by `connect`.
 */
export function createWorkQueue(deps: {
  commands: Redis;
  connect(): Redis;
  prefix: string;
  note(error: unknown): void;
}): WorkQueue & { stop(): Promise<void> } {
  const { commands, note } = deps;
  const prefix = `{${deps.prefix}}`;
  const queue = new Queue<Wake>(NAME, {
    connection: commands,
    prefix,
    skipVersionCheck: true,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', note);
  let lost = 0;
  const lose = (error: unknown) => {
    lost++;
    note(error);
  };

  return {
    wake(conversation, version) {
      // Not ready: BullMQ would wait for the connection, and the wake with it.
      if (commands.status !== 'ready') return lose(new Error('not connected'));
      queue.add('wake', { conversation }, { jobId: `${conversation}-${version}` }).catch(lose);
    },
    async wakeLeft(conversations) {
      if (commands.status !== 'ready' || conversations.length === 0) return;
      // One id for each conversation: a job that waits for a later try is not doubled.
      const jobs = conversations.map((conversation) => ({
        name: 'left',
        data: { conversation },
        opts: { jobId: `${conversation}-left` },
      }));
      await queue.addBulk(jobs).catch(note);
    },
    work(look, concurrency) {
      const connection = deps.connect();
      connection.on('error', note);
      const worker = new Worker<Wake>(NAME, (job, token) => process(look, job, token), {
        connection,
        prefix,
        concurrency,
        skipVersionCheck: true,
        runRetryDelay: ASK_AGAIN_MS,
        maxStalledCount: 100,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      worker.on('error', note);
      return async () => {
        await atMost(LONGEST_CLOSE_MS, worker.close());
        connection.disconnect();
      };
    },
    async size() {
      if (commands.status !== 'ready') return 0;
      const counts = await queue.getJobCounts('waiting', 'delayed', 'active').catch(() => ({}));
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    lostWakes: () => lost,
    stop: () => atMost(LONGEST_CLOSE_MS, queue.close()),
  };
}

/** A pause moves the job to its time; what fails here (Redis gone, job forgotten) is found again in the store. */
async function process(
  look: (conversation: string) => Promise<number | undefined>,
  job: Job<Wake>,
  token: string | undefined,
): Promise<void> {
  const pauseMs = await look(job.data.conversation);
  if (pauseMs === undefined) return;
  await job.moveToDelayed(Date.now() + pauseMs, token);
  throw new DelayedError();
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}
