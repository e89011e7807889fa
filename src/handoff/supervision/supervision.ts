/** The corridor of those who look after the office: statistics, filers, notices, the audit log. */
import type { Endpoint } from '../api/endpoint.ts';
import { type AuditEndpointDeps, createAuditEndpoints } from './audit-endpoints.ts';
import { createFilerEndpoints, type FilerEndpointDeps } from './filer-endpoints.ts';
import { createNoticeEndpoints, type NoticeEndpointDeps } from './notice-endpoints.ts';
import { createStatisticsEndpoints, type StatisticsEndpointDeps } from './statistics-endpoints.ts';

export type SupervisionDeps = StatisticsEndpointDeps &
  FilerEndpointDeps &
  NoticeEndpointDeps &
  AuditEndpointDeps;

/** Builds the endpoints under `/api/statistics`, `/api/filers`, `/api/notices` and `/api/audit`. */
export function createSupervisionEndpoints(deps: SupervisionDeps): Endpoint[] {
  return [
    ...createStatisticsEndpoints(deps),
    ...createFilerEndpoints(deps),
    ...createNoticeEndpoints(deps),
    ...createAuditEndpoints(deps),
  ];
}
