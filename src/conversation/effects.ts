/**
 * Runs effects after their commit: at least once, in order within a conversation, many conversations side by side.
 * What was committed is carried on after a crash; a failed try is repeated with growing pauses.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type {
  ConversationStore,
  EffectHandler,
  EffectOutcome,
  Engine,
  Jobs,
  PendingEffect,
} from './ports.ts';
import type { Commit, Conversation, Effect, Entry } from './types.ts';

export interface EffectRunner {
  /** Takes the effects of a commit; returns at once. */
  take(commit: Commit): void;
  /** Takes up what an earlier process left; call once at start. */
  recover(): Promise<void>;
  /** Takes no new try; resolves when those under way have ended. What is left is recovered by the next process. */
  stop(): Promise<void>;
  /** Resolves when nothing is left to do now (waiting for a later try counts as done). */
  idle(): Promise<void>;
  /** How many effects wait or run. */
  size(): number;
}

export interface EffectRunnerDeps {
  handlers: Map<string, EffectHandler>;
  jobs: Jobs;
  conversations: Pick<ConversationStore, 'load' | 'setStatus'>;
  engine(): Pick<Engine, 'handle'>;
  clock: Clock;
  log: Logger;
  /** Effects under way at once; default 128. */
  concurrency?: number;
  /** Runs something after a pause; gives the undo. Default: `setTimeout`, which keeps no process alive. */
  later?: (ms: number, run: () => void) => () => void;
  /** Chance, 0 to 1, for pauses that do not all end together. */
  random?: () => number;
}

interface Task {
  effect: Effect;
  tries: number;
  dueAt: number;
  isRepeat: boolean;
  conversation?: Conversation;
  entry?: Entry;
}

interface Line {
  id: string;
  tasks: Task[];
  isRunning: boolean;
  /** Undoes the waiting for a later try. */
  unwait?: () => void;
}

const DEFAULT_TRIES = 8;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** The longest that `setTimeout` can wait; it would run at once instead. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The pause before try number `tries` + 1: doubled each time, with some chance so that not all come at once. */
function pauseMs(tries: number, atLeastMs: number, random: () => number): number {
  const doubled = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return Math.max(atLeastMs, doubled * (0.8 + 0.4 * random()));
}

function timeout(ms: number, run: () => void): () => void {
  const handle = setTimeout(run, ms).unref();
  return () => clearTimeout(handle);
}

/** Wires the runner; it starts nothing. */
export function createEffectRunner(deps: EffectRunnerDeps): EffectRunner {
  const lines = new Map<string, Line>();
  const ready: Line[] = [];
  const concurrency = deps.concurrency ?? 128;
  const later = deps.later ?? timeout;
  const random = deps.random ?? Math.random;
  let running = 0;
  let isStopped = false;
  let whenQuiet: (() => void)[] = [];

  function lineOf(id: string): Line {
    const line = lines.get(id) ?? { id, tasks: [], isRunning: false };
    lines.set(id, line);
    return line;
  }

  function add(id: string, tasks: Task[]): void {
    const line = lineOf(id);
    line.tasks.push(...tasks);
    wake(line);
  }

  function wake(line: Line): void {
    if (isStopped || line.isRunning || line.unwait || line.tasks.length === 0) return;
    const [first] = line.tasks;
    const pause = (first?.dueAt ?? 0) - deps.clock.now();
    if (pause > 0) {
      line.unwait = later(Math.min(pause, LONGEST_TIMEOUT_MS), () => {
        delete line.unwait;
        wake(line);
      });
      settle();
      return;
    }
    line.isRunning = true;
    ready.push(line);
    pump();
  }

  function pump(): void {
    while (running < concurrency && !isStopped) {
      const line = ready.shift();
      if (!line) break;
      running++;
      void runFirst(line).finally(() => {
        running--;
        line.isRunning = false;
        if (line.tasks.length === 0) lines.delete(line.id);
        else wake(line);
        pump();
        settle();
      });
    }
  }

  async function runFirst(line: Line): Promise<void> {
    const [task] = line.tasks;
    if (!task) return;
    try {
      const isGone = await runTask(line.id, task);
      if (isGone) line.tasks.shift();
    } catch (error) {
      // The store itself could not be written: the effect stays, and is tried again.
      deps.log.error(
        { effect: task.effect.id, type: task.effect.type, err: error },
        'an effect could not be noted',
      );
      task.isRepeat = true;
      task.dueAt = deps.clock.now() + FIRST_PAUSE_MS;
    }
  }

  /** True when the effect needs no further try. */
  async function runTask(id: string, task: Task): Promise<boolean> {
    const { effect } = task;
    const handler = deps.handlers.get(effect.type);
    try {
      if (!handler)
        throw new AppError('NOT_FOUND', { detail: `no handler for effects of type ${effect.type}` });
      const conversation = task.conversation ?? (await deps.conversations.load(id));
      if (!conversation) return true;
      const entry = task.entry ? { entry: task.entry } : {};
      const outcome = await handler.run(effect, {
        conversation,
        isRepeat: task.isRepeat || task.tries > 0,
        tries: task.tries,
        ...entry,
      });
      await done(id, effect, outcome);
      return true;
    } catch (error) {
      return failed(id, task, error, handler?.maxTries ?? DEFAULT_TRIES);
    }
  }

  async function done(id: string, effect: Effect, { result, sent }: EffectOutcome): Promise<void> {
    if (result === undefined) return deps.jobs.effectDone(effect.id, sent);
    await deps.engine().handle(id, {
      type: 'effect.done',
      effect: effect.id,
      effectType: effect.type,
      params: effect.params,
      result,
    });
  }

  async function failed(id: string, task: Task, error: unknown, maxTries: number): Promise<boolean> {
    const { effect } = task;
    const tries = task.tries + 1;
    const mayRetry = !(error instanceof AppError) || error.retry;
    deps.log.warn({ effect: effect.id, type: effect.type, tries, err: error }, 'an effect failed');
    if (mayRetry && tries < maxTries) {
      const atLeast = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
      task.tries = tries;
      task.dueAt = deps.clock.now() + pauseMs(tries, atLeast, random);
      await deps.jobs.effectRetry(effect.id, tries, task.dueAt);
      return false;
    }
    const reason = error instanceof AppError ? error.code : 'BUG';
    if (effect.type === 'say') await deps.conversations.setStatus(String(effect.params.entry), 'failed');
    await deps.engine().handle(id, {
      type: 'effect.failed',
      effect: effect.id,
      effectType: effect.type,
      params: effect.params,
      reason,
    });
    return true;
  }

  function isQuiet(): boolean {
    return running === 0 && ready.length === 0;
  }

  function settle(): void {
    if (!isQuiet()) return;
    for (const resolve of whenQuiet) resolve();
    whenQuiet = [];
  }

  return {
    take({ conversation, entries, effects }) {
      if (effects.length === 0) return;
      const at = (id: unknown) => entries.find((entry) => entry.id === id);
      add(
        conversation.id,
        effects.map((effect) => {
          const entry = at(effect.params.entry);
          return { effect, tries: 0, dueAt: 0, isRepeat: false, conversation, ...(entry ? { entry } : {}) };
        }),
      );
    },
    async recover() {
      const pending = await deps.jobs.pendingEffects();
      const byConversation = Map.groupBy(pending, ({ conversation }: PendingEffect) => conversation);
      for (const [id, effects] of byConversation) {
        add(
          id,
          effects.map(({ effect, tries, dueAt }) => ({ effect, tries, dueAt, isRepeat: true })),
        );
      }
    },
    async stop() {
      isStopped = true;
      for (const line of lines.values()) line.unwait?.();
      ready.length = 0;
      if (running > 0) await new Promise<void>((resolve) => whenQuiet.push(resolve));
    },
    idle: () => (isQuiet() ? Promise.resolve() : new Promise((resolve) => whenQuiet.push(resolve))),
    size: () => [...lines.values()].reduce((sum, { tasks }) => sum + tasks.length, 0),
  };
}
