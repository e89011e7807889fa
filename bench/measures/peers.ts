import { activityTo } from '../activity-request.ts';
import { DIALOGUE } from '../dialogue.ts';
import type { Finding, Measure, MeasureOptions } from '../measure.ts';
import { type Comparison, compare, type Turn } from '../pairs.ts';
import { installPeers, peerVersion } from '../peers.ts';
import { QUESTIONS } from '../questions.ts';
import { type ChildHandle, startChild } from '../start-child.ts';
import { loadTurn } from '../turn.ts';

const CONNECTIONS = 16;
const USERS = 10_000;

/** The same dialogue with other people's bots. They keep everything in memory and lose it when the process ends. */
export const peers: Measure = {
  name: 'peers',
  title: `The same dialogue (wish, consent, twelve answers) with public bots from npm; Loket is durable, they keep nothing`,
  async run(options) {
    installPeers(options.note);
    return [await overHttp(options), ...(await inProcess(options))];
  },
};

/** Both sides send each reply to the stand-in, over connections that are kept. */
async function overHttp({ isQuick, note }: MeasureOptions): Promise<Finding> {
  const standIn = await startChild('stand-in');
  const [loket, botbuilder] = [
    await startChild('loket', { apiUrl: standIn.url }),
    await startChild('botbuilder'),
  ];
  const load = { connections: CONNECTIONS, seconds: isQuick ? 1 : 3, isToTheEnd: true };
  const request = activityTo(standIn.url);
  note('botbuilder, warming up');
  await loadTurn(loket, { ...load, seconds: isQuick ? 2 : 8 });
  await loadTurn(botbuilder, { ...load, seconds: isQuick ? 2 : 8, request });
  note('botbuilder');
  const found = await compare(
    () => loadTurn(loket, load),
    () => loadTurn(botbuilder, { ...load, request }),
    isQuick ? 3 : 5,
  );
  assertWhole('botbuilder', await botbuilder.ask<number>('answers'));
  await Promise.all([loket.stop(), botbuilder.stop(), standIn.stop()]);
  return {
    what: `Loket (signed webhook, commit on disk, reply sent, marked sent) beside botbuilder ${peerVersion('botbuilder')} (CloudAdapter, waterfall, MemoryStorage, no token), HTTP, ${CONNECTIONS} connections`,
    value: found.rateRatio,
    unit: 'x as many messages',
    aim: { atLeast: 5 },
    detail: beside(found),
  };
}

async function inProcess({ isQuick, note }: MeasureOptions): Promise<Finding[]> {
  const users = isQuick ? 500 : USERS;
  const loket = await startChild('stored', { conversations: users });
  await inTurn(loket, 1);
  const findings: Finding[] = [];
  for (const behind of [DIALOGUE.length, 1]) {
    note(`builderbot, ${users} users with ${words(behind)} behind them`);
    const builderbot = await startChild('builderbot', { users, behind });
    const found = await compare(
      () => inTurn(loket, isQuick ? 1 : 3),
      () => answered(builderbot, isQuick ? 0.5 : 3),
      isQuick ? 1 : 3,
    );
    await builderbot.stop();
    findings.push({
      what: `Loket (commit on disk in groups, 16 at a time) beside builderbot ${peerVersion('@builderbot/bot')} (MemoryDB), in process, ${users} users with ${words(behind)} behind them`,
      value: found.rateRatio,
      unit: 'x as many messages',
      ...(behind === 1 ? {} : { aim: { atLeast: 40 } }),
      detail: beside(found),
    });
  }
  await loket.stop();
  return findings;
}

const words = (behind: number) => (behind === 1 ? 'one message' : 'the dialogue');

type Done = { messages: number; seconds: number; cpuUs: number; answers?: number };

/** New citizens, each with the whole dialogue, beside those who are stored. */
async function inTurn(child: ChildHandle, seconds: number): Promise<Turn & { answers: number }> {
  const how = { seconds, inFlight: 16, who: 'new' };
  const done = await child.ask<Done>('run', how);
  return {
    rate: done.messages / done.seconds,
    cpuUs: done.cpuUs / done.messages,
    answers: done.answers ?? 0,
  };
}

async function answered(builderbot: ChildHandle, seconds: number): Promise<Turn> {
  const turn = await inTurn(builderbot, seconds);
  assertWhole('builderbot', turn.answers);
  return turn;
}

/** A bot that lost the thread would be fast: consent and twelve answers must be there. */
function assertWhole(name: string, answers: number): void {
  const expected = QUESTIONS.length - 1;
  if (answers < expected) throw new Error(`${name} has kept ${answers} answers of ${expected}`);
}

function beside({ rateRange: [least, most], ours, floor, pairs }: Comparison): string {
  const side = ({ rate, cpuUs }: Turn) =>
    `${rate.toFixed(rate < 100 ? 1 : 0)}/s at ${Math.round(cpuUs)} us CPU`;
  return `${pairs} pairs, ${least.toFixed(1)} to ${most.toFixed(1)}; ${side(ours)} beside ${side(floor)}`;
}
