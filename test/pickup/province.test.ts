/** A province of which many recording devices are broken (Kalbar: 105 of 174 kecamatan record). */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { orderPoints } from '../../src/pickup/offering/point-order.ts';
import { findPlaces } from '../../src/pickup/places/places.ts';
import { officeOf, REMBANG, wib } from './world.ts';

const NOW = wib('2026-11-24T09:00');
const today = Temporal.PlainDate.from('2026-11-24');
const COUNT = 174;
const WORKING = 105;
const EARTH_KM = 6371;

/** On a grid that is not even, so that no two distances are the same; who records is spread over it. */
const kecamatan = Array.from({ length: COUNT }, (_, i) => ({
  id: `kec-${i}`,
  latitude: -2 + (i % 14) * 0.31 + i * 0.00071,
  longitude: 109 + Math.floor(i / 14) * 0.37 + (i % 5) * 0.0137,
  works: Math.floor(((i + 1) * WORKING) / COUNT) > Math.floor((i * WORKING) / COUNT),
}));
const points = kecamatan.map(({ id, latitude, longitude, works }) => {
  const out = { status: 'broken', reason: { id: 'server rusak', en: 'server broken' } };
  const record = {
    hours: { 'mon-thu': ['08:00-12:00'] },
    slotMinutes: 30,
    capacity: 2,
    ...(works ? {} : out),
  };
  const name = { id: `Kantor Camat ${id}`, en: `District office ${id}` };
  return [
    id,
    { name, address: id, kind: 'district', location: { latitude, longitude }, activities: { record } },
  ];
});
const [head = ''] = REMBANG.split('points:');
const office = officeOf(head, stringify({ points: Object.fromEntries(points) }));

/** Not the formula of the product: the chord through a round earth, which sorts as the way over it does. */
function apart(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const [p, q] = [a, b].map(({ latitude, longitude }) => {
    const [lat, lon] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  });
  return Math.hypot(...[0, 1, 2].map((axis) => (p?.[axis] ?? 0) - (q?.[axis] ?? 0)));
}

function nearestWorking(from: { latitude: number; longitude: number }) {
  return kecamatan.filter(({ works }) => works).toSorted((a, b) => apart(from, a) - apart(from, b))[0];
}

describe('174 kecamatan of which 105 record', () => {
  it('are that many', () => {
    expect(kecamatan.filter(({ works }) => works)).toHaveLength(WORKING);
    expect(Object.keys(office.points)).toHaveLength(COUNT);
  });

  it('send everyone to the nearest that records, and say what is broken and why at their own', async () => {
    for (const from of kecamatan) {
      const { id, works } = from;
      const order = await orderPoints({ office, activity: 'record', today, near: { point: id } });
      const first = kecamatan.find((one) => one.id === order.points[0]?.point);
      const nearest = nearestWorking(from);
      expect(first?.works, id).toBe(true);
      // Distances are told, and compared, in tenths of a kilometre.
      if (first && nearest)
        expect(apart(from, first) * EARTH_KM, id).toBeLessThan(apart(from, nearest) * EARTH_KM + 0.1);
      expect(order.remark, id).toEqual(
        works
          ? undefined
          : {
              code: 'broken',
              place: { id: `Kantor Camat ${id}`, en: `District office ${id}` },
              why: { id: 'server rusak', en: 'server broken' },
            },
      );
    }
  });

  it('tell the three nearest that are open to who sends a location, with the distance', () => {
    for (const { latitude, longitude } of kecamatan) {
      const here = { latitude: latitude + 0.05, longitude: longitude - 0.04 };
      const { places } = findPlaces(office, { near: here, activities: ['record'] }, NOW);
      const expected = kecamatan
        .filter(({ works }) => works)
        .toSorted((a, b) => apart(here, a) - apart(here, b))
        .slice(0, 3);
      expect(places.map(({ name }) => name.id)).toEqual(expected.map(({ id }) => `Kantor Camat ${id}`));
      for (const { distanceKm } of places) expect(distanceKm).toBeGreaterThan(0);
    }
  });
});
