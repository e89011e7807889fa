/** What a press of a button makes of a day at once, until the server has told how it stands. */
import type { Visit, VisitDay } from '../../schemas/places.ts';
import type { VisitMark } from './places-api.ts';

export type Patch = (day: VisitDay) => VisitDay;

/** Marks of the counter that cannot stand beside this one. */
const EXCLUDED: { [mark in VisitMark]: readonly string[] } = {
  arrived: ['missed'],
  served: ['missed'],
  missed: ['arrived', 'served'],
};

/** One visit with a mark of the counter put on, or taken off. */
export function withMark(booking: string, change: { mark: VisitMark; isOn: boolean; at: number }): Patch {
  const marked = (visit: Visit): Visit => {
    const { mark, isOn, at } = change;
    const gone = isOn ? [mark, ...EXCLUDED[mark]] : [mark];
    const rest = visit.marks.filter((each) => !gone.includes(each.mark));
    return { ...visit, marks: isOn ? [...rest, { mark, at }] : rest };
  };
  return (day) => ({
    ...day,
    activities: day.activities.map((activity) => ({
      ...activity,
      slots: activity.slots.map((slot) => ({
        ...slot,
        visits: slot.visits.map((visit) => (visit.booking === booking ? marked(visit) : visit)),
      })),
    })),
  });
}

/** A number of the queue with its end, or without it again. */
export function withOutcome(id: string, outcome: 'served' | 'gone' | null, at: number): Patch {
  return (day) => ({
    ...day,
    activities: day.activities.map((activity) => ({
      ...activity,
      queue: activity.queue && {
        ...activity.queue,
        tickets: activity.queue.tickets.map((ticket) =>
          ticket.id === id ? { ...ticket, outcome, endedAt: outcome === null ? null : at } : ticket,
        ),
      },
    })),
  });
}

/** Nothing is known until the server has answered: who is called, and which number is given, it alone decides. */
export const asItIs: Patch = (day) => day;
