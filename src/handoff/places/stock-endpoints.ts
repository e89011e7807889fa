/** Endpoints of the blank cards of a point: what is left, and what came and went. */
import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog } from '../ports.ts';
import { stockLineSchema, stockSchema } from '../schemas/places.ts';
import type { PointBoard, StockBoard } from './ports.ts';

export interface StockEndpointDeps {
  points: Pick<PointBoard, 'find'>;
  stock: StockBoard;
  audit: AuditLog;
  clock: Clock;
}

/** Builds `/api/points/{id}/stock`. */
export function createStockEndpoints({ points, stock, audit, clock }: StockEndpointDeps): Endpoint[] {
  const assertPoint = (id: string) => {
    if (!points.find(id)) throw new ApiError('NOT_FOUND');
  };
  return [
    createEndpoint({
      method: 'get',
      path: '/points/{id}/stock',
      summary: 'Blank cards of a point: how many are left, and the latest lines of its ledger.',
      access: 'places',
      result: stockSchema,
      refusals: [404],
      async run({ id }) {
        assertPoint(id);
        return stock.view(id);
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/points/{id}/stock',
      summary:
        'A line of the ledger: `received` with the number of its handover record (BAST), `used`, `spoiled`, or `counted`: how many there are now. The first line begins the ledger.',
      access: 'places',
      body: stockLineSchema,
      result: stockSchema,
      refusals: [404],
      async run({ id: point, body, signed: { operator } }) {
        assertPoint(point);
        assertLine(body);
        const by = { id: operator.id, name: operator.name };
        const change = await stock.add({ ...body, point }, by);
        await audit.append({
          ...{ at: clock.now(), actor: operator.id, action: 'stock.line', subject: point },
          details: { kind: body.kind, change },
        });
        return stock.view(point);
      },
    }),
  ];
}

/** Throws ApiError for a line that says nothing, and for cards that came without their handover record. */
function assertLine({ kind, count, reference }: z.infer<typeof stockLineSchema>): void {
  const isWrong = (kind !== 'counted' && count === 0) || (kind === 'received' && reference === undefined);
  if (isWrong) throw new ApiError('INVALID_REQUEST');
}
