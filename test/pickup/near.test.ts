import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near } from '../../src/flows/talk.ts';
import { createPlaceFinder } from '../../src/flows/wish/find-place.ts';
import { ACTIVITIES, type Office } from '../../src/office.ts';
import { isNamedIn, namePlaces } from '../../src/pickup/places/named-places.ts';
import { distanceKm, isFar, placeOf, sortPoints } from '../../src/pickup/places/near.ts';
import { findPlaces } from '../../src/pickup/places/places.ts';
import { loadRegions } from '../../src/regions.ts';
import { officeOf } from './world.ts';

/** As in West Kalimantan: some kecamatan record, others wait for a device; a car goes around. */
const KUBU_RAYA = `
name: Dinas Kependudukan dan Pencatatan Sipil Kabupaten Kubu Raya
shortName: Disdukcapil Kubu Raya
region: Kabupaten Kubu Raya
address: Jl. Contoh 1, Sungai Raya
website: https://disdukcapil.contoh.go.id
timeZone: Asia/Pontianak
regency: '61.12'
districts:
  '61.12.09': { latitude: -0.62, longitude: 109.29 }
chat: { mon-thu: ["08:00-15:00"], fri: ["08:00-11:00"] }
smsHours: "08:00-20:00"
activities:
  submit: { id: pengajuan, en: submission }
  pickup: { id: pengambilan, en: pick-up }
  record: { id: perekaman, en: recording }
points:
  kantor:
    name: { id: Kantor Disdukcapil, en: Registry office }
    address: Jl. Contoh 1
    district: 61.12.01
    location: { latitude: -0.08, longitude: 109.37 }
    activities:
      submit: { hours: { mon-thu: ["08:00-12:00"] }, slotMinutes: 30, capacity: 2 }
      record: { hours: { mon-thu: ["08:00-12:00"] }, slotMinutes: 30, capacity: 2 }
  kecamatan-rasau-jaya:
    name: { id: Kantor Kecamatan Rasau Jaya, en: Rasau Jaya district office }
    address: Jl. Rasau
    district: 61.12.07
    location: { latitude: -0.23, longitude: 109.36 }
    activities:
      record:
        { hours: { mon-thu: ["08:00-12:00"] }, slotMinutes: 30, capacity: 2, status: broken, until: 2026-12-11, reason: { id: alat perekam rusak, en: the recorder is broken } }
  kecamatan-kuala-mandor:
    name: { id: Kantor Kecamatan Kuala Mandor B, en: Kuala Mandor B district office }
    address: Jl. Kuala
    district: 61.12.02
    activities:
      record: { hours: { wed: ["09:00-11:00"] }, slotMinutes: 30, capacity: 2 }
  keliling:
    name: { id: Mobil keliling, en: Mobile service }
    address: Garasi kantor
    kind: mobile
    route:
      - { day: wed, address: Pasar Terentang, district: 61.12.04, location: { latitude: -0.52, longitude: 109.55 } }
    activities:
      record: { hours: { wed: ["09:00-11:00"] }, slotMinutes: 30, capacity: 2 }
`;

const office = officeOf(KUBU_RAYA);
/** Tuesday. */
const today = Temporal.PlainDate.from('2026-11-24');
const now = Date.parse('2026-11-24T07:00:00+07:00');
const names = loadRegions(isNamedIn(office)).names;
const places = createPlaceFinder(namePlaces(() => office, names));
const near = (text: string): Near | undefined => places.find(text)?.near;
const points = (of: Near, date = today) => sortPoints(office, of, date).map(({ point }) => point);

describe('names of places', () => {
  it.each([
    ['kec sungai kakap', 'Sungai Kakap'],
    ['sungai kakap', 'Sungai Kakap'],
    ['saya di Teluk Pakedai pak', 'Teluk Pakedai'],
    ['sungaikakap', 'Sungai Kakap'],
    ['sungai kakab', 'Sungai Kakap'],
    ['Kecamatan Batu Ampar', 'Batu Ampar'],
  ])('%s is a kecamatan of the regency', (text, name) => {
    expect(near(text)).toMatchObject({ name });
  });

  it.each([
    ['di kecamatan rasau jaya aja', 'kecamatan-rasau-jaya'],
    ['kantor kec rasau jaya', 'kecamatan-rasau-jaya'],
    ['mobil keliling', 'keliling'],
    ['ke kantor saja', 'kantor'],
    ['di disdukcapil', 'kantor'],
  ])('%s is a point of the office', (text, point) => {
    expect(near(text)).toEqual({ point });
  });

  it.each(['sungai', 'kec samarinda ulu', 'jumat jam 9', '1', '', 'saya mau yang dekat'])(
    '%s names no place',
    (text) => {
      expect(near(text)).toBeUndefined();
    },
  );

  it('a place alone is told from one within other words, and its name is taken out', () => {
    expect(places.find('saya tinggal di kec sungai kakap')).toMatchObject({ isWhole: true });
    expect(places.find('jumat jam 9 di sungai kakap')).toMatchObject({
      isWhole: false,
      rest: 'jumat jam 9 di',
    });
    expect(places.find('kantor')).toMatchObject({ isCommon: true });
  });

  it('an office without a regency knows the kecamatan that its points name, and no other', () => {
    const { regency: _regency, districts: _districts, ...rest } = office;
    const small = loadRegions(isNamedIn({ ...rest, districts: {} } as Office)).names;
    expect([...small.keys()].sort()).toEqual(['61.12.01', '61.12.02', '61.12.04', '61.12.07']);
  });

  it('a point that comes to the office while it runs is found', () => {
    let live: Office = office;
    const finder = createPlaceFinder(namePlaces(() => live, names));
    const added = office.points.kantor;
    if (!added) throw new Error('no main office');
    expect(finder.find('gaia bumi raya')).toBeUndefined();
    live = {
      ...office,
      points: { ...office.points, mal: { ...added, name: { id: 'Gaia Bumi Raya', en: 'Gaia' } } },
    };
    expect(finder.find('gaia bumi raya')?.near).toEqual({ point: 'mal' });
  });

  it('nothing that is typed makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(() => places.find(text)).not.toThrow();
      }),
    );
  });
});

describe('distances', () => {
  it('are measured as the crow flies, with one decimal', () => {
    // Pontianak and Singkawang; the equator's degree.
    expect(distanceKm({ latitude: 0, longitude: 109 }, { latitude: 0, longitude: 110 })).toBe(111.2);
    expect(
      distanceKm({ latitude: -0.026, longitude: 109.342 }, { latitude: 0.908, longitude: 108.987 }),
    ).toBe(111.1);
  });

  it('are the same both ways, never negative, and at most half the way around', () => {
    const place = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(distanceKm(a, b)).toBe(distanceKm(b, a));
        expect(distanceKm(a, b)).toBeGreaterThanOrEqual(0);
        expect(distanceKm(a, b)).toBeLessThanOrEqual(20_020);
        expect(distanceKm(a, a)).toBe(0);
      }),
    );
  });
});

describe('which point is near', () => {
  it('the nearest comes first, and what has no coordinates last', () => {
    expect(sortPoints(office, { latitude: -0.24, longitude: 109.36 }, today)).toEqual([
      { point: 'kecamatan-rasau-jaya', km: 1.1 },
      { point: 'kantor', km: 17.8 },
      { point: 'kecamatan-kuala-mandor' },
      { point: 'keliling' },
    ]);
  });

  it('a kecamatan lies where its point lies, else where office.yaml says, else nowhere', () => {
    expect(placeOf({ district: '61.12.07', name: '' }, office, today)).toEqual({
      latitude: -0.23,
      longitude: 109.36,
    });
    expect(placeOf({ district: '61.12.09', name: '' }, office, today)).toEqual({
      latitude: -0.62,
      longitude: 109.29,
    });
    expect(placeOf({ district: '61.12.02', name: '' }, office, today)).toBeUndefined();
  });

  it('in a kecamatan without coordinates its own point comes first', () => {
    expect(points({ district: '61.12.02', name: 'Kuala Mandor B' })[0]).toBe('kecamatan-kuala-mandor');
  });

  it('the named point comes first, and no distance to itself is told', () => {
    expect(sortPoints(office, { point: 'kecamatan-rasau-jaya' }, today).slice(0, 2)).toEqual([
      { point: 'kecamatan-rasau-jaya' },
      { point: 'kantor', km: 16.7 },
    ]);
  });

  it('a car is where it stands on that day', () => {
    const market = { latitude: -0.51, longitude: 109.55 };
    expect(points(market, today.add({ days: 1 }))[0]).toBe('keliling');
    expect(points(market, today)[0]).toBe('kecamatan-rasau-jaya');
  });

  it('a place at sea, or in another province, is far from all of them', () => {
    expect(isFar({ latitude: -0.1, longitude: 109.5 }, office, today)).toBe(false);
    expect(isFar({ latitude: -6.2, longitude: 106.8 }, office, today)).toBe(true);
    expect(isFar({ district: '61.12.02', name: '' }, office, today)).toBe(false);
  });
});

describe('where to go', () => {
  const find = (of: Near, ...activities: ('submit' | 'pickup' | 'record')[]) =>
    findPlaces(office, { near: of, activities: activities.length > 0 ? activities : ACTIVITIES }, now);

  it('where the recorder of the kecamatan is broken, that is told with its end, and the nearest that works', () => {
    const { places: told, remark } = find({ district: '61.12.07', name: 'Rasau Jaya' }, 'record');
    expect(remark).toEqual({
      code: 'broken',
      place: { id: 'Kantor Kecamatan Rasau Jaya', en: 'Rasau Jaya district office' },
      why: { id: 'alat perekam rusak', en: 'the recorder is broken' },
      until: '2026-12-11',
    });
    expect(told.map(({ name }) => name.id)).toEqual([
      'Kantor Disdukcapil',
      'Kantor Kecamatan Kuala Mandor B',
      'Mobil keliling',
    ]);
    expect(told[0]?.distanceKm).toBe(16.7);
  });

  it('hours are those of the next open day, each with what is done in them', () => {
    const [first] = find({ point: 'kantor' }).places;
    expect(first?.open).toEqual([
      {
        startAt: Date.parse('2026-11-24T08:00:00+07:00'),
        endAt: Date.parse('2026-11-24T12:00:00+07:00'),
        what: { id: 'pengajuan, perekaman', en: 'submission, recording' },
      },
    ]);
  });

  it('a car is told with the place at which it will stand', () => {
    const car = find({ point: 'keliling' }).places[0];
    expect(car?.place.id).toBe('Mobil keliling, Pasar Terentang');
    expect(car?.open[0]?.startAt).toBe(Date.parse('2026-11-25T09:00:00+07:00'));
  });

  it('from far away nothing is told but that', () => {
    expect(find({ latitude: 1.3, longitude: 103.8 })).toEqual({ places: [], remark: { code: 'far' } });
  });

  it('what no place does leads nowhere', () => {
    expect(find({ point: 'kantor' }, 'pickup').places).toEqual([]);
  });
});
