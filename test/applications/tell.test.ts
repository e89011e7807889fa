import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCases } from '../../src/applications/cases.ts';
import { createTeller } from '../../src/applications/tell.ts';
import type { Event } from '../../src/conversation/types.ts';
import { realFlows } from '../conversation/world.ts';
import { openTestStore, wib } from '../pickup/world.ts';

let test: Awaited<ReturnType<typeof openTestStore>>;
let number: string;
/** What the engine was told, in order; it forgets what it has marked. */
let heard: Event[];
let mayGo = true;
let fails: boolean;
/** A conversation that cannot be stepped. */
let deaf: string | undefined;
let published: unknown[];

beforeEach(async () => {
  test = await openTestStore();
  heard = [];
  fails = false;
  deaf = undefined;
  published = [];
  test.store.hub.subscribe('requests', (one) => published.push(one));
  number = await file('c1');
});
afterEach(() => test.close());

async function file(conversation: string): Promise<string> {
  const filed = await test.store.applications.create({
    ...{
      series: 'KL-2611',
      numberFor: (n) => `KL-2611-000${n}-7`,
      filedBy: `${conversation}:1`,
      conversation,
    },
    ...{ service: 'akta-kelahiran', state: 'verification', answers: {}, pin: '123456' },
    ...{ submittedAt: 1, dueAt: 2, pinFailures: 0, pinLockedUntil: 0 },
  });
  return filed.number;
}

function process() {
  const { applications, hub } = test.store;
  const teller = createTeller({
    ...{ applications, hub },
    engine: {
      handle: async (conversation, event) => {
        if (fails || conversation === deaf) throw new Error('the process dies');
        heard.push(event);
        return undefined;
      },
    },
    log: pino({ level: 'silent' }),
    mayGo: async () => mayGo,
  });
  const cases = createCases({
    ...{ applications, hub, teller },
    flows: { services: {}, timing: realFlows().timing },
    timeZone: 'Asia/Jakarta',
    clock: { now: () => wib('2026-11-23T09:00') },
    outgoing: async (_application, file) => ({ files: [file] }),
    findVisit: async () => undefined,
    ended: async () => {},
  });
  return { teller, cases };
}

const susi = { by: { id: 'op-susi', name: 'Susi' }, actor: 'supervisor' } as const;
const reject = (cases: ReturnType<typeof createCases>, which = number) =>
  cases.decide({ number: which, revision: 0 }, { decision: 'reject', reason: 'Bukan warga kami' }, susi);

describe('news of an application', () => {
  it('is told once it is written, and then forgotten', async () => {
    expect(await reject(process().cases)).toMatchObject({ ok: true });
    expect(heard).toEqual([
      {
        type: 'application.news',
        id: `${number}.2.rejected`,
        news: { number, service: 'akta-kelahiran', kind: 'rejected', reason: 'Bukan warga kami', dueAt: 2 },
      },
    ]);
    expect(await test.store.applications.listUntold(10)).toEqual([]);
    expect(published).toContain(number);
  });

  it('survives a crash between the write and the telling, under the same id', async () => {
    fails = true;
    expect(await reject(process().cases)).toMatchObject({ ok: true });
    fails = false;
    const { teller } = process();
    expect(await teller.look()).toBe(1);
    expect(heard).toMatchObject([{ id: `${number}.2.rejected` }]);
    expect(await teller.look()).toBe(0);
    expect(heard).toHaveLength(1);
  });

  it('is told by two processes under one id, which the engine marks, and forgotten by both', async () => {
    fails = true;
    await reject(process().cases);
    fails = false;
    await Promise.all([process().teller.look(), process().teller.look()]);
    expect(new Set(heard.map((event) => 'id' in event && event.id))).toEqual(
      new Set([`${number}.2.rejected`]),
    );
    expect(await test.store.applications.listUntold(10)).toEqual([]);
  });

  it('of one application that cannot be told keeps nobody else waiting', async () => {
    fails = true;
    await reject(process().cases);
    const other = await file('c2');
    await reject(process().cases, other);
    deaf = 'c1';
    fails = false;
    expect(await process().teller.look()).toBe(2);
    expect(heard).toMatchObject([{ id: `${other}.2.rejected` }]);
    expect(await test.store.applications.listUntold(10)).toMatchObject([{ number }]);
  });

  it('is of the decision that won: the other one writes and tells nothing', async () => {
    const both = await Promise.all([reject(process().cases), reject(process().cases)]);
    expect(both.map((outcome) => (outcome.ok ? 'ok' : outcome.reason)).sort()).toEqual(['ok', 'stale']);
    expect(heard).toHaveLength(1);
    expect((await test.store.applications.find(number))?.history).toHaveLength(1);
  });

  it('waits for the hours at which it may go', async () => {
    mayGo = false;
    const { cases, teller } = process();
    await reject(cases);
    expect(await teller.look()).toBe(1);
    expect(heard).toEqual([]);
    mayGo = true;
    await teller.look();
    expect(heard).toHaveLength(1);
    expect(await test.store.applications.listUntold(10)).toEqual([]);
  });
});
