/** Figures for Prometheus (`GET /metrics`): counts only, never who or what. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { EffectRunner } from '../conversation/effects.ts';
import type { ConversationStore } from '../conversation/ports.ts';

export interface Metrics {
  webhooks: Counter<'provider' | 'outcome'>;
  contentType: string;
  text(): Promise<string>;
}

/** A registry of its own for each app, so that tests can run side by side. */
export function createMetrics(deps: {
  effects: Pick<EffectRunner, 'size'>;
  conversations: Pick<ConversationStore, 'listAttention'>;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'loket_' });
  const registers = [registry];
  new Gauge({
    name: 'loket_effects_pending',
    help: 'Effects that wait for their turn or a later try',
    registers,
    collect() {
      this.set(deps.effects.size());
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
  return { webhooks, contentType: registry.contentType, text: () => registry.metrics() };
}
