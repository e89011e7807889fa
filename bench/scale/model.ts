/** From people to machines: how many of each part a nation needs. Arithmetic only. */
import type { MACHINES, PEOPLE } from './assumptions.ts';
import type { Costs } from './costs.ts';
import { type Line, meanWait, serversFor, utilisation } from './queueing.ts';

export type People = { [name in keyof typeof PEOPLE]: number };
export type Machines = { [name in keyof typeof MACHINES]: number };
export interface World {
  people: People;
  machines: Machines;
  costs: Costs;
}
export interface Day {
  name: string;
  /** Of one office. */
  requests: number;
  /** The same news goes to everybody whose request is open, and many answer. */
  isStorm?: boolean;
}

/** In the busiest minute, for the nation. */
export interface Demand {
  /** Messages of citizens a second; each has one reply. */
  messages: number;
  callbacks: number;
  mongoReads: number;
  mongoWrites: number;
  redisCommands: number;
  /** Seconds of one core, a second. */
  webCores: number;
  workerCores: number;
  fileMbPerSecond: number;
  /** Chats with operators that begin, a second, in one office. */
  handoffsPerOffice: number;
}

export interface Need {
  web: number;
  workers: number;
  shards: number;
  redisNodes: number;
  operatorsPerOffice: number;
  fileTb: number;
  /** Milliseconds that a webhook spends in its process, mean, with that many processes. */
  webMs: number;
  /** Messages in and out of the largest office beside what one number may do. */
  largestSender: number;
}

/** Requests and questions of one day make messages; the busiest hour and its busiest minute make a rate. */
export function demandOf(day: Day, { people, machines, costs }: World): Demand {
  const requests = day.requests * people.offices;
  const perRequest = people.messagesPerRequest + people.questionsPerRequest * people.messagesPerQuestion;
  const peak = (people.peakHour * people.peakMinute) / 3600;
  const storm = day.isStorm ? (requests * people.stormOpenDays * people.stormAnswers * 2) / 1800 : 0;
  const messages = requests * perRequest * peak + storm;
  const callbacks = messages * people.callbacksPerReply;
  const chats = day.requests * (1 + people.questionsPerRequest);
  return {
    messages,
    callbacks,
    mongoReads: messages * costs.mongoReads + callbacks,
    mongoWrites: messages * costs.mongoWrites + callbacks,
    redisCommands: messages * costs.redisCommands,
    webCores: ((messages + callbacks * machines.callbackCost) * costs.webUs) / 1e6,
    workerCores: (messages * costs.workerUs) / 1e6,
    fileMbPerSecond: requests * people.photosPerRequest * people.photoMb * peak,
    handoffsPerOffice: (chats * people.handoffShare * people.peakHour) / 3600,
  };
}

/** Fewest of each with which none is used above `machines.target`, and one operator chat in five waits over five minutes. */
export function needOf(day: Day, world: World): Need {
  const { people, machines, costs } = world;
  const demand = demandOf(day, world);
  const some = (load: number, capacity = 1) => Math.max(1, Math.ceil(load / capacity / machines.target));
  const web = some(demand.webCores);
  return {
    web,
    workers: some(demand.workerCores),
    shards: some(demand.mongoWrites, machines.mongoWrites),
    redisNodes: some(demand.redisCommands, machines.redisCommands),
    operatorsPerOffice: serversFor(
      { rate: demand.handoffsPerOffice, service: people.handoffMinutes * 60 },
      { share: 0.2, seconds: 300 },
    ),
    fileTb:
      (day.requests * people.offices * people.photosPerRequest * people.photoMb * people.keepDays) / 1e6,
    webMs:
      1000 *
      stay({ rate: demand.webCores / (costs.webUs / 1e6) / web, service: costs.webUs / 1e6, servers: 1 }),
    largestSender: (demand.messages * 2 * people.largestShare) / machines.senderRate,
  };
}

/** Mean time in one process: a single thread that serves one after the other. */
function stay(line: Line): number {
  return meanWait(line) + line.service;
}

/** The national messages a second at which one of a kind is full, the least first. */
export function breakingPoints(world: World): { part: string; messages: number; used: string }[] {
  const { people, machines } = world;
  const day: Day = { name: '', requests: 1 };
  const one = demandOf(day, world);
  const at = (load: number, capacity = 1) => (one.messages * capacity) / load;
  const operators = 5;
  const perOperator = utilisation({
    rate: one.handoffsPerOffice,
    service: people.handoffMinutes * 60,
    servers: operators,
  });
  return [
    {
      part: 'one WhatsApp number for the whole nation',
      messages: machines.senderRate / 2,
      used: 'in and out count',
    },
    { part: 'one web process', messages: at(one.webCores), used: 'its one thread' },
    { part: 'one worker process', messages: at(one.workerCores), used: 'its one thread' },
    { part: 'one MongoDB replica set', messages: at(one.mongoWrites, machines.mongoWrites), used: 'writes' },
    { part: 'one Redis node', messages: at(one.redisCommands, machines.redisCommands), used: 'commands' },
    { part: `${operators} operators in each office`, messages: at(perOperator), used: 'their time' },
    {
      part: 'one number in the largest office',
      messages: machines.senderRate / 2 / people.largestShare,
      used: 'in and out count',
    },
  ].toSorted((a, b) => a.messages - b.messages);
}
