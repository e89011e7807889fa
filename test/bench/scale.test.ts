import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCosts } from '../../bench/scale/costs.ts';
import { breakingPoints, demandOf, needOf } from '../../bench/scale/model.ts';
import { assumedWorld, scalePage } from '../../bench/scale/page.ts';
import {
  meanWait,
  serversFor,
  utilisation,
  waitLongerThan,
  waitProbability,
} from '../../bench/scale/queueing.ts';
import { simulate } from '../../bench/scale/simulate.ts';

const COSTS = {
  webUs: 400,
  workerUs: 300,
  mongoReads: 1,
  mongoWrites: 2,
  redisCommands: 8,
  storedBytes: 1_000,
  measured: 'nowhere',
};
const DAY = { name: 'a day', requests: 1_000 };

describe('waiting lines', () => {
  it.each([
    { rate: 600, service: 0.001, servers: 1 },
    { rate: 2, service: 2, servers: 6 },
    { rate: 0.0095, service: 576, servers: 7 },
  ])('do what the formulas say, and obey Little, when acted out: %o', (line) => {
    const seen = simulate(line, { customers: 1_000_000, seed: 7 });
    expect(seen.waited / waitProbability(line)).toBeCloseTo(1, 1);
    expect(Math.abs(seen.meanWait / meanWait(line) - 1)).toBeLessThan(0.05);
    expect(seen.meanInside / (seen.rate * seen.meanStay)).toBeCloseTo(1, 3);
  });

  it('are those of textbooks: 10 erlangs offered to 12 wait with probability 0.449', () => {
    expect(waitProbability({ rate: 10, service: 1, servers: 12 })).toBeCloseTo(0.449, 3);
  });

  it('grow without end when more comes than can be done', () => {
    expect(meanWait({ rate: 3, service: 1, servers: 3 })).toBe(Number.POSITIVE_INFINITY);
  });

  it('get the fewest servers that keep the promise', () => {
    const [demand, promise] = [
      { rate: 0.0095, service: 576 },
      { share: 0.2, seconds: 300 },
    ];
    const servers = serversFor(demand, promise);
    expect(waitLongerThan({ ...demand, servers }, 300)).toBeLessThanOrEqual(0.2);
    const fewer = { ...demand, servers: servers - 1 };
    expect(utilisation(fewer) >= 1 || waitLongerThan(fewer, 300) > 0.2).toBe(true);
  });
});

describe('the model of a nation', () => {
  const world = assumedWorld(COSTS);

  it('turns requests into messages by plain arithmetic', () => {
    const { offices, peakHour, peakMinute } = world.people;
    const aDay = 1_000 * offices * (30 + 4);
    expect(demandOf(DAY, world).messages).toBeCloseTo((aDay * peakHour * peakMinute) / 3600, 6);
  });

  it('needs twice as much of everything for twice the requests, within rounding', () => {
    const [once, twice] = [demandOf(DAY, world), demandOf({ ...DAY, requests: 2_000 }, world)];
    for (const name of Object.keys(once) as (keyof typeof once)[])
      expect(twice[name] / once[name]).toBeCloseTo(2, 9);
  });

  it('uses nothing above its target', () => {
    const [demand, need] = [demandOf(DAY, world), needOf(DAY, world)];
    const { target, mongoWrites, redisCommands } = world.machines;
    expect(demand.webCores / need.web).toBeLessThanOrEqual(target);
    expect(demand.workerCores / need.workers).toBeLessThanOrEqual(target);
    expect(demand.mongoWrites / mongoWrites / need.shards).toBeLessThanOrEqual(target);
    expect(demand.redisCommands / redisCommands / need.redisNodes).toBeLessThanOrEqual(target);
  });

  it('puts what is full first before the rest, at the load at which it is full', () => {
    const points = breakingPoints(world);
    const web = points.find(({ part }) => part === 'one web process');
    const { messages, webCores } = demandOf(DAY, world);
    expect(web?.messages).toBeCloseTo(messages / webCores, 6);
    expect(points.map((point) => point.messages)).toEqual(
      points.map((point) => point.messages).toSorted((a, b) => a - b),
    );
  });

  it('has written docs/scale.md from the results that lie beside it', () => {
    const costs = readCosts(new URL('../../bench/results/', import.meta.url));
    expect(readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')).toBe(scalePage(costs));
  });
});
