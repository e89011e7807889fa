/** The corridor of the counter: who comes today with a time, and who waits without one. */
import type { Endpoint } from '../api/endpoint.ts';
import { createQueueEndpoints, type QueueEndpointDeps } from './queue-endpoints.ts';
import { createVisitEndpoints, type VisitEndpointDeps } from './visit-endpoints.ts';

export type VisitRoomDeps = Omit<VisitEndpointDeps, 'labelOf'> & QueueEndpointDeps;

/** Builds the endpoints under `/api/visits` and `/api/queue`. */
export function createVisitRoom(deps: VisitRoomDeps): Endpoint[] {
  const { labelOf } = deps.queue;
  return [...createVisitEndpoints({ ...deps, labelOf }), ...createQueueEndpoints(deps)];
}
