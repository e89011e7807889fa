/** docs/scale.md, every figure worked out. */
import { type Assumption, DAYS, MACHINES, PEOPLE } from './assumptions.ts';
import type { Costs } from './costs.ts';
import { breakingPoints, type Day, demandOf, needOf, type World } from './model.ts';
import { type Line, meanWait, waitProbability } from './queueing.ts';
import { simulate } from './simulate.ts';

const STORM: Day = { name: 'the peak day, and the same news to all', requests: 2_000, isStorm: true };
const ALL_DAYS: readonly Day[] = [...DAYS, STORM];
const PEAK: Day = DAYS[2];

/** The world as assumed, with the costs as measured. */
export function assumedWorld(costs: Costs): World {
  return { people: valuesOf(PEOPLE), machines: valuesOf(MACHINES), costs };
}

export function scalePage(costs: Costs): string {
  const world = assumedWorld(costs);
  return [
    INTRODUCTION,
    ...measuredPart(costs),
    '## What is assumed',
    '',
    'Nobody has measured these for a nation. They are in `bench/scale/assumptions.ts`: change them, run the command again.',
    '',
    ...table(
      ['', 'value', 'from'],
      [...Object.values(PEOPLE), ...Object.values(MACHINES)].map((one: Assumption) => [
        one.words,
        `${number(one.value)} ${one.unit}`,
        one.source,
      ]),
    ),
    ...table(
      ['requests a day and office', '', 'from'],
      DAYS.map(({ name, requests, source }) => [name, number(requests), source]),
    ),
    ...demandPart(world),
    ...needPart(world),
    ...breakingPart(world),
    ...sensitivityPart(world),
    ...checkPart(),
  ].join('\n');
}

const INTRODUCTION = `# How far it goes

A small model of all ${PEOPLE.offices.value} offices on one cluster, in their busiest minute. It is arithmetic on measured costs and stated
assumptions, not a test: no cluster of this size was run. Written by \`npm run bench:scale\`; do not edit.
`;

function measuredPart(costs: Costs): string[] {
  return [
    '## What was measured',
    '',
    `\`bench/results/cluster.json\`, ${costs.measured}.`,
    'Processor time was taken while one web process, one worker, the database, Redis and the load shared the machine, at the',
    'few messages a second that the database could take. Alone and busy, each is faster; the counts do not change.',
    '',
    ...table(
      ['one message, answered, sent and marked sent', ''],
      [
        ['web process', `${number(costs.webUs)} us`],
        ['worker process', `${number(costs.workerUs)} us`],
        ['MongoDB', `${costs.mongoReads.toFixed(1)} reads, ${costs.mongoWrites.toFixed(1)} writes`],
        ['Redis', `${costs.redisCommands.toFixed(1)} commands`],
        ['bytes to MongoDB', number(costs.storedBytes)],
      ],
    ),
  ];
}

function demandPart(world: World): string[] {
  return [
    '## The busiest minute of the nation',
    '',
    ...table(
      ['', 'messages/s', 'callbacks/s', 'MongoDB writes/s', 'reads/s', 'Redis commands/s', 'photos, MB/s'],
      ALL_DAYS.map((day) => {
        const demand = demandOf(day, world);
        const { messages, callbacks, mongoWrites, mongoReads, redisCommands, fileMbPerSecond } = demand;
        const figures = [messages, callbacks, mongoWrites, mongoReads, redisCommands, fileMbPerSecond];
        return [day.name, ...figures.map(number)];
      }),
    ),
  ];
}

function needPart(world: World): string[] {
  return [
    '## What that needs',
    '',
    `Nothing used above ${number(world.machines.target * 100)} % of what it can do. Operators: at most one chat in five waits longer than five minutes.`,
    '',
    ...table(
      [
        '',
        'web',
        'workers',
        'shards',
        'Redis nodes',
        'operators an office',
        'in all',
        'photos kept',
        'ms in web',
      ],
      ALL_DAYS.map((day) => {
        const need = needOf(day, world);
        const all = need.operatorsPerOffice * world.people.offices;
        return [
          day.name,
          ...[need.web, need.workers, need.shards, need.redisNodes, need.operatorsPerOffice, all].map(number),
          `${number(need.fileTb)} TB`,
          need.webMs.toFixed(1),
        ];
      }),
    ),
    `Processes are counted as cores: one of each takes about one. The largest office uses ${number(needOf(STORM, world).largestSender * 100)} % of what one WhatsApp number may do in the storm.`,
    '',
  ];
}

function breakingPart(world: World): string[] {
  const peak = demandOf(PEAK, world).messages;
  const day = (messages: number) => (PEAK.requests * messages) / peak;
  return [
    '## What breaks first',
    '',
    'One of each, fully used, as the nation grows. The least comes first.',
    '',
    ...table(
      ['', 'full at messages/s', 'requests a day and office', ''],
      breakingPoints(world).map(({ part, messages, used }) => [
        part,
        number(messages),
        number(day(messages)),
        used,
      ]),
    ),
    'What follows: give each office a number of its own; put photos on storage that grows; and plan people before machines.',
    'More web and worker processes are started by hand or by the platform, shards and Redis nodes need planning ahead',
    '(docs/production.md).',
    '',
  ];
}

function sensitivityPart(world: World): string[] {
  const { people, machines, costs } = world;
  const cases: [string, World][] = [
    ['as assumed', world],
    ['10 messages a request', { ...world, people: { ...people, messagesPerRequest: 10 } }],
    ['60 messages a request', { ...world, people: { ...people, messagesPerRequest: 60 } }],
    ['a third of the day in its busiest hour', { ...world, people: { ...people, peakHour: 0.33 } }],
    ['no status callbacks', { ...world, people: { ...people, callbacksPerReply: 0 } }],
    [
      'every process twice as slow',
      { ...world, costs: { ...costs, webUs: costs.webUs * 2, workerUs: costs.workerUs * 2 } },
    ],
    [
      'every process four times as fast',
      { ...world, costs: { ...costs, webUs: costs.webUs / 4, workerUs: costs.workerUs / 4 } },
    ],
    ['shards of 1,000 writes/s', { ...world, machines: { ...machines, mongoWrites: 1_000 } }],
    ['shards of 20,000 writes/s', { ...world, machines: { ...machines, mongoWrites: 20_000 } }],
    ['a quarter of the chats to operators', { ...world, people: { ...people, handoffShare: 0.25 } }],
    ['an operator needs 4 minutes', { ...world, people: { ...people, handoffMinutes: 4 } }],
  ];
  return [
    '## How much the assumptions weigh',
    '',
    'The peak day, one of them changed at a time.',
    '',
    ...table(
      ['', 'web', 'workers', 'shards', 'Redis nodes', 'operators an office'],
      cases.map(([name, changed]) => {
        const { web, workers, shards, redisNodes, operatorsPerOffice } = needOf(PEAK, changed);
        return [name, ...[web, workers, shards, redisNodes, operatorsPerOffice].map(number)];
      }),
    ),
  ];
}

/** Formulas beside the same lines acted out. */
function checkPart(): string[] {
  const lines: [string, Line][] = [
    ['one process, 60 % used', { rate: 600, service: 0.001, servers: 1 }],
    ['one process, 90 % used', { rate: 900, service: 0.001, servers: 1 }],
    ['7 operators, 78 % used', { rate: 0.0095, service: 576, servers: 7 }],
  ];
  return [
    '## Whether the formulas hold',
    '',
    'Lines are M/M/c: random arrivals, exponential times. The same lines acted out with a million customers; Little: number inside / (rate x stay), which must be 1.',
    '',
    ...table(
      ['', 'must wait', 'acted out', 'mean wait', 'acted out', 'Little'],
      lines.map(([name, line]) => {
        const seen = simulate(line, { customers: 1_000_000, seed: 1 });
        return [
          name,
          waitProbability(line).toFixed(3),
          seen.waited.toFixed(3),
          seconds(meanWait(line)),
          seconds(seen.meanWait),
          (seen.meanInside / (seen.rate * seen.meanStay)).toFixed(3),
        ];
      }),
    ),
    'Not in the model: that people come in bursts shorter than a minute, that machines stand in three time zones, what the',
    'national systems behind the offices can take, and what a real MongoDB costs. Measure those before you buy.',
    '',
  ];
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function number(value: number): string {
  const digits = Math.abs(value) >= 10 ? 0 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

function seconds(value: number): string {
  return value < 1 ? `${(value * 1000).toFixed(2)} ms` : `${value.toFixed(0)} s`;
}

function valuesOf<Table extends Record<string, Assumption>>(of: Table): { [name in keyof Table]: number } {
  const entries = Object.entries(of).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as { [name in keyof Table]: number };
}
