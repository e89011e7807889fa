/** The visit as a calendar file (RFC 5545), for the calendar of a phone. The library is loaded for the first of them. */
import { formatSlot } from '../../flows/format.ts';
import type { Language } from '../../flows/schema.ts';
import type { Words } from './words.ts';

/** What stands in it: no name, no NIK and no PIN, for calendars are shared and synchronised. */
export interface CalendarFacts {
  application: string;
  /** Milliseconds since the epoch; `changedAt`: when this time was booked. */
  visit: { startAt: number; endAt: number; changedAt: number; place: Words };
  location?: { latitude: number; longitude: number } | undefined;
  purpose: Words;
  bring: Words;
  office: Words;
  timeZone: string;
}

const ALARM_BEFORE_SECONDS = 2 * 60 * 60;
/** Sequences are small numbers that grow; nothing was booked before. */
const FIRST_CHANGE = Date.UTC(2026, 0);

const WORDS = {
  id: {
    number: 'Permohonan',
    bring: 'Bawa',
    change: 'Berhalangan? Balas UBAH JADWAL di percakapan kami. Gratis.',
  },
  en: {
    number: 'Application',
    bring: 'Bring',
    change: 'Cannot come? Reply CHANGE TIME in our chat. Free of charge.',
  },
};

/**
 * Renders it; the same visit gives the same bytes. One case has one UID, and each time that is booked for it a higher
 * SEQUENCE, so that the calendar moves the entry in place of adding another. Times are UTC; the office's own stand in the text.
 */
export async function renderCalendar(
  facts: CalendarFacts,
  language: Language,
  host: string,
): Promise<Uint8Array> {
  const { ICalAlarmType, ICalCalendar, ICalEventStatus } = await import('ical-generator');
  const { application, visit, location, purpose, bring, office, timeZone } = facts;
  const words = WORDS[language];
  const changed = new Date(visit.changedAt);
  const summary = `${purpose[language]}, ${office[language]}`;
  const calendar = new ICalCalendar({
    prodId: { company: 'Loket', product: 'Loket', language: language.toUpperCase() },
  });
  const event = calendar.createEvent({
    ...{ id: `${application}@${host}`, summary, stamp: changed, lastModified: changed },
    sequence: Math.max(0, Math.floor((visit.changedAt - FIRST_CHANGE) / 1000)),
    ...{ start: new Date(visit.startAt), end: new Date(visit.endAt), status: ICalEventStatus.CONFIRMED },
    description: [
      formatSlot(visit, language, timeZone),
      `${words.number}: ${application}`,
      `${words.bring}: ${bring[language]}`,
      words.change,
    ].join('\n'),
    location: {
      title: visit.place[language],
      ...(location ? { geo: { lat: location.latitude, lon: location.longitude } } : {}),
    },
  });
  event.createAlarm({ type: ICalAlarmType.display, trigger: ALARM_BEFORE_SECONDS, description: summary });
  // The library leaves the last line open.
  return new TextEncoder().encode(`${calendar.toString().trimEnd()}\r\n`);
}
