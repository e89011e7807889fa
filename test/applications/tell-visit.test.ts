import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { revisionOf } from '../../src/applications/history.ts';
import { createTeller } from '../../src/applications/tell.ts';
import { createTellVisit, type VisitNews } from '../../src/applications/tell-visit.ts';
import type { Event } from '../../src/conversation/types.ts';
import { openTestStore } from '../pickup/world.ts';

const NUMBER = 'KL-2611-0001-7';
const MOVED: VisitNews = {
  id: 'outage-one-two',
  news: { kind: 'visit-moved', why: { id: 'Alat rusak', en: 'Device broken' } },
  note: 'Jadwal dipindah',
};

let test: Awaited<ReturnType<typeof openTestStore>>;
let heard: Event[];
let fails: boolean;
let tellVisit: ReturnType<typeof createTellVisit>;

beforeEach(async () => {
  test = await openTestStore();
  heard = [];
  fails = false;
  await test.store.applications.create({
    ...{ series: 'KL-2611', numberFor: () => NUMBER, filedBy: 'c1:1', conversation: 'c1' },
    ...{ service: 'akta-kelahiran', state: 'verification', answers: {}, pin: '123456' },
    ...{ submittedAt: 1, dueAt: 2, pinFailures: 0, pinLockedUntil: 0 },
  });
  const { applications, hub } = test.store;
  const teller = createTeller({
    ...{ applications, hub, log: pino({ level: 'silent' }) },
    engine: {
      handle: async (_conversation, event) => {
        if (fails) throw new Error('the process dies');
        heard.push(event);
        return undefined;
      },
    },
  });
  tellVisit = createTellVisit({ applications, teller, clock: { now: () => 7 } });
});
afterEach(() => test.close());

const find = async () => {
  const found = await test.store.applications.find(NUMBER);
  if (!found) throw new Error('the application is gone');
  return found;
};

describe('news of a visit', () => {
  it('is told once by its id, and noted for operators', async () => {
    expect(await tellVisit(NUMBER, MOVED)).toBe('told');
    expect(await tellVisit(NUMBER, MOVED)).toBe('before');
    expect(heard).toEqual([
      {
        type: 'application.news',
        id: `${NUMBER}.outage-one-two`,
        news: { number: NUMBER, service: 'akta-kelahiran', dueAt: 2, ...MOVED.news },
      },
    ]);
    expect((await find()).history).toEqual([
      {
        ...{ at: 7, event: 'note', by: 'system', state: 'verification', reason: 'Jadwal dipindah' },
        news: 'outage-one-two',
      },
    ]);
  });

  it('is told once however many tell it at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => tellVisit(NUMBER, MOVED)));
    expect(all.filter((one) => one === 'told')).toHaveLength(1);
    expect((await find()).history).toHaveLength(1);
  });

  it('lies in the application until it could be told', async () => {
    fails = true;
    expect(await tellVisit(NUMBER, MOVED)).toBe('told');
    expect((await find()).untold).toMatchObject([{ news: { kind: 'visit-moved' } }]);
  });

  it('does not put the decision of an officer out of date', async () => {
    const before = revisionOf(await find());
    await tellVisit(NUMBER, MOVED);
    expect(revisionOf(await find())).toBe(before);
  });

  it('is of nobody when there is no such application', async () => {
    expect(await tellVisit('KL-2611-0009-9', MOVED)).toBe('unknown');
    expect(heard).toEqual([]);
  });
});
