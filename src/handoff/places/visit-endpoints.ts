/** Endpoints of the visits of a day: who comes when, and what became of it. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog } from '../ports.ts';
import { visitDaySchema, visitMarkSchema } from '../schemas/places.ts';
import { type DayViewDeps, viewDay } from './day-view.ts';
import type { VisitBook } from './visit-ports.ts';

export interface VisitEndpointDeps extends DayViewDeps {
  book: VisitBook;
  audit: AuditLog;
  clock: Clock;
}

const dateSchema = z.iso.date();

/** Builds the endpoints under `/api/visits`. */
export function createVisitEndpoints(deps: VisitEndpointDeps): Endpoint[] {
  const { book, facts, audit, clock } = deps;
  return [
    createEndpoint({
      method: 'get',
      path: '/visits',
      summary:
        'One point on one day (today, at the main office, unless `date` and `point` say otherwise): times, visits with masked names, walk-ins.',
      access: 'places',
      query: ['point', 'date'],
      result: visitDaySchema,
      refusals: [400, 404],
      async run({ query }) {
        const point = readText(query.point) ?? facts.mainPoint();
        const day = await book.of(point, readDate(query.date));
        if (!day) throw new ApiError('NOT_FOUND');
        return viewDay(deps, day);
      },
    }),
    createEndpoint<typeof visitMarkSchema, z.ZodUndefined>({
      method: 'post',
      path: '/visits/{id}/marks',
      summary:
        'Mark a visit (`id`: its booking) as arrived, served or missed, or take the mark off; of today and three days back.',
      access: 'places',
      body: visitMarkSchema,
      refusals: [404, 409],
      async run({ id, body: { mark, isOn }, signed: { operator } }) {
        const by = { id: operator.id, name: operator.name };
        const marked = await book.mark({ booking: id, mark, isOn, by });
        if (!marked.ok) throw new ApiError(marked.reason === 'unknown' ? 'NOT_FOUND' : 'NOT_POSSIBLE');
        const subject = marked.booking.application;
        const details = { booking: id, mark, isOn };
        await audit.append({ at: clock.now(), actor: operator.id, action: 'visit.mark', subject, details });
        return undefined;
      },
    }),
  ];
}

function readText(value: unknown): string | undefined {
  if (value !== undefined && typeof value !== 'string') throw new ApiError('INVALID_REQUEST');
  return value === '' ? undefined : value;
}

function readDate(value: unknown): string | undefined {
  const date = readText(value);
  if (date !== undefined && !dateSchema.safeParse(date).success) throw new ApiError('INVALID_REQUEST');
  return date;
}
