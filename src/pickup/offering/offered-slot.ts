/** A slot with the words for its place. */
import type { Office } from '../../office.ts';
import { dateAt } from '../calendar/openings.ts';
import { findPoint, placeOn } from '../calendar/place-on.ts';
import type { OfferedSlot, Slot } from '../ports.ts';

/**
 * Adds the name of the point and the address at which it is on the slot's day; a point that is no longer in `office.yaml`
 * is shown by its id.
 */
export function toOfferedSlot(office: Office, slot: Slot): OfferedSlot {
  const { point, activity, startAt, endAt } = slot;
  const place = placeWords(office, point, dateAt(startAt, office.timeZone));
  return { point, activity, startAt, endAt, place };
}

/** The name of a point and its address on that date; its id where it is no longer in `office.yaml`. */
export function placeWords(office: Office, point: string, date: Temporal.PlainDate): OfferedSlot['place'] {
  const name = findPoint(office, point)?.name ?? { id: point, en: point };
  const address = placeOn(office, point, date)?.address;
  const withAddress = (text: string) => (address === undefined ? text : `${text}, ${address}`);
  return { id: withAddress(name.id), en: withAddress(name.en) };
}
