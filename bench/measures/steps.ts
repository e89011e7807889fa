import type { Finding, Measure } from '../measure.ts';
import { compare, type Turn } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';
import { detailOf } from '../words.ts';

const FEW = 1_000;

/** The step by itself, and a message with few and with many conversations stored. */
export const steps: Measure = {
  name: 'steps',
  title: 'Steps in process: alone, and with many conversations stored',
  async run({ isQuick, note }) {
    const many = isQuick ? 10_000 : 100_000;
    return [await alone(isQuick ? 1 : 5, note), ...(await stored(many, isQuick ? 1 : 3, note))];
  },
};

async function alone(seconds: number, note: (words: string) => void): Promise<Finding> {
  note('the step alone');
  const child = await startChild('steps');
  await child.ask('run', { seconds: 1 });
  const { steps: count, cpuUs } = await child.ask<{ steps: number; cpuUs: number }>('run', { seconds });
  await child.stop();
  return {
    what: 'the pure step with JSON in and out, real flows.yaml',
    value: cpuUs / count,
    unit: 'us CPU',
    detail: `${Math.round(count / seconds)} steps/s`,
  };
}

async function stored(many: number, seconds: number, note: (words: string) => void): Promise<Finding[]> {
  note(`storing ${many} conversations`);
  const [few, full] = await Promise.all([
    startChild('stored', { conversations: FEW }),
    startChild('stored', { conversations: many }),
  ]);
  await turn(few, 2);
  await turn(full, 2);
  note(`${FEW} and ${many} conversations`);
  const found = await compare(
    () => turn(full, seconds),
    () => turn(few, seconds),
    7,
  );
  const bytes = await few.ask<number>('bytes');
  await Promise.all([few.stop(), full.stop()]);
  return [
    {
      what: `time of a message (load, step, commit, mark sent) with ${many} conversations beside ${FEW}`,
      value: 1 / found.rateRatio,
      unit: 'x',
      aim: { atMost: 1.1 },
      detail: detailOf(found),
    },
    {
      what: 'stored bytes of a conversation with 12 answers, sealed',
      value: bytes,
      unit: 'bytes',
      aim: { atMost: 1024 },
      detail: 'its row; the transcript is apart',
    },
  ];
}

async function turn(child: ChildHandle, seconds: number): Promise<Turn> {
  const done = await child.ask<{ messages: number; seconds: number; cpuUs: number }>('run', { seconds });
  return { rate: done.messages / done.seconds, cpuUs: done.cpuUs / done.messages };
}
