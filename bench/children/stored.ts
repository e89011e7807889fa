/** The service in process, without HTTP, with many conversations stored: does a message cost more when there are more? */
import type { Service } from '../../src/service.ts';
import type { Child } from '../child.ts';
import { DIALOGUE, phoneOf, REPEAT } from '../dialogue.ts';
import { percentile } from '../load.ts';
import { startBenchService } from './service.ts';
import { keepGoing, say } from './talker.ts';

/**
 * What a turn asks for. `who`: citizens picked at random among those stored, each goes back one question and answers it
 * again; or new ones, each with the whole dialogue.
 */
interface TurnOptions {
  seconds: number;
  /** Default 64. */
  inFlight?: number;
  /** Default `stored`. */
  who?: 'stored' | 'new';
}

/**
 * Stores `conversations`, or as many as `limitSeconds` allow. Answers `run` with messages, processor time and waiting
 * times, `bytes` with what a conversation takes on disk, `stored` with how many there are.
 */
export async function start(options: { conversations: number; limitSeconds?: number }): Promise<Child> {
  const service = await startBenchService();
  const stored = await seed(service, options);
  return {
    url: '',
    ask: async (question, details) => {
      if (question === 'bytes') return rowBytes(service);
      if (question === 'stored') return stored;
      return run(service, stored, details as unknown as TurnOptions);
    },
    stop: service.stop,
  };
}

/** One citizen talks; the others are copies that stand at the same question. */
async function seed(
  service: Service,
  { conversations, limitSeconds = 240 }: { conversations: number; limitSeconds?: number },
): Promise<number> {
  for (const text of DIALOGUE) await say(service, 0, text);
  const first = await service.store.conversations.load(idOf(service, 0));
  if (!first) throw new Error('the first conversation is missing');
  let citizen = 1;
  const endMs = performance.now() + limitSeconds * 1000;
  await keepGoing(
    256,
    () => citizen < conversations && performance.now() < endMs,
    async () => {
      const own = citizen++;
      await service.store.conversations.commit({
        conversation: { ...first, id: idOf(service, own), version: 1, address: phoneOf(own) },
        entries: [],
        effects: [],
        timers: { set: [], cancel: [] },
        amended: [],
      });
    },
  );
  return citizen;
}

function idOf(service: Service, citizen: number): string {
  return service.engine.conversationId({ channel: 'whatsapp', id: phoneOf(citizen) });
}

/** New citizens of all turns, far from the stored ones. */
let nextCitizen = 50_000_000;

/** Nobody writes twice at once. What was said is answered, sent and marked sent before the clock is read. */
async function run(service: Service, conversations: number, options: TurnOptions) {
  const { seconds, inFlight = 64, who = 'stored' } = options;
  const before = process.cpuUsage();
  const startMs = performance.now();
  const busy = new Set<number>();
  const latenciesMs: number[] = [];
  await keepGoing(
    inFlight,
    () => performance.now() < startMs + seconds * 1000,
    async () => {
      const citizen = who === 'new' ? nextCitizen++ : pick(conversations, busy);
      busy.add(citizen);
      for (const text of who === 'new' ? DIALOGUE : REPEAT) {
        const saidMs = performance.now();
        await say(service, citizen, text);
        latenciesMs.push(performance.now() - saidMs);
      }
      busy.delete(citizen);
    },
  );
  await service.effects.idle();
  const { user, system } = process.cpuUsage(before);
  latenciesMs.sort((a, b) => a - b);
  return {
    messages: latenciesMs.length,
    seconds: (performance.now() - startMs) / 1000,
    cpuUs: user + system,
    p50: percentile(latenciesMs, 0.5),
    p99: percentile(latenciesMs, 0.99),
  };
}

function pick(conversations: number, busy: Set<number>): number {
  for (;;) {
    const citizen = Math.floor(Math.random() * conversations);
    if (!busy.has(citizen)) return citizen;
  }
}

/** The newest state of the conversation that has twelve answers, as it is stored: sealed, with its plain fields. */
async function rowBytes(service: Service): Promise<number> {
  const id = idOf(service, 0);
  for await (const record of service.store.records()) {
    if (record.kind !== 'conversation' || record.id !== id) continue;
    const { body, ...plain } = record;
    return body.length + Object.values(plain).reduce<number>((sum, value) => sum + sizeOf(value), 0);
  }
  throw new Error('the first conversation is missing');
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length : JSON.stringify(value).length;
}
