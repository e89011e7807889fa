/** The service with many conversations stored: does a message cost more when there are more of them? */
import { DatabaseSync } from 'node:sqlite';
import type { Service } from '../../src/service.ts';
import { databasePath } from '../../src/store/embedded/database.ts';
import type { Child } from '../child.ts';
import { phoneOf } from '../dialogue.ts';
import { startBenchService } from './service.ts';
import { keepGoing, sayAgain, sayAll } from './talker.ts';

const IN_FLIGHT = 64;

/** Answers `run` {seconds} with messages and processor time, `bytes` with the size of a conversation's row. */
export async function start({ conversations }: { conversations: number }): Promise<Child> {
  const service = await startBenchService();
  await seed(service, conversations);
  return {
    url: '',
    ask: async (question, details) =>
      question === 'bytes'
        ? rowBytes(service.dataDir)
        : run(service, conversations, (details as { seconds: number }).seconds),
    stop: service.stop,
  };
}

/** One citizen talks; the others are copies that stand at the same question. */
async function seed(service: Service, count: number): Promise<void> {
  await sayAll(service, 0);
  const first = await service.store.conversations.load(idOf(service, 0));
  if (!first) throw new Error('the first conversation is missing');
  let citizen = 1;
  await keepGoing(
    256,
    () => citizen < count,
    async () => {
      const own = citizen++;
      const id = idOf(service, own);
      await service.store.conversations.commit({
        conversation: { ...first, id, version: 1, address: phoneOf(own) },
        entries: [],
        effects: [],
        timers: { set: [], cancel: [] },
        amended: [],
      });
    },
  );
}

function idOf(service: Service, citizen: number): string {
  return service.engine.conversationId({ channel: 'whatsapp', id: phoneOf(citizen) });
}

/** Citizens at random; nobody writes twice at once. */
async function run(service: Service, conversations: number, seconds: number) {
  const before = process.cpuUsage();
  const startMs = performance.now();
  const busy = new Set<number>();
  let messages = 0;
  await keepGoing(
    IN_FLIGHT,
    () => performance.now() < startMs + seconds * 1000,
    async () => {
      const citizen = pick(conversations, busy);
      busy.add(citizen);
      const said = await sayAgain(service, citizen);
      messages += said;
      busy.delete(citizen);
    },
  );
  await service.effects.idle();
  const { user, system } = process.cpuUsage(before);
  return { messages, seconds: (performance.now() - startMs) / 1000, cpuUs: user + system };
}

function pick(conversations: number, busy: Set<number>): number {
  for (;;) {
    const citizen = Math.floor(Math.random() * conversations);
    if (!busy.has(citizen)) return citizen;
  }
}

function rowBytes(dataDir: string): number {
  const db = new DatabaseSync(databasePath(dataDir), { readOnly: true });
  const row = db
    .prepare(
      'SELECT avg(length(id) + length(channel) + length(flow) + length(body)) AS bytes FROM conversations',
    )
    .get();
  db.close();
  return Number(row?.bytes);
}
