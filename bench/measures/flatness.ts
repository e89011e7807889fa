import type { Finding, Measure } from '../measure.ts';
import { median } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';

interface Turn {
  messages: number;
  seconds: number;
  cpuUs: number;
  p50: number;
  p99: number;
}

/** Is a message dearer when more people have written before? Each message is of one picked at random among all. */
export const flatness: Measure = {
  name: 'flatness',
  title:
    'A message (load, step, commit, sent without a network, marked sent) with few and many conversations stored',
  async run({ isQuick, note }) {
    const sizes = isQuick ? [1_000, 10_000] : [1_000, 100_000, 1_000_000];
    const sides: { stored: number; child: ChildHandle; turns: Turn[] }[] = [];
    for (const conversations of sizes) {
      note(`storing ${conversations} conversations`);
      const child = await startChild('stored', { conversations, limitSeconds: isQuick ? 15 : 180 });
      sides.push({ stored: await child.ask<number>('stored'), child, turns: [] });
    }
    for (const { child } of sides) await child.ask('run', { seconds: isQuick ? 1 : 3 });
    for (let round = 0; round < (isQuick ? 3 : 7); round += 1) {
      note(`round ${round + 1}`);
      const order = round % 2 === 0 ? sides : sides.toReversed();
      for (const { child, turns } of order)
        turns.push(await child.ask<Turn>('run', { seconds: isQuick ? 0.5 : 2 }));
    }
    const findings = sides.map(({ stored, turns }) => findingOf(stored, turns, sides[0]?.turns ?? []));
    await Promise.all(sides.map(({ child }) => child.stop()));
    return findings;
  },
};

/** Ratios are of turns of one round. */
function findingOf(stored: number, turns: readonly Turn[], least: readonly Turn[]): Finding {
  const cpu = ({ cpuUs, messages }: Turn) => cpuUs / messages;
  const rate = ({ messages, seconds }: Turn) => messages / seconds;
  const times = turns.flatMap((turn, round) => {
    const first = least[round];
    return first ? [rate(first) / rate(turn)] : [];
  });
  const m = (of: (turn: Turn) => number) => median(turns.map(of));
  return {
    what: `time of a message, ${stored} conversations stored, 64 in flight`,
    value: median(times),
    unit: 'x that of the fewest',
    ...(stored === 100_000 ? { aim: { atMost: 1.1 } } : {}),
    detail: `${Math.round(m(rate))}/s at ${Math.round(m(cpu))} us CPU; commit after p50 ${m(({ p50 }) => p50).toFixed(1)} ms, p99 ${m(({ p99 }) => p99).toFixed(1)} ms; medians of ${turns.length}`,
    figures: { stored, cpuUs: m(cpu), p50Ms: m(({ p50 }) => p50), p99Ms: m(({ p99 }) => p99) },
  };
}
