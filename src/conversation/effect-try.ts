/** One try of one effect: its handler, and what follows from the outcome. Whoever calls keeps the order. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type {
  ConversationStore,
  EffectContext,
  EffectHandler,
  EffectOutcome,
  Engine,
  Jobs,
} from './ports.ts';
import type { Conversation, Effect, Entry } from './types.ts';

export interface EffectTryDeps {
  handlers: Map<string, EffectHandler>;
  jobs: Jobs;
  conversations: Pick<ConversationStore, 'load' | 'setStatus'>;
  engine(): Pick<Engine, 'handle'>;
  clock: Clock;
  log: Logger;
  /** Chance, 0 to 1, for pauses that do not all end together. */
  random?: () => number;
  /** Told of each try by how it ended. */
  count?: (outcome: EffectCount, type: string) => void;
}

/** `buried`: given up after its last try, or at once when no other try can help. */
export type EffectCount = 'done' | 'retried' | 'buried';

/** An effect with what is known of it. */
export interface Task {
  effect: Effect;
  tries: number;
  /** By the service's clock. */
  dueAt: number;
  isRepeat: boolean;
  conversation?: Conversation;
  entry?: Entry;
  assertOurs?: EffectContext['assertOurs'];
}

const DEFAULT_TRIES = 8;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** With the chance that is added, and where the remote asks for more. */
const MOST_PAUSE_MS = 1.2 * LONGEST_PAUSE_MS;

/**
 * Creates the function that tries an effect of a conversation once. It answers the count and time of the next try,
 * which are noted, or undefined: the effect is done or buried, and the machine was told. Throws when the store could
 * not note what happened: the effect stays, and its next try is a repeat.
 */
export function createEffectTry(deps: EffectTryDeps) {
  const { handlers, jobs, conversations, clock, log, random = Math.random, count = () => {} } = deps;

  async function done(id: string, effect: Effect, { result, sent }: EffectOutcome): Promise<void> {
    if (result === undefined) return jobs.effectDone(effect.id, sent);
    await deps.engine().handle(id, { type: 'effect.done', ...about(effect), result });
  }

  async function giveUp(id: string, effect: Effect, tries: number, error: unknown): Promise<void> {
    const reason = error instanceof AppError ? error.code : 'BUG';
    if (effect.type === 'say') await conversations.setStatus(String(effect.params.entry), 'failed');
    await deps.engine().handle(id, { type: 'effect.failed', ...about(effect), reason });
    try {
      await jobs.bury(effect.id, { reason, tries, at: clock.now() });
    } catch (err) {
      // The machine knows: to try it all again only because nobody could bury it would be wrong.
      log.error({ effect: effect.id, err }, 'an effect could not be buried');
    }
  }

  async function failed(
    id: string,
    task: Task,
    error: unknown,
  ): Promise<{ tries: number; dueAt: number } | undefined> {
    // Lost meanwhile: who has it now notes what happens.
    task.assertOurs?.();
    const { effect } = task;
    const tries = task.tries + 1;
    const maxTries = handlers.get(effect.type)?.maxTries ?? DEFAULT_TRIES;
    const mayRetry = !(error instanceof AppError) || error.retry;
    log.warn({ effect: effect.id, type: effect.type, tries, err: error }, 'an effect failed');
    if (!mayRetry || tries >= maxTries) {
      await giveUp(id, effect, tries, error);
      count('buried', effect.type);
      return undefined;
    }
    const atLeast = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
    const dueAt = clock.now() + pauseMs(tries, atLeast, random);
    await jobs.effectRetry(effect.id, tries, dueAt);
    count('retried', effect.type);
    return { tries, dueAt };
  }

  return async (id: string, task: Task): Promise<{ tries: number; dueAt: number } | undefined> => {
    const { effect, tries, entry, assertOurs } = task;
    try {
      const handler = handlers.get(effect.type);
      if (!handler)
        throw new AppError('NOT_FOUND', { detail: `no handler for effects of type ${effect.type}` });
      const conversation = task.conversation ?? (await conversations.load(id));
      if (!conversation) return undefined;
      const outcome = await handler.run(effect, {
        conversation,
        isRepeat: task.isRepeat || tries > 0,
        tries,
        ...(entry ? { entry } : {}),
        ...(assertOurs ? { assertOurs } : {}),
      });
      await done(id, effect, outcome);
      count('done', effect.type);
      return undefined;
    } catch (error) {
      return failed(id, task, error);
    }
  };
}

function about({ id, type, params }: Effect) {
  return { effect: id, effectType: type, params };
}

/**
 * Milliseconds until an effect is due; at most 0: now. A time further off than any pause is was set by a clock that was
 * wrong (and has been put right), and must not hold the work back.
 */
export function untilDue(dueAt: number, now: number): number {
  const pause = dueAt - now;
  return pause > MOST_PAUSE_MS ? 0 : pause;
}

/** The pause before try number `tries` + 1: doubled each time, with some chance so that not all come at once. */
function pauseMs(tries: number, atLeastMs: number, random: () => number): number {
  const doubled = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return Math.min(MOST_PAUSE_MS, Math.max(atLeastMs, doubled * (0.8 + 0.4 * random())));
}
