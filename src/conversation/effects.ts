/**
 * Runs effects after their commit: at least once, in order within a conversation, many conversations side by side.
 * What was committed is carried on after a crash; a failed try is repeated with growing pauses. This is the runner of
 * one process that has it all; `effect-worker.ts` is the one of many.
 */
import { createEffectTry, type EffectTryDeps, type Task, untilDue } from './effect-try.ts';
import type { PendingEffect } from './ports.ts';
import type { Commit } from './types.ts';

export interface EffectRunner {
  /** Takes the effects of a commit; returns at once. */
  take(commit: Commit): void;
  /** Takes up what an earlier process left; call once at start. */
  recover(): Promise<void>;
  /** Takes up an effect that was given up and has become pending again (`Jobs.revive`). */
  takeAgain(effect: string): Promise<void>;
  /** Takes no new try; resolves when those under way have ended. What is left is recovered by the next process. */
  stop(): Promise<void>;
  /** Resolves when nothing is left to do now (waiting for a later try counts as done). */
  idle(): Promise<void>;
  /** How many effects wait or run. */
  size(): number;
}

export interface EffectRunnerDeps extends EffectTryDeps {
  /** Effects under way at once; default 128. */
  concurrency?: number;
  /** Runs something after a pause; gives the undo. Default: `setTimeout`, which keeps no process alive. */
  later?: (ms: number, run: () => void) => () => void;
}

interface Line {
  id: string;
  tasks: Task[];
  isRunning: boolean;
  /** Undoes the waiting for a later try. */
  unwait?: () => void;
}

/** The store could not be written: tried again after this. */
const UNNOTED_PAUSE_MS = 500;
/** Whoever waits longer looks at the clock in between: it may have been set. */
const LOOK_AGAIN_MS = 15_000;

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
  const tryEffect = createEffectTry(deps);
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
    const pause = untilDue(first?.dueAt ?? 0, deps.clock.now());
    if (pause > 0) {
      line.unwait = later(Math.min(pause, LOOK_AGAIN_MS), () => {
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
      const again = await tryEffect(line.id, task);
      if (again) Object.assign(task, again);
      else line.tasks.shift();
    } catch (error) {
      // The store itself could not be written: the effect stays, and is tried again.
      const { id: effect, type } = task.effect;
      deps.log.error({ effect, type, err: error }, 'an effect could not be noted');
      task.isRepeat = true;
      task.dueAt = deps.clock.now() + UNNOTED_PAUSE_MS;
    }
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
    async takeAgain(id) {
      const [conversation = ''] = id.split('.');
      const { effects } = await deps.jobs.effectsOf(conversation);
      const isInLine = lines.get(conversation)?.tasks.some(({ effect }) => effect.id === id);
      const found = effects.find(({ effect }) => effect.id === id);
      if (!found || isInLine) return;
      const { effect, tries, dueAt } = found;
      add(conversation, [{ effect, tries, dueAt, isRepeat: true }]);
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
