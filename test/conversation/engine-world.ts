/** The engine over the real store, with the real step and handlers that a test may see through. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { EffectTryDeps } from '../../src/conversation/effect-try.ts';
import { createEffectWorker } from '../../src/conversation/effect-worker.ts';
import { createEffectRunner, type EffectRunner } from '../../src/conversation/effects.ts';
import { createEngine, type RunningEngine } from '../../src/conversation/engine.ts';
import type { EffectContext, EffectHandler, EffectOutcome, Shared } from '../../src/conversation/ports.ts';
import { createRelay } from '../../src/conversation/relay.ts';
import type { Step } from '../../src/conversation/step.ts';
import { createTimers } from '../../src/conversation/timers.ts';
import type { Effect, InboundMessage, Notice } from '../../src/conversation/types.ts';
import type { Watch } from '../../src/conversation/watch.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { played } from './stand-ins.ts';
import { createTalking, freezeWorld, PHONES, realFlows } from './world.ts';

const REAL = createTalking(realFlows());

export interface Process {
  engine: RunningEngine;
  effects: EffectRunner;
  timers: Watch;
  /** Of a process that shares its work. */
  relay?: Watch;
  /** Texts that were handed to the channel, in order. */
  sent: string[];
  /** What was counted of its commits. */
  counted: string[];
  /** Pauses that the runner waits for; `run` ends one. */
  pauses: { ms: number; run(): void }[];
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>;
}

export type Clock = ReturnType<typeof freezeWorld>['clock'];

export interface ProcessOptions {
  step?: Step;
  /** In place of the stand-ins, by effect type. */
  handlers?: Record<string, (effect: Effect, context: EffectContext) => Promise<EffectOutcome>>;
  maxTries?: number;
  store?: Partial<Store>;
  concurrency?: number;
  /** Shares the work with others; `effects.recover` begins to take it. */
  shared?: Shared;
  /** What the office cannot do for now. */
  notices?: Notice[];
  /** Later or earlier than the machine's clock, for who looks for what was left. */
  machineAheadMs?: number;
}

export interface EngineWorld {
  store: Store;
  clock: Clock;
  /** One more process on the same store, as after a crash or beside another. */
  process(options?: ProcessOptions): Process;
  close(): Promise<void>;
}

/** A store in a directory of its own. */
export async function openEngineWorld(): Promise<EngineWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'loket-'));
  const store = await openStore({ dataDir, masterKey: new Uint8Array(32).fill(7) });
  const { clock } = freezeWorld();
  return {
    store,
    clock,
    process: (options = {}) => start({ ...store, ...options.store }, clock, options),
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

function start(store: Store, clock: Clock, options: ProcessOptions): Process {
  const log = pino({ level: 'silent' });
  const sent: string[] = [];
  const counted: string[] = [];
  const pauses: Process['pauses'] = [];
  const engine: RunningEngine = createEngine({
    conversations: store.conversations,
    hub: store.hub,
    clock,
    log,
    step: options.step ?? REAL.step,
    idOf: ({ id }) => `c${id.slice(1)}`,
    newCitizen: () => 'citizen',
    capabilities: (_via, kind) => PHONES[kind],
    runner: () => effects,
    notices: () => options.notices ?? [],
    count: (names) => counted.push(...names),
    shared: options.shared,
  });
  const { relay, effects } = runnerOf(
    {
      handlers: handlersOf(options, sent),
      jobs: store.jobs,
      conversations: store.conversations,
      engine: () => engine,
      clock,
      log,
      random: () => 0.5,
    },
    options,
    pauses,
  );
  const timers = createTimers({ jobs: store.jobs, engine, clock, log });
  const quiet = async () => {
    // Each may give the other work; both at rest, one after the other, is rest.
    for (let turn = 0; turn < 20; turn++) {
      await engine.idle();
      await effects.idle();
    }
  };
  return { engine, effects, timers, sent, counted, pauses, quiet, ...(relay ? { relay } : {}) };
}

function runnerOf(
  deps: EffectTryDeps,
  { shared, machineAheadMs = 0, concurrency }: ProcessOptions,
  pauses: Process['pauses'],
): { effects: EffectRunner; relay?: Watch } {
  const most = concurrency ? { concurrency } : {};
  if (shared) {
    const { queue, locks, leases } = shared;
    const machineNow = () => Date.now() + machineAheadMs;
    const relay = createRelay({ jobs: deps.jobs, queue, leases, log: deps.log, machineNow });
    return { effects: createEffectWorker({ ...deps, queue, locks, relay, ...most }), relay };
  }
  const later = (ms: number, run: () => void) => {
    const pause = { ms, run };
    pauses.push(pause);
    return () => void pauses.splice(pauses.indexOf(pause), 1);
  };
  return { effects: createEffectRunner({ ...deps, later, ...most }) };
}

const TYPES = ['submit', 'offer', 'book', 'receipt', 'status', 'link', 'intake', 'hand-off'];

function handlersOf({ handlers = {}, maxTries }: ProcessOptions, sent: string[]): Map<string, EffectHandler> {
  const say: EffectHandler['run'] = async ({ params }, { entry }) => {
    sent.push(entry?.text ?? String(params.entry));
    return { sent: { entry: String(params.entry), status: 'sent', providerId: String(params.entry) } };
  };
  const stand: EffectHandler['run'] = async (effect) => {
    const event = played(effect);
    return event?.type === 'effect.done' ? { result: event.result } : {};
  };
  const all = { say, ...Object.fromEntries(TYPES.map((type) => [type, stand])), ...handlers };
  return new Map(
    Object.entries(all).map(([type, run]) => [type, { type, run, ...(maxTries ? { maxTries } : {}) }]),
  );
}

/** A text from a phone; `phone` is a digit, ids are given by the test. */
export function message(phone: number, id: string, text: string, at = 0): InboundMessage {
  return {
    id,
    via: 'simulator',
    from: { channel: 'whatsapp', id: `+628120000000${phone}` },
    at,
    content: { type: 'text', text },
  };
}

/** A promise that a test resolves. */
export function gate() {
  return Promise.withResolvers<void>();
}
