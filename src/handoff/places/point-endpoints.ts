/** Endpoints of the service points: how each stands, and days off. Citizens are offered what is in order only. */
import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Json } from '../../json.ts';
import { isAllowed } from '../accounts/roles.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog, Operator } from '../ports.ts';
import { daysOffSchema, pointChangeSchema, pointsSchema } from '../schemas/places.ts';
import type { PointBoard, PointPart } from './ports.ts';

export interface PointEndpointDeps {
  points: PointBoard;
  audit: AuditLog;
  clock: Clock;
}

type Change = z.infer<typeof pointChangeSchema>;

/** Builds `/api/points` and `/api/days`. */
export function createPointEndpoints({ points, audit, clock }: PointEndpointDeps): Endpoint[] {
  const note = (operator: Operator, action: string, subject: string, details: { [key: string]: Json }) =>
    audit.append({ at: clock.now(), actor: operator.id, action, subject, details });

  return [
    createEndpoint({
      method: 'get',
      path: '/points',
      summary: 'All service points with how they stand, days off, and what the calendar still lacks.',
      access: 'places',
      result: pointsSchema,
      run: () => points.view(),
    }),
    createEndpoint({
      method: 'post',
      path: '/points/{id}',
      summary:
        'How a point or one of its activities stands, or `restore` alone: back to office.yaml. Capacities are changed by who may give notices.',
      access: 'places',
      body: pointChangeSchema,
      result: pointsSchema,
      refusals: [404],
      async run({ id, body, signed: { operator } }) {
        const of: PointPart = { point: id, ...(body.activity ? { activity: body.activity } : {}) };
        assertChange(points, of, body);
        const touchesCapacity =
          body.capacity !== undefined || (body.restore === true && points.hasOwnCapacity(of));
        if (touchesCapacity && !isAllowed(operator.role, 'notices')) throw new ApiError('FORBIDDEN');
        if (body.restore) await points.restore(of);
        else await points.change(of, changeOf(body), operator.name);
        await note(operator, body.restore ? 'point.restore' : 'point.change', id, detailsOf(body));
        return points.view();
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/days',
      summary:
        'All days off beside those of office.yaml, anew. Nobody is moved by it: `strays` are who is booked on them.',
      access: 'notices',
      body: daysOffSchema,
      result: pointsSchema,
      refusals: [404],
      async run({ body: { days }, signed: { operator } }) {
        for (const day of days) {
          if (day.until !== undefined && day.until < day.date) throw new ApiError('INVALID_REQUEST');
          if (day.points?.some((id) => !points.find(id))) throw new ApiError('NOT_FOUND');
        }
        const wanted = days.map(({ until, points: of, ...day }) => ({
          ...day,
          ...(until === undefined ? {} : { until }),
          ...(of ? { points: of } : {}),
        }));
        if (!points.hasEnoughDays(wanted)) throw new ApiError('INVALID_REQUEST', { reason: TOO_LONG });
        await points.setDaysOff(wanted, operator.name);
        const dates = days.map(({ date, until }) => (until === undefined ? date : `${date}/${until}`));
        await note(operator, 'days.set', 'office', { count: days.length, dates: dates.slice(0, 50) });
        return points.view();
      },
    }),
  ];
}

/** [own] Nothing can be promised to citizens while no working day is in sight. */
const TOO_LONG =
  'Dengan libur ini kantor tidak punya hari kerja selama 60 hari berturut-turut. Periksa tanggal akhirnya, atau batasi pada tempat tertentu.';

/** Throws ApiError for what is not there, says nothing, or lies in the past. */
function assertChange(points: PointBoard, of: PointPart, change: Change): void {
  const activities = points.find(of.point);
  const activity = activities?.find(({ id }) => id === of.activity);
  if (!activities || (of.activity && !activity)) throw new ApiError('NOT_FOUND');
  const { restore, status, reason, until, capacity } = change;
  const says = [status, reason, until, capacity].some((part) => part !== undefined);
  const isActive = status === undefined || status === 'active';
  const isWrong =
    says === (restore === true) ||
    (until !== undefined && until < points.today()) ||
    // A reason or an end is that of a status; what is in order has neither.
    (isActive && (reason !== undefined || until !== undefined)) ||
    (capacity !== undefined && (activity?.capacity ?? null) === null);
  if (isWrong) throw new ApiError('INVALID_REQUEST');
}

function changeOf({ status, reason, until, capacity }: Change): Parameters<PointBoard['change']>[1] {
  const standing = status && {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
  return { ...(standing ? { standing } : {}), ...(capacity === undefined ? {} : { capacity }) };
}

/** The words of a reason stay out of the audit log. */
function detailsOf({ activity, status, until, capacity }: Change): { [key: string]: Json } {
  const said = Object.entries({ activity, status, until, capacity });
  return Object.fromEntries(said.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
