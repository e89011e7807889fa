/**
 * Places that are claimed, each by a unique insert: seats of slots, and of quotas.
 *
 * A claim is for one version of its application's agenda (`turn`). Until that version is there, it is under way, or
 * its process died. Once it is, the claim is in use as long as that and each later version names it; one that is not
 * named then never will be, and whoever comes by may free it.
 */
import { randomInt } from 'node:crypto';
import type { Connection } from 'mongoose';
import { hasEnded } from '../booking-rules.ts';
import type { Agenda, Agendas } from './agendas.ts';
import { collectionOf } from './collections.ts';
import { type AgendaVisit, BOOKINGS, type ClaimDocument, QUOTAS } from './schema-bookings.ts';

/** Whether a visit is what the claim is for. */
export function isNamed(visits: AgendaVisit[], { _id }: Pick<ClaimDocument, '_id'>): boolean {
  const id = _id.toHexString();
  return visits.some((visit) => visit.id === id || visit.quota?.id === id);
}

/** A claim under way for the version that comes next: whoever makes that version may name it. */
export function isForNext(claim: ClaimDocument, application: string, agenda: Agenda): boolean {
  return claim.application === application && claim.turn === agenda.version + 1;
}

/** A free number, or none. At random, so that many who ask at once seldom ask for the same. */
export function chooseSeat(taken: Iterable<number>, capacity: number): number | undefined {
  const all = new Set(taken);
  const free: number[] = [];
  for (let seat = 0; seat < boundOf(all, capacity); seat++) if (!all.has(seat)) free.push(seat);
  return free.length === 0 ? undefined : free[randomInt(free.length)];
}

/**
 * New seats are taken below this. It is the capacity, unless that was lowered while some sat beyond it: then the
 * highest number such that all below it together with all who sit from it on are no more than the capacity. Seats
 * below a bound are claimed one by one, so that holds whoever asks at the same time; counting first would not.
 */
function boundOf(taken: Set<number>, capacity: number): number {
  for (let bound = capacity; bound > 0; bound--) {
    const beyond = [...taken].filter((seat) => seat >= bound).length;
    if (beyond <= capacity - bound) return bound;
  }
  return 0;
}

export interface Claims {
  /** Frees whatever an application has claimed and its agenda does not name. */
  tidy(application: string): Promise<void>;
  /** Frees one of these that nobody has any more: stale, or a hold that ended. `false` when all are in use. */
  freeOne(claims: ClaimDocument[], now: number): Promise<boolean>;
}

export function createClaims(connection: Connection, agendas: Agendas): Claims {
  const seats = collectionOf(connection, BOOKINGS);
  const quotas = collectionOf(connection, QUOTAS);

  async function tidy(application: string): Promise<void> {
    const [agenda, ofSlots, ofQuotas] = await Promise.all([
      agendas.newest(application),
      seats.find({ application }).toArray(),
      quotas.find({ application }).toArray(),
    ]);
    const staleOf = (claims: ClaimDocument[]) =>
      claims.filter((claim) => isStale(claim, agenda)).map(({ _id }) => _id);
    const [staleSeats, staleQuotas] = [staleOf(ofSlots), staleOf(ofQuotas)];
    if (staleSeats.length > 0) await seats.deleteMany({ _id: { $in: staleSeats } });
    if (staleQuotas.length > 0) await quotas.deleteMany({ _id: { $in: staleQuotas } });
  }

  async function freeOne(claims: ClaimDocument[], now: number): Promise<boolean> {
    const all = await agendas.newestOf(claims.map(({ application }) => application));
    const agendaOf = ({ application }: ClaimDocument) => all.get(application) ?? { version: 0, visits: [] };
    const unused = claims.filter((claim) => {
      const agenda = agendaOf(claim);
      const live = agenda.visits.filter((visit) => !hasEnded(visit, now));
      return claim.turn <= agenda.version && !isNamed(live, claim);
    });
    // At random, as seats are chosen.
    const one = unused[randomInt(Math.max(1, unused.length))];
    if (!one) return false;
    const { version, visits } = agendaOf(one);
    const live = visits.filter((visit) => !hasEnded(visit, now));
    // Whoever makes the next version decides: this one ends the hold, another may book it at this moment.
    if (live.length < visits.length)
      await agendas.append(one.application, { version: version + 1, visits: live });
    await tidy(one.application);
    return true;
  }

  return { tidy, freeOne };
}

function isStale(claim: ClaimDocument, { version, visits }: Agenda): boolean {
  return claim.turn <= version && !isNamed(visits, claim);
}
