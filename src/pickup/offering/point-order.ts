/** In which order the points are asked for a time, and what is in the way at the one that would be first. */
import type { Near, SlotRemark } from '../../flows/talk.ts';
import type { Office, Standing } from '../../office.ts';
import { bookableActivity, outOfOrder } from '../calendar/openings.ts';
import { findPoint } from '../calendar/place-on.ts';
import { OUT } from '../calendar/reason-closed.ts';
import { isFar, type NearPoint, pointsAt, sortPoints } from '../places/near.ts';
import type { Activity } from '../ports.ts';

/**
 * `named`: those of them that work today and were asked for by name, or lie in the kecamatan that was. `remark` tells why the
 * first is not where one would expect it.
 */
export interface PointOrder {
  points: NearPoint[];
  named: string[];
  remark?: SlotRemark;
}

/** What is asked: `isBlankOut` is absent where no blank card is needed. */
export interface OrderWanted {
  office: Office;
  activity: Activity;
  today: Temporal.PlainDate;
  near?: Near | undefined;
  /** Where they have a visit already, for who says nothing of a place. */
  chosen?: string | undefined;
  isBlankOut?: ((point: string) => Promise<boolean>) | undefined;
}

/**
 * Points that have this activity: the nearest first, or where nobody said where they are the chosen one, then as in `office.yaml`. What is out
 * of order today comes last (it may work again later), what has no blank cards not at all. Whoever is far from all of them
 * is sent to the main office.
 */
export async function orderPoints(wanted: OrderWanted): Promise<PointOrder> {
  const { office, activity, today, near } = wanted;
  const isAway = near !== undefined && isFar(near, office, today);
  const sorted: NearPoint[] = near && !isAway ? sortPoints(office, near, today) : asWritten(wanted);
  const able = sorted.filter(({ point }) => bookableActivity(office, { point, activity }));
  const isOut = ({ point }: NearPoint) => outOfOrder(office, { point, activity }, today) !== undefined;
  const working = [...able.filter((one) => !isOut(one)), ...able.filter(isOut)];
  const blank = await withoutBlanks(working, wanted.isBlankOut);
  const points = working.filter(({ point }) => !blank.has(point));
  const expected = able.find(({ point }) => isExpected(wanted, point));
  const remark = isAway
    ? farFrom(office, points)
    : (unableAt(wanted) ??
      (expected && (brokenAt(wanted, expected.point) ?? blankAt(office, expected.point, blank))));
  const there = near ? pointsAt(near, office, today) : [];
  const named = points.filter((one) => there.includes(one.point) && !isOut(one)).map(({ point }) => point);
  return { points, named, ...(remark ? { remark } : {}) };
}

/** The place that they have chosen before, and the others as in `office.yaml`. */
function asWritten({ office, near, chosen }: OrderWanted): NearPoint[] {
  const all = Object.keys(office.points).map((point): NearPoint => ({ point }));
  const isFirst = ({ point }: NearPoint) => near === undefined && point === chosen;
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}

/** Who names a place that does other things is told so. */
function unableAt(wanted: OrderWanted): SlotRemark | undefined {
  const { office, activity, near } = wanted;
  if (!near || !('point' in near)) return undefined;
  const place = findPoint(office, near.point);
  if (!place || bookableActivity(office, { point: near.point, activity })) return undefined;
  return brokenAt(wanted, near.point) ?? { code: 'not-there', place: place.name };
}

/** The place as one would find it: a point that was never opened is missed by those only who name it. */
function isExpected({ office, activity, today, near }: OrderWanted, point: string): boolean {
  const isNamed = near !== undefined && 'point' in near && near.point === point;
  return isNamed || outOfOrder(office, { point, activity }, today)?.status !== 'planned';
}

async function withoutBlanks(
  points: readonly NearPoint[],
  isBlankOut: OrderWanted['isBlankOut'],
): Promise<Set<string>> {
  const out = new Set<string>();
  if (isBlankOut) for (const { point } of points) if (await isBlankOut(point)) out.add(point);
  return out;
}

function farFrom(office: Office, [first]: readonly NearPoint[]): SlotRemark {
  const place = first && findPoint(office, first.point)?.name;
  return { code: 'far', ...(place ? { place } : {}) };
}

function blankAt(office: Office, point: string, blank: ReadonlySet<string>): SlotRemark | undefined {
  const place = findPoint(office, point)?.name;
  return blank.has(point) ? { code: 'blangko', ...(place ? { place } : {}) } : undefined;
}

function brokenAt({ office, activity, today }: OrderWanted, point: string): SlotRemark | undefined {
  const standing = outOfOrder(office, { point, activity }, today);
  return standing && brokenRemark(office, point, standing);
}

/** That a place is out of order: where, why, and for how long if somebody knows. */
export function brokenRemark(office: Office, point: string, { status, reason, until }: Standing): SlotRemark {
  const place = findPoint(office, point)?.name;
  const why = reason ?? (status === 'active' ? undefined : OUT[status]);
  return {
    code: 'broken',
    ...(place ? { place } : {}),
    ...(why ? { why } : {}),
    ...(until === undefined ? {} : { until }),
  };
}
