/** What a press of a button makes of a day at once, until the server has told how it stands. */
import type { Visit, VisitDay } from '../../schemas/places.ts';
import type { VisitMark } from './place-types.ts';

export type Patch = (day: VisitDay) => VisitDay;

/** What goes and comes with a mark: who was served has arrived, who was missed has not. */
const ON: { [mark in VisitMark]: { gone: readonly string[]; put: readonly VisitMark[] } } = {
  arrived: { gone: ['missed'], put: ['arrived'] },
  served: { gone: ['missed'], put: ['arrived', 'served'] },
  missed: { gone: ['arrived', 'served'], put: ['missed'] },
};
const OFF: { [mark in VisitMark]: readonly string[] } = {
  arrived: ['arrived', 'served'],
  served: ['served'],
  missed: ['missed'],
};

/** One visit with a mark of the counter put on, or taken off; as the server does it. */
export function withMark(booking: string, change: { mark: VisitMark; isOn: boolean; at: number }): Patch {
  const { mark, isOn, at } = change;
  const marked = (visit: Visit): Visit => {
    const gone = isOn ? ON[mark].gone : OFF[mark];
    const rest = visit.marks.filter((each) => !gone.includes(each.mark));
    const put = isOn ? ON[mark].put.filter((one) => !rest.some((each) => each.mark === one)) : [];
    return { ...visit, marks: [...rest, ...put.map((one) => ({ mark: one, at }))] };
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
