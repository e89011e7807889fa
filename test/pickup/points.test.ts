import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPoints, type Points } from '../../src/pickup/places/points.ts';
import { quiet } from '../channels/twilio/world.ts';
import { officeOf, openTestStore, REMBANG } from './world.ts';

const OFFICE = officeOf(REMBANG);
const BROKEN = {
  status: 'broken',
  reason: { id: 'Alat rusak', en: 'Alat rusak' },
  until: '2026-11-30',
} as const;
const ABOUT = { since: 1_000, by: 'Siti' };

let test: Awaited<ReturnType<typeof openTestStore>>;
let open: Points[];
let points: Points;

beforeEach(async () => {
  test = await openTestStore();
  open = [];
  points = await start();
});
afterEach(async () => {
  for (const each of open) each.stop();
  vi.useRealTimers();
  await test.close();
});

/** A process of its own, as far as points go. */
async function start({ settings, hub } = test.store, office = OFFICE): Promise<Points> {
  const one = createPoints({ office, settings, hub, log: quiet });
  open.push(one);
  await one.start();
  return one;
}

const kantor = (of = points) => of.office().points.kantor;

describe('the points while the service runs', () => {
  it('are those of office.yaml at first, and the same object until something changes', async () => {
    expect(points.office()).toEqual(OFFICE);
    expect(points.office()).toBe(points.office());
    const before = points.office();
    await points.change({ point: 'kantor', standing: BROKEN, ...ABOUT });
    expect(points.office()).not.toBe(before);
    expect(points.office()).toBe(points.office());
    expect(OFFICE.points.kantor?.status).toBe('active');
  });

  it('stand as an operator says, and outlive a restart', async () => {
    await points.change({ point: 'kantor', standing: BROKEN, ...ABOUT });
    expect(kantor()).toMatchObject(BROKEN);
    expect(kantor(await start())).toMatchObject(BROKEN);
    expect(points.changes()).toEqual([{ point: 'kantor', standing: BROKEN, ...ABOUT }]);
  });

  it('have what is said of one activity only there', async () => {
    await points.change({ point: 'kantor', activity: 'pickup', standing: BROKEN, ...ABOUT });
    expect(kantor()?.status).toBe('active');
    expect(kantor()?.activities.pickup).toMatchObject(BROKEN);
    expect(kantor()?.activities.submit?.status).toBe('active');
  });

  it('lose the reason and the end of office.yaml with its status', async () => {
    const office = officeOf(
      REMBANG.replace('status: broken', 'status: broken, until: 2026-12-01, reason: { id: a, en: b }'),
    );
    const one = await start(test.store, office);
    await one.change({ point: 'lasem', activity: 'record', standing: { status: 'active' }, ...ABOUT });
    expect(one.office().points.lasem?.activities.record).toEqual({
      hours: office.points.lasem?.activities.record?.hours,
      ...{ slotMinutes: 60, capacity: 1, status: 'active' },
    });
  });

  it('keep a capacity when only the standing is said, and the other way round', async () => {
    const of = { point: 'kantor', activity: 'pickup' } as const;
    await points.change({ ...of, capacity: 5, ...ABOUT });
    await points.change({ ...of, standing: BROKEN, ...ABOUT });
    expect(kantor()?.activities.pickup).toMatchObject({ ...BROKEN, capacity: 5 });
    await points.restore(of);
    expect(kantor()).toEqual(OFFICE.points.kantor);
  });

  it('are closed on the days off that were entered, beside those of office.yaml', async () => {
    const office = officeOf(
      REMBANG,
      '\nclosures:\n  - { date: 2026-12-25, reason: { id: Natal, en: Christmas } }\n',
    );
    const one = await start(test.store, office);
    const day = { date: '2026-12-28', reason: { id: 'Banjir', en: 'Banjir' }, points: ['lasem'] };
    await one.setDaysOff([{ ...day, by: 'Siti' }]);
    expect(one.office().closures).toEqual([...office.closures, day]);
    await one.setDaysOff([]);
    expect(one.office().closures).toEqual(office.closures);
  });

  it('ignore a point that office.yaml has no more, and know it again when it is back', async () => {
    await points.change({ point: 'pamotan', standing: BROKEN, ...ABOUT });
    await points.change({ point: 'sale', activity: 'print', standing: BROKEN, ...ABOUT });
    expect(points.office()).toEqual(OFFICE);
    const office = officeOf(REMBANG.replace('  sale:', '  pamotan:'));
    expect((await start(test.store, office)).office().points.pamotan).toMatchObject(BROKEN);
  });

  it('are heard of by another process at once', async () => {
    const other = await start();
    await points.change({ point: 'kantor', standing: BROKEN, ...ABOUT });
    await expect.poll(() => kantor(other)?.status).toBe('broken');
  });

  it('are heard of within a minute where the news was lost', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const deaf = { publish: () => {}, subscribe: () => () => {} };
    const other = await start({ ...test.store, hub: deaf });
    await points.change({ point: 'kantor', standing: BROKEN, ...ABOUT });
    expect(kantor(other)?.status).toBe('active');
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    await expect.poll(() => kantor(other)?.status).toBe('broken');
  });

  it('lose nothing when two processes change them at the same time', async () => {
    const other = await start();
    await Promise.all([
      points.change({ point: 'kantor', standing: BROKEN, ...ABOUT }),
      other.change({ point: 'lasem', standing: BROKEN, ...ABOUT }),
      other.setDaysOff([{ date: '2026-12-28', reason: { id: 'a', en: 'a' }, by: 'Budi' }]),
    ]);
    const { points: all, closures } = (await start()).office();
    expect([all.kantor?.status, all.lasem?.status, closures.length]).toEqual(['broken', 'broken', 1]);
  });

  it('stand without what another version wrote and this one cannot read', async () => {
    const changes = [
      { point: 'kantor', standing: { status: 'flooded' }, ...ABOUT },
      { point: 'lasem', standing: BROKEN, ...ABOUT },
    ];
    await test.store.settings.write('points', 1, { changes, daysOff: 'none' });
    const one = await start();
    expect(one.changes()).toHaveLength(1);
    expect(one.office().points.lasem?.status).toBe('broken');
  });
});
