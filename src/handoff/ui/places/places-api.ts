/** The calls of visits, the queue, points, outages and blank cards; each throws ApiFailure. */
import type {
  calledSchema,
  daysOffSchema,
  OutageView,
  outagePreviewSchema,
  outageRequestSchema,
  PointsView,
  pointChangeSchema,
  StockView,
  stockLineSchema,
  ticketSchema,
  VisitDay,
  visitMarkSchema,
} from '../../schemas/places.ts';
import { ask } from '../shell/api.ts';

type In<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];

export type Point = PointsView['points'][number];
export type PointActivity = Point['activities'][number];
export type PointStatus = Point['status'];
export type PointChange = In<typeof pointChangeSchema>;
export type DayOff = PointsView['days'][number];
export type NewDayOff = In<typeof daysOffSchema>['days'][number];
export type OutageRequest = In<typeof outageRequestSchema>;
export type OutagePreview = In<typeof outagePreviewSchema>;
export type VisitActivity = VisitDay['activities'][number];
export type Activity = VisitActivity['id'];
export type VisitMark = In<typeof visitMarkSchema>['mark'];
export type Ticket = In<typeof ticketSchema>['ticket'];
export type StockLine = In<typeof stockLineSchema>;

const part = encodeURIComponent;

export const placesApi = {
  points: () => ask<PointsView>('GET', '/points'),
  changePoint: (id: string, change: PointChange) => ask<unknown>('POST', `/points/${part(id)}`, change),
  setDays: (days: readonly NewDayOff[]) => ask<unknown>('POST', '/days', { days }),

  preview: (wanted: OutageRequest) => ask<OutagePreview>('POST', '/outages/preview', wanted),
  startOutage: (wanted: OutageRequest) => ask<{ outage: OutageView }>('POST', '/outages', wanted),
  outages: () => ask<{ outages: OutageView[] }>('GET', '/outages'),
  undoOutage: (id: string) => ask<unknown>('POST', `/outages/${part(id)}/undo`, {}),

  visits: (point: string, date: string) =>
    ask<VisitDay>('GET', `/visits?point=${part(point)}&date=${part(date)}`),
  mark: (booking: string, mark: VisitMark, isOn: boolean) =>
    ask<unknown>('POST', `/visits/${part(booking)}/marks`, { mark, isOn }),

  takeTicket: (point: string, activity: Activity) =>
    ask<{ ticket: Ticket }>('POST', '/queue/tickets', { point, activity }),
  callNext: (point: string, activity: Activity) =>
    ask<In<typeof calledSchema>>('POST', '/queue/call', { point, activity }),
  endTicket: (id: string, outcome: 'served' | 'gone' | null) =>
    ask<unknown>('POST', `/queue/tickets/${part(id)}`, { outcome }),

  stock: (point: string) => ask<StockView>('GET', `/points/${part(point)}/stock`),
  addStock: (point: string, line: StockLine) => ask<unknown>('POST', `/points/${part(point)}/stock`, line),
};

/** The slip of a queue number, to be printed. */
export function slipAddress(ticket: string): string {
  return `/api/queue/tickets/${part(ticket)}/slip.pdf`;
}
