/** The parts of what travels about places, by the names that these pages use. */
import type {
  calledSchema,
  daysOffSchema,
  outagePreviewSchema,
  outageRequestSchema,
  PointsView,
  pointChangeSchema,
  stockLineSchema,
  ticketSchema,
  VisitDay,
  visitMarkSchema,
} from '../../schemas/places.ts';

type In<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];

export type Point = PointsView['points'][number];
export type PointActivity = Point['activities'][number];
export type PointStatus = Point['status'];
export type PointChange = In<typeof pointChangeSchema>;
export type DayOff = PointsView['days'][number];
export type NewDayOff = In<typeof daysOffSchema>['days'][number];
export type Strays = NonNullable<PointsView['strays']>;
export type OutageRequest = In<typeof outageRequestSchema>;
export type DeskOutage = Exclude<OutageRequest, { cause: 'calendar' }>;
export type OutagePreview = In<typeof outagePreviewSchema>;
export type VisitActivity = VisitDay['activities'][number];
export type Activity = VisitActivity['id'];
export type VisitMark = In<typeof visitMarkSchema>['mark'];
export type Ticket = In<typeof ticketSchema>['ticket'];
export type Called = In<typeof calledSchema>;
export type StockLine = In<typeof stockLineSchema>;
