/**
 * BuilderBot in one process, without HTTP: its own MemoryDB and its own test provider, whose sending does nothing.
 * Nothing it keeps outlives the process.
 */
import { type Child, temporaryDir } from '../child.ts';
import { DIALOGUE, phoneOf } from '../dialogue.ts';
import { requirePeer } from '../peers.ts';
import { QUESTIONS, WISH } from '../questions.ts';
import { keepGoing } from './talker.ts';

type Answers = { [name: string]: string };
interface Tools {
  state: { update(answers: Answers): Promise<void> };
  fallBack(text: string): Promise<void>;
}
interface Flow {
  addAnswer(
    text: string,
    options?: object,
    answered?: (message: { body: string }, tools: Tools) => unknown,
  ): Flow;
}
interface Line {
  from: string;
  answer: string;
}
interface Provider {
  emit(event: 'message', message: { from: string; body: string }): void;
}
interface BuilderBot {
  MemoryDB: new () => { listHistory: Line[]; save(line: Line): Promise<void> };
  TestTool: { TestProvider: new () => Provider };
  addKeyword(words: string): Flow;
  createFlow(flows: Flow[]): object;
  createProvider(provider: new () => Provider): Provider;
  createBot(parts: object): Promise<{ stateHandler: { STATE: Map<string, Answers> } }>;
}

/** It writes this line when it waits for an answer (not for the first one): a message that comes sooner is lost. */
const LAST_LINE = '__capture_only_intended__';

/** `users` have so many messages of the dialogue behind them. Answers `run` {seconds, inFlight} with what new citizens said meanwhile. */
export async function start({ users, behind }: { users: number; behind: number }): Promise<Child> {
  const logs = temporaryDir();
  process.chdir(logs.path); // It writes log files to where it stands.
  const bot = await createBuilderBot();
  await bot.copies(users, DIALOGUE.slice(0, behind));
  return {
    url: '',
    ask: async (_question, details) => run(bot, details as { seconds: number; inFlight: number }),
    stop: async () => logs.remove(),
  };
}

async function createBuilderBot() {
  const { MemoryDB, TestTool, addKeyword, createFlow, createProvider, createBot } =
    requirePeer<BuilderBot>('@builderbot/bot');
  const database = new MemoryDB();
  const provider = createProvider(TestTool.TestProvider);
  const waiting = new Map<string, () => void>();
  const save = database.save.bind(database);
  database.save = async (line) => {
    await save(line);
    if (line.answer !== LAST_LINE && line.answer !== QUESTIONS[0]?.text) return;
    waiting.get(line.from)?.();
    waiting.delete(line.from);
  };
  let flow = addKeyword(WISH);
  for (const { name, text, form } of QUESTIONS)
    flow = flow.addAnswer(text, { capture: true }, async ({ body }, { state, fallBack }) =>
      form.test(body) ? state.update({ [name]: body }) : fallBack(text),
    );
  const bot = await createBot({ flow: createFlow([flow]), database, provider });
  const states = bot.stateHandler.STATE;

  const say = (from: string, body: string) =>
    new Promise<void>((resolve) => {
      waiting.set(from, resolve);
      provider.emit('message', { from, body });
    });
  const sayAll = async (from: string) => {
    for (const text of DIALOGUE) await say(from, text);
  };
  return {
    sayAll,
    answersOf: (from: string) => Object.keys(states.get(from) ?? {}).length,
    /** One citizen talks; the others are copies of all that was kept of this one. */
    copies: async (users: number, said: readonly string[]) => {
      const first = phoneOf(0);
      for (const text of said) await say(first, text);
      const lines = [...database.listHistory];
      const answers = states.get(first) ?? {};
      for (let user = 1; user < users; user += 1) {
        const from = phoneOf(user);
        for (const line of lines) database.listHistory.push({ ...line, from });
        states.set(from, { ...answers });
      }
    },
  };
}

let nextCitizen = 50_000_000;

async function run(
  bot: Awaited<ReturnType<typeof createBuilderBot>>,
  { seconds, inFlight }: { seconds: number; inFlight: number },
) {
  const before = process.cpuUsage();
  const startMs = performance.now();
  let messages = 0;
  let last = '';
  await keepGoing(
    inFlight,
    () => performance.now() < startMs + seconds * 1000,
    async () => {
      last = phoneOf(nextCitizen++);
      await bot.sayAll(last);
      messages += DIALOGUE.length;
    },
  );
  const { user, system } = process.cpuUsage(before);
  return {
    messages,
    seconds: (performance.now() - startMs) / 1000,
    cpuUs: user + system,
    answers: bot.answersOf(last),
  };
}
