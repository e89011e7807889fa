/** A slot with the words for its place. */
import type { Office } from '../office.ts';
import type { OfferedSlot, Slot } from './ports.ts';

/** Adds the name and address of the point; a point that is no longer in `office.yaml` is shown by its id. */
export function toOfferedSlot(office: Office, slot: Slot): OfferedSlot {
  const { point, activity, startAt, endAt } = slot;
  const found = Object.hasOwn(office.points, point) ? office.points[point] : undefined;
  const place = found
    ? { id: `${found.name.id}, ${found.address}`, en: `${found.name.en}, ${found.address}` }
    : { id: point, en: point };
  return { point, activity, startAt, endAt, place };
}
