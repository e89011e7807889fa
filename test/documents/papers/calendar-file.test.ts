import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCalendarFacts } from '../../../src/calendar-facts.ts';
import { createCalendarHandler } from '../../../src/documents/papers/calendar-effect.ts';
import { type CalendarFacts, renderCalendar } from '../../../src/documents/papers/calendar-file.ts';
import { realFlows } from '../../conversation/world.ts';
import { officeOf, REMBANG, wib } from '../../pickup/world.ts';
import { context, effect, openWorld, PUBLIC_URL, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const NUMBER = 'RK-2611-0001-7';
const office = officeOf(
  REMBANG.replace(
    'address: Jl. Pemuda 1',
    'address: Jl. Pemuda 1\n    location: { latitude: -6.705, longitude: 111.34 }',
  ),
);
const answers = { pemohon_nama: 'Siti Aminah Putri', pemohon_nik: '3317105505080002' };

const book = (start: string, application = NUMBER) =>
  world.store.bookings.reserve({
    ...{ application, service: 'ktp-baru', capacity: 2, now: world.clock.at },
    slot: { point: 'kantor', activity: 'submit', startAt: wib(start), endAt: wib(start) + 1_800_000 },
  });

function factsOf(owner = 'talk') {
  return createCalendarFacts({
    ...{ flows: realFlows(), officeNow: () => office, clock: world.clock, bookings: world.store.bookings },
    applications: {
      findByConversation: async (conversation) =>
        conversation === owner ? ([{ number: NUMBER, service: 'ktp-baru', answers }] as never) : [],
    },
  });
}

async function ask(asLink = false, application: string | null = NUMBER) {
  const { vault, links, store } = world;
  const deps = { factsOf: factsOf(), vault, links, sealer: store.sealer, publicUrl: PUBLIC_URL };
  const asked = effect('calendar', { application, language: 'id', asLink });
  const { result } = await createCalendarHandler(deps).run(asked, context());
  const { file, url } = result as {
    file: { file: string; contentType: string; name: string } | null;
    url: string | null;
  };
  const kept = file && (await world.vault.get(file.file));
  return { file, url, text: Buffer.from(kept?.bytes ?? []).toString() };
}

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const inside = calendar.getFirstSubcomponent('vevent');
  if (!inside) throw new Error('no event');
  return { calendar, inside, event: new ICAL.Event(inside) };
}

describe('the visit as a calendar file', () => {
  test('says when in UTC, where, with coordinates, and reminds two hours before', async () => {
    await book('2026-11-25T09:00');
    const { file, url, text } = await ask();
    expect(file).toMatchObject({ contentType: 'text/calendar', name: `jadwal-${NUMBER}.ics` });
    expect(url).toBeNull();
    const { calendar, inside, event } = read(text);
    expect(event.startDate.toString()).toBe('2026-11-25T02:00:00Z');
    expect(event.endDate.toString()).toBe('2026-11-25T02:30:00Z');
    expect(event.location).toBe('Kantor Dukcapil, Jl. Pemuda 1');
    expect(inside.getFirstPropertyValue('geo')).toEqual([-6.705, 111.34]);
    expect(event.summary).toBe('KTP baru (perekaman) (pengajuan), Disdukcapil Rembang');
    expect(event.description).toContain('Rabu 25 November 2026 pukul 09.00-09.30 WIB');
    expect(event.description).toContain('Bawa: KK dan fotokopinya');
    expect(`${inside.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')}`).toBe('-PT2H');
    expect(calendar.getFirstPropertyValue('method')).toBeNull();
  });

  test('tells nobody who comes: no name, no NIK', async () => {
    await book('2026-11-25T09:00');
    const { text } = await ask();
    expect(text.replace(/\r\n /g, '')).not.toMatch(/Siti|Aminah|3317105505080002/);
  });

  test('keeps its UID when the visit changes, and raises the sequence', async () => {
    await book('2026-11-25T09:00');
    const [first, again] = [await ask(), await ask()];
    expect(again.text).toBe(first.text);
    expect(again.file?.file).toBe(first.file?.file);
    world.clock.at += 60_000;
    await book('2026-11-26T10:00');
    const [before, after] = [read(first.text).event, read((await ask()).text).event];
    expect(after.uid).toBe(before.uid);
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect(after.startDate.toString()).toBe('2026-11-26T03:00:00Z');
  });

  test('is found without a number, and never for the case of somebody else', async () => {
    await book('2026-11-25T09:00');
    expect((await ask(false, null)).file).not.toBeNull();
    expect((await ask(false, 'KL-2611-0009-9')).file).toBeNull();
    expect(await factsOf('somebody else')('talk', NUMBER)).toBeUndefined();
  });

  test('is not there without a visit, or when it is over', async () => {
    expect(await ask()).toMatchObject({ file: null, url: null });
    await book('2026-11-25T09:00');
    world.clock.at = wib('2026-11-25T09:30');
    expect((await ask()).file).toBeNull();
  });

  test('goes as a link where the phone takes no such file', async () => {
    await book('2026-11-25T09:00');
    const { url, file } = await ask(true);
    const found = await world.links.find(url?.split('/').at(-1) ?? '');
    expect(found).toMatchObject({
      state: 'open',
      link: { kind: 'download', file: file?.file, application: NUMBER },
    });
  });
});

describe('the lines of the file', () => {
  test('end with CRLF and are at most 75 octets long, whatever stands in them', async () => {
    const long = 'Balai Désa "Äbang; Kulon", Jl. Raya \\ 5\nlantai 1, '.repeat(6);
    const facts: CalendarFacts = {
      application: NUMBER,
      visit: { startAt: 0, endAt: 1_800_000, changedAt: 0, place: { id: long, en: long } },
      purpose: { id: long, en: long },
      bring: { id: long, en: long },
      office: { id: 'Dukcapil 🪪', en: 'Registry' },
      timeZone: 'Asia/Jayapura',
    };
    for (const language of ['id', 'en'] as const) {
      const text = Buffer.from(await renderCalendar(facts, language, 'loket.contoh.go.id')).toString();
      const lines = text.split('\r\n');
      expect(lines.at(-1)).toBe('');
      for (const line of lines) {
        expect(line).not.toMatch(/[\r\n]/);
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      }
      expect(read(text).event.location).toBe(long);
      expect(read(text).event.sequence).toBe(0);
    }
  });
});
