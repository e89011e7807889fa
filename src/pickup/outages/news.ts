/** What is told of a visit that an outage concerns: to the applicant, and in the history. */
import type { ApplicationNews, NewsKind } from '../../conversation/types.ts';
import { formatSlot } from '../../flows/format.ts';
import type { Office } from '../../office.ts';
import { dateAt } from '../calendar/openings.ts';
import { placeOn } from '../calendar/place-on.ts';
import { reasonClosed } from '../calendar/reason-closed.ts';
import { isSame } from '../offering/free-times.ts';
import { toOfferedSlot } from '../offering/offered-slot.ts';
import { OFFERED } from '../offering/spread.ts';
import { distanceKm } from '../places/near.ts';
import type { Activity, Booking, OfferedSlot, Slot } from '../ports.ts';
import type { OutageRecord, VisitNotice } from './record.ts';

/** What the words are made of. */
export interface OutageNewsDeps {
  office(): Office;
  /** Good times near a point, for who does not want the one that was found. */
  findOthers(visit: { application: string; activity: Activity }, near: string): Promise<OfferedSlot[]>;
  /** Why, in words for citizens, where the operator gave none. */
  whyOf(cause: OutageRecord['cause']): { id: string; en: string };
}

/** The visit as it is now (`slot`) and as it was when the outage began. */
interface Told {
  kind: VisitNotice;
  slot: Slot;
  was: Booking;
}

/** For the applicant: where to come now, why, and other times to choose from. */
export async function newsOf(
  deps: OutageNewsDeps,
  record: OutageRecord,
  { kind, slot, was }: Told,
): Promise<Partial<ApplicationNews> & { kind: NewsKind }> {
  const office = deps.office();
  const told = { ...toOfferedSlot(office, slot), ...distanceBetween(deps, slot, was) };
  if (kind === 'visit-restored') return { kind, slot: told };
  const why = whyOf(deps, record, was);
  if (kind === 'visit-waiting') return { kind, slot: told, why };
  const { application, activity } = was;
  const others = await deps.findOthers({ application, activity }, was.point);
  const slots = [told, ...others.filter((other) => !isSame(other, slot))].slice(0, OFFERED);
  return { kind, slot: told, was: toOfferedSlot(office, was), slots, why };
}

/** In the operator's words; for a time that the calendar has no more the reason of its day. */
function whyOf(deps: OutageNewsDeps, { cause, reason }: OutageRecord, was: Slot): { id: string; en: string } {
  const office = deps.office();
  const given = reason === undefined ? undefined : { id: reason, en: reason };
  const ofDay =
    cause === 'calendar' ? reasonClosed(office, was, dateAt(was.startAt, office.timeZone)) : undefined;
  const { id, en } = given ?? ofDay ?? deps.whyOf(cause);
  return { id: clause(id), en: clause(en) };
}

/** It stands within a sentence. */
function clause(reason: string): string {
  return reason.replace(/[\s.!]+$/, '');
}

/** From the place where they were to come. */
function distanceBetween(deps: OutageNewsDeps, slot: Slot, was: Slot): Pick<OfferedSlot, 'distanceKm'> {
  const office = deps.office();
  const locationOf = (one: Slot) =>
    placeOn(office, one.point, dateAt(one.startAt, office.timeZone))?.location;
  const [here, there] = [locationOf(was), locationOf(slot)];
  return here && there && slot.point !== was.point ? { distanceKm: distanceKm(here, there) } : {};
}

const NOTES: Readonly<Record<VisitNotice, (because: string) => string>> = {
  'visit-moved': (because) => `Jadwal dipindahkan karena ${because}`,
  'visit-waiting': (because) => `Jadwal tidak dapat dilayani karena ${because}, belum ada waktu lain`,
  'visit-restored': () => 'Jadwal kembali seperti semula',
};

/** For the history, where operators read it. */
export function noteOf(deps: OutageNewsDeps, { cause }: OutageRecord, { kind, slot, was }: Told): string {
  const { timeZone } = deps.office();
  const text = (one: Slot) => formatSlot(one, 'id', timeZone, 'sms');
  const times = kind === 'visit-moved' ? `${text(was)} ke ${text(slot)}` : text(slot);
  return `${NOTES[kind](cause === 'calendar' ? 'jam layanan berubah' : 'gangguan')}: ${times}`;
}

const SUFFIX: Readonly<Record<VisitNotice, string>> = {
  'visit-moved': '',
  'visit-waiting': '-waiting',
  'visit-restored': '-restored',
};

/** Names it for good: nobody hears it twice. */
export function newsId({ id }: OutageRecord, booking: Booking, tell: VisitNotice): string {
  return `outage-${id}-${booking.id}${SUFFIX[tell]}`;
}
