/** Endpoints of outages: a point or device is out of order, and those who are booked there get another time. */
import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog } from '../ports.ts';
import { outagePreviewSchema, outageRequestSchema, outageSchema, outagesSchema } from '../schemas/places.ts';
import type { OutageBoard, OutageWanted, PointBoard } from './ports.ts';

export interface OutageEndpointDeps {
  points: Pick<PointBoard, 'find' | 'today'>;
  outages: OutageBoard;
  audit: AuditLog;
  clock: Clock;
}

/** What an outage of no single point is about, in the audit log. */
const OFFICE = 'office';

/** Builds the endpoints under `/api/outages`. */
export function createOutageEndpoints({ points, outages, audit, clock }: OutageEndpointDeps): Endpoint[] {
  const read = (body: z.infer<typeof outageRequestSchema>) => readWanted(points, body);
  /** Throws ApiError where nothing is out of order and nobody is to be moved: it has been pressed twice. */
  const assertAnybody = async (wanted: OutageWanted) => {
    if (wanted.cause === 'calendar' && (await outages.preview(wanted)).visits === 0)
      throw new ApiError('NOT_POSSIBLE');
  };

  return [
    createEndpoint({
      method: 'post',
      path: '/outages/preview',
      summary: 'How many visits would be moved, from when to when. Changes nothing.',
      access: 'places',
      body: outageRequestSchema,
      result: outagePreviewSchema,
      refusals: [404],
      run: ({ body }) => outages.preview(read(body)),
    }),
    createEndpoint({
      method: 'post',
      path: '/outages',
      summary:
        'A point or device is out of order up to and including `until`: nobody is booked there, and whoever is gets another time and is told. `calendar`: so does whoever is booked at a time that the calendar does not have (any more).',
      access: 'places',
      body: outageRequestSchema,
      result: outageSchema,
      refusals: [404, 409],
      async run({ body, signed: { operator } }) {
        const wanted = read(body);
        await assertAnybody(wanted);
        const outage = await outages.begin(wanted, operator.name);
        const { reason: _reason, point = OFFICE, ...details } = wanted;
        await audit.append({
          ...{ at: clock.now(), actor: operator.id, action: 'outage.begin', subject: point },
          details: { outage: outage.id, visits: outage.total, ...details },
        });
        return { outage };
      },
    }),
    createEndpoint({
      method: 'get',
      path: '/outages',
      summary: 'The latest outages and how far the moving has come, newest first.',
      access: 'places',
      result: outagesSchema,
      run: async () => ({ outages: outages.list() }),
    }),
    createEndpoint({
      method: 'get',
      path: '/outages/{id}',
      summary: 'One outage.',
      access: 'places',
      result: outageSchema,
      refusals: [404],
      async run({ id }) {
        const outage = outages.list().find((one) => one.id === id);
        if (!outage) throw new ApiError('NOT_FOUND');
        return { outage };
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/outages/{id}/undo',
      summary:
        'It works again: whoever was moved and has not chosen goes back to the old time, if that is still ahead and free.',
      access: 'places',
      result: outageSchema,
      refusals: [404, 409],
      async run({ id, signed: { operator } }) {
        const outage = await outages.undo(id, operator.name);
        if (outage === undefined) throw new ApiError('NOT_FOUND');
        if (outage === false) throw new ApiError('NOT_POSSIBLE');
        await audit.append({
          ...{ at: clock.now(), actor: operator.id, action: 'outage.undo', subject: outage.point ?? OFFICE },
          details: { outage: id },
        });
        return { outage };
      },
    }),
  ];
}

/** Throws ApiError for what is not there, or lies in the past. */
function readWanted(
  points: Pick<PointBoard, 'find' | 'today'>,
  body: z.infer<typeof outageRequestSchema>,
): OutageWanted {
  if (body.cause === 'calendar') return body;
  const { activity, reason, until, ...wanted } = body;
  const activities = points.find(wanted.point);
  if (!activities || (activity && !activities.some(({ id }) => id === activity)))
    throw new ApiError('NOT_FOUND');
  if (until !== undefined && until < points.today()) throw new ApiError('INVALID_REQUEST');
  return {
    ...wanted,
    ...(activity ? { activity } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
}
