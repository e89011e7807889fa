/**
 * accept -> step -> commit -> effects. Everything that happens to a conversation comes through here, one thing at a
 * time for each conversation; what resolves is durable.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { EffectRunner } from './effects.ts';
import { createFloodGate } from './flood.ts';
import { createTurns } from './in-turn.ts';
import { parked } from './park.ts';
import type { ConversationStore, Engine, Hub, Limits, Lock, Locks } from './ports.ts';
import type { Step } from './step.ts';
import type {
  Address,
  Capabilities,
  ChannelKind,
  Commit,
  Conversation,
  Event,
  Notice,
  StepWorld,
} from './types.ts';

export interface EngineDeps {
  conversations: ConversationStore;
  hub: Hub;
  clock: Clock;
  step: Step;
  log: Logger;
  /** Stable, keyed hash of an address: the conversation's id. */
  idOf(address: Address): string;
  newCitizen(): string;
  /** What the adapter named `via` can do for a kind of phone. */
  capabilities(via: string, channel: ChannelKind): Capabilities;
  /** The runner that is given the effects of each commit. */
  runner(): Pick<EffectRunner, 'take'>;
  /** Where other processes step too. */
  shared?: { locks: Locks; limits: Limits } | undefined;
  /** What the office has declared to be out of order; asked at each step, so from memory. */
  notices?: () => Notice[];
  /** Told what the statistics count of each commit (`Commit.counts`). */
  count?: (names: string[]) => void;
  /** Told of each commit that another process was faster than. */
  countConflict?: () => void;
}

export interface RunningEngine extends Engine {
  /** Resolves when nothing is being handled. */
  idle(): Promise<void>;
}

/** Another process may have stepped in between; with one process this never happens. */
const MOST_CONFLICTS = 20;
/** From this conflict of one event on, processes take turns. */
const TURNS_FROM = 2;
/** The longest pause before another try, ms; some chance in it, so that not all come at once. */
const CONFLICT_PAUSE_MS = 25;
/** Asked so often for its turn, an event goes on without: the commit decides. */
const MOST_ASKING = 100;
/**
 * Conversations of just now are kept at hand. A stale one costs a conflict and a second look, never a wrong step; where
 * other processes step too, most would be stale.
 */
const AT_HAND = 2_000;

/** Wires the engine; it starts nothing. */
export function createEngine(deps: EngineDeps): RunningEngine {
  const { conversations, clock } = deps;
  const turns = createTurns();
  const isFlooding = createFloodGate(clock, deps.shared?.limits);
  const atHand = deps.shared ? undefined : new LRUCache<string, Conversation>({ max: AT_HAND });
  const load = async (id: string) => atHand?.get(id) ?? conversations.load(id);

  async function stepOnce(
    conversation: Conversation,
    event: Event,
    flood: StepWorld['flood'],
  ): Promise<{ commit: Commit; result: 'committed' | 'conflict' | 'duplicate' }> {
    const world = {
      now: clock.now(),
      can: deps.capabilities(conversation.via, conversation.channel),
      ...(deps.notices ? { notices: deps.notices() } : {}),
      ...(flood ? { flood } : {}),
    };
    const commit = safely(conversation, event, world);
    return { commit, result: await conversations.commit(commit) };
  }

  /** A step that throws is a bug of ours: the message is kept, a person is called, and everybody else goes on. */
  function safely(conversation: Conversation, event: Event, world: StepWorld): Commit {
    try {
      return deps.step(conversation, event, world);
    } catch (error) {
      deps.log.error(
        { conversation: conversation.id, event: event.type, err: error },
        'a step failed; the event is parked',
      );
      return parked(conversation, event, world.now);
    }
  }

  async function handleInTurn(
    id: string,
    find: () => Promise<Conversation | undefined>,
    event: Event,
    flood: StepWorld['flood'],
  ): Promise<Conversation | 'duplicate' | undefined> {
    let turn: Lock | undefined;
    try {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
        if (conflicts >= TURNS_FROM) turn ??= await takeTurn(id);
        const conversation = await find();
        if (!conversation) return undefined;
        const { commit, result } = await stepOnce(conversation, event, flood);
        if (result === 'duplicate') return 'duplicate';
        if (result === 'committed') {
          atHand?.set(id, commit.conversation);
          afterCommit(commit, conversation);
          return commit.conversation;
        }
        atHand?.delete(id);
        deps.countConflict?.();
      }
    } finally {
      // Nobody waits for the next one's turn.
      void turn?.release();
    }
    throw new AppError('STORE_CONFLICT', {
      detail: `a conversation was changed ${MOST_CONFLICTS} times meanwhile; try again`,
    });
  }

  /** The quiet path takes no lock; many processes at one conversation would starve each other without. */
  async function takeTurn(id: string): Promise<Lock | undefined> {
    for (let asked = 0; asked < MOST_ASKING; asked++) {
      await pause(Math.random() * CONFLICT_PAUSE_MS);
      try {
        const turn = await deps.shared?.locks.take(`${id}.step`);
        if (turn || !deps.shared) return turn;
      } catch {
        // Redis is away: the commit decides, as ever.
        return undefined;
      }
    }
    return undefined;
  }

  function afterCommit(commit: Commit, before: Conversation): void {
    const { conversation, counts } = commit;
    if (counts) deps.count?.(counts);
    deps.runner().take(commit);
    deps.hub.publish(`conversation:${conversation.id}`, conversation.version);
    const isQueueChanged = before.attention.status !== 'bot' || conversation.attention.status !== 'bot';
    if (isQueueChanged) deps.hub.publish('inbox', conversation.id);
  }

  return {
    conversationId: deps.idOf,
    async accept(message) {
      const id = deps.idOf(message.from);
      const event: Event = {
        type: 'citizen.message',
        id: `${message.via}:${message.id}`,
        at: message.at,
        content: message.content,
        ...(message.by ? { by: message.by } : {}),
      };
      const find = async (): Promise<Conversation> => {
        const known = await load(id);
        return known
          ? { ...known, via: message.via }
          : newConversation(id, message.from, message.via, deps.newCitizen());
      };
      const flood = isFlooding(id);
      const result = await turns.run(id, async () => handleInTurn(id, find, event, await flood));
      return result === 'duplicate' ? 'duplicate' : 'accepted';
    },
    async handle(id, event) {
      const result = await turns.run(id, () => handleInTurn(id, () => load(id), event, undefined));
      return result === 'duplicate' ? conversations.load(id) : result;
    },
    idle: () => turns.idle(),
  };
}

function newConversation(id: string, address: Address, via: string, citizen: string): Conversation {
  return {
    id,
    version: 0,
    citizen,
    channel: address.channel,
    via,
    address: address.id,
    flow: '',
    snapshot: null,
    attention: { status: 'bot' },
    lastInboundAt: 0,
    held: [],
    applications: [],
  };
}
