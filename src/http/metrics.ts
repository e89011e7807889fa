/** Figures for Prometheus (`GET /metrics`): counts only, never who or what. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { EffectCount } from '../conversation/effect-try.ts';
import type { EffectRunner } from '../conversation/effects.ts';
import type { ConversationStore, WorkQueue } from '../conversation/ports.ts';

export interface Metrics {
  webhooks: Counter<'provider' | 'outcome'>;
  /** Tries of effects by how they ended. */
  countEffect(outcome: EffectCount, type: string): void;
  /** A commit that another process was faster than. */
  countConflict(): void;
  /** A conversation that another worker had in hand. */
  countKnock(): void;
  /** What the relay found left. */
  countLeft(found: number): void;
  contentType: string;
  text(): Promise<string>;
}

/** A registry of its own for each app, so that tests can run side by side. */
export function createMetrics(deps: {
  roles: readonly string[];
  effects(): Pick<EffectRunner, 'size'>;
  conversations: Pick<ConversationStore, 'listAttention'>;
  /** Where processes share the work. */
  queue?: WorkQueue | undefined;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'loket_' });
  const registers = [registry];
  new Gauge({
    name: 'loket_process_info',
    help: 'Always 1; the label says which roles this process plays',
    labelNames: ['roles'] as const,
    registers,
  }).set({ roles: deps.roles.join(',') }, 1);
  new Gauge({
    name: 'loket_effects_pending',
    help: 'Effects that wait for their turn or a later try',
    registers,
    collect() {
      this.set(deps.effects().size());
    },
  });
  new Gauge({
    name: 'loket_handoffs',
    help: 'Chats that wait for or are with an operator',
    labelNames: ['status'],
    registers,
    async collect() {
      const waiting = await deps.conversations.listAttention();
      for (const status of ['waiting', 'claimed'] as const) {
        this.set({ status }, waiting.filter(({ attention }) => attention.status === status).length);
      }
    },
  });
  const webhooks = new Counter({
    name: 'loket_webhooks_total',
    help: 'Requests of providers by outcome',
    labelNames: ['provider', 'outcome'] as const,
    registers,
  });
  const effects = new Counter({
    name: 'loket_effects_total',
    help: 'Tries of effects by type and by how they ended',
    labelNames: ['type', 'outcome'] as const,
    registers,
  });
  const conflicts = new Counter({
    name: 'loket_commit_conflicts_total',
    help: 'Steps that another process was faster than, and that were made anew',
    registers,
  });
  const knocks = new Counter({
    name: 'loket_lock_knocks_total',
    help: 'Conversations that a worker came to while another had them in hand',
    registers,
  });
  const left = new Counter({
    name: 'loket_left_found_total',
    help: 'Conversations with work of more than some seconds ago that were woken again',
    registers,
  });
  if (deps.queue) watchQueue(deps.queue, registers);
  return {
    webhooks,
    countEffect: (outcome, type) => effects.inc({ outcome, type }),
    countConflict: () => conflicts.inc(),
    countKnock: () => knocks.inc(),
    countLeft: (found) => left.inc(found),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function watchQueue(queue: WorkQueue, registers: Registry[]): void {
  new Gauge({
    name: 'loket_queue_length',
    help: 'Conversations that wait for a worker, now or for a later time',
    registers,
    async collect() {
      this.set(await queue.size());
    },
  });
  new Gauge({
    name: 'loket_wakes_lost',
    help: 'Wakes that could not be told since the start; the work is found in the store',
    registers,
    collect() {
      this.set(queue.lostWakes());
    },
  });
}
