/**
 * What an outage does to one visit after the other. Each act looks at the visit as it is now and may be done again: a crash
 * between a seat and its note neither moves nor tells anybody twice.
 */
import type { Clock } from '../../clock.ts';
import { intoDaytime } from '../../conversation/quiet-hours.ts';
import type { ApplicationNews, NewsKind } from '../../conversation/types.ts';
import { findSlot } from '../calendar/slots.ts';
import { visitsAhead } from '../offering/booked-slot.ts';
import { isSame } from '../offering/free-times.ts';
import type { MoveVisit } from '../offering/move.ts';
import { type SeatDeps, takeSeat } from '../offering/take-seat.ts';
import type { Booking, Slot } from '../ports.ts';
import { newsId, newsOf, noteOf, type OutageNewsDeps } from './news.ts';
import type { OutageItem, OutageRecord, VisitNotice } from './record.ts';

/** [own] From the message, or the morning in which it comes, to a time that nobody has asked for. */
const NOTICE_MS = 3 * 3_600_000;

/** What is needed of the other rooms. */
export interface OutageWorkDeps extends SeatDeps, OutageNewsDeps {
  clock: Clock;
  /** Gives the next good time near the old place, if there is one. */
  move: MoveVisit;
  /** Tells the applicant once by `id`, durably; `note` stands in the history. */
  tell(
    application: string,
    news: { id: string; news: Partial<ApplicationNews> & { kind: NewsKind }; note: string },
  ): Promise<unknown>;
  wasTold(application: string, id: string): Promise<boolean>;
}

/** What the visit looks like now. */
interface Look {
  /** What is to come, without holds. */
  ahead: Booking[];
  /** Where this outage has put it. */
  mine: Booking | undefined;
  /** It sits where it sat. */
  stays: boolean;
  /** The applicant has another visit before them. */
  hasOther: boolean;
}

/** Gives the visit another time, or notes that there is none; the item as it is then. */
export async function moveAway(
  deps: OutageWorkDeps,
  record: OutageRecord,
  item: OutageItem,
): Promise<OutageItem> {
  const { booking } = item;
  const { mine, stays, hasOther } = await lookAt(deps, record, booking);
  if (mine) return { booking, outcome: 'moved', tell: 'visit-moved' };
  if (!stays || hasOther) return { booking, outcome: 'own' };
  // It was put in order again meanwhile; who was told that there is no time must hear of it.
  if (record.cause !== 'blangko' && isAhead(deps, booking))
    return item.outcome === 'waiting'
      ? { booking, outcome: 'restored', tell: 'visit-restored' }
      : { booking, outcome: 'own' };
  const moved = await giveAnother(deps, record, booking);
  if (moved) return { booking, outcome: 'moved', tell: 'visit-moved' };
  return item.outcome === 'waiting' ? item : { booking, outcome: 'waiting', tell: 'visit-waiting' };
}

/**
 * Who booked a day had planned for then, so the next time from the old one on, or else the soonest. Nobody has one that begins
 * before they can have read of it and come.
 */
async function giveAnother(
  deps: OutageWorkDeps,
  { id }: OutageRecord,
  booking: Booking,
): Promise<Booking | undefined> {
  const soonest = intoDaytime(deps.clock.now(), deps.office().timeZone) + NOTICE_MS;
  const give = (notBefore: number) => deps.move(booking, { notBefore, movedBy: id });
  const later = booking.startAt > soonest ? await give(booking.startAt) : undefined;
  return later ?? give(soonest);
}

/** Gives back the old time, where it is still ahead and free and the applicant has not chosen another. */
export async function moveBack(
  deps: OutageWorkDeps,
  record: OutageRecord,
  item: OutageItem,
): Promise<OutageItem> {
  const { booking, outcome, tell } = item;
  if (outcome === 'own' || outcome === 'restored') return item;
  const { mine, stays, ahead } = await lookAt(deps, record, booking);
  if (!mine && outcome === undefined) return item;
  const isBack =
    mine === undefined
      ? (stays && isAhead(deps, booking)) || ahead.some((one) => isSame(one, booking))
      : (await takeSeat(deps, { application: booking.application, slot: slotOf(booking) })).ok;
  if (!isBack) return outcome ? item : { booking, outcome: 'moved', tell: 'visit-moved' };
  // Who never heard that it was moved need not hear that it was not.
  const wasTold = outcome !== undefined && !tell;
  const hasHeard = wasTold || (await wasToldOf(deps, record, booking));
  return { booking, outcome: 'restored', ...(hasHeard ? { tell: 'visit-restored' as const } : {}) };
}

/** Tells what is to be told of the item, if it still holds; the item without it. */
export async function tellOf(
  deps: OutageWorkDeps,
  record: OutageRecord,
  item: OutageItem,
): Promise<OutageItem> {
  const { tell, ...told } = item;
  if (!tell) return item;
  const look = await lookAt(deps, record, item.booking);
  const slot = subjectOf(tell, look, item.booking);
  if (!slot) return tell === 'visit-restored' ? told : { ...told, outcome: 'own' };
  await deps.tell(item.booking.application, {
    id: newsId(record, item.booking, tell),
    news: await newsOf(deps, record, { kind: tell, slot, was: item.booking }),
    note: noteOf(deps, record, { kind: tell, slot, was: item.booking }),
  });
  return told;
}

/** Which time it is about now; undefined when it is not so any more. */
function subjectOf(tell: VisitNotice, { mine, stays, hasOther, ahead }: Look, was: Booking) {
  if (tell === 'visit-moved') return mine;
  if (tell === 'visit-waiting') return stays && !hasOther ? was : undefined;
  return ahead.find((one) => isSame(one, was));
}

async function wasToldOf(deps: OutageWorkDeps, record: OutageRecord, booking: Booking): Promise<boolean> {
  const heard = (tell: VisitNotice) => deps.wasTold(booking.application, newsId(record, booking, tell));
  return (await heard('visit-moved')) || heard('visit-waiting');
}

async function lookAt(deps: OutageWorkDeps, record: OutageRecord, was: Booking): Promise<Look> {
  const now = deps.clock.now();
  const all = await deps.bookings.findByApplication(was.application, now);
  const ahead = visitsAhead(all, now);
  return {
    ahead,
    mine: ahead.find(({ movedBy }) => movedBy === record.id),
    stays: all.some(({ id }) => id === was.id),
    hasOther: ahead.some(({ id }) => id !== was.id),
  };
}

/** The calendar has it, and it has not begun. */
function isAhead(deps: OutageWorkDeps, slot: Slot): boolean {
  return slot.startAt > deps.clock.now() && findSlot(deps.office(), slot) !== undefined;
}

function slotOf({ point, activity, startAt, endAt }: Slot): Slot {
  return { point, activity, startAt, endAt };
}
