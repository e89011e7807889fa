/** A slot with the words for its place. */
import type { Office } from '../office.ts';
import { dateAt } from './openings.ts';
import { findPoint, placeOn } from './place-on.ts';
import type { OfferedSlot, Slot } from './ports.ts';

/**
 * Adds the name of the point and the address at which it is on the slot's day; a point that is no longer in `office.yaml`
 * is shown by its id.
 */
export function toOfferedSlot(office: Office, slot: Slot): OfferedSlot {
  const { point, activity, startAt, endAt } = slot;
  const name = findPoint(office, point)?.name ?? { id: point, en: point };
  const address = placeOn(office, point, dateAt(startAt, office.timeZone))?.address;
  const withAddress = (text: string) => (address === undefined ? text : `${text}, ${address}`);
  return { point, activity, startAt, endAt, place: { id: withAddress(name.id), en: withAddress(name.en) } };
}
