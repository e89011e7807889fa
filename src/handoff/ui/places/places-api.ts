/** The calls of visits, the queue, points, outages and blank cards; each throws ApiFailure. */
import type { OutageView, PointsView, StockView, VisitDay } from '../../schemas/places.ts';
import { ask } from '../shell/api.ts';
import type {
  Activity,
  Called,
  NewDayOff,
  OutagePreview,
  OutageRequest,
  PointChange,
  StockLine,
  Ticket,
  VisitMark,
} from './place-types.ts';

const part = encodeURIComponent;

export const placesApi = {
  points: () => ask<PointsView>('GET', '/points'),
  changePoint: (id: string, change: PointChange) => ask<unknown>('POST', `/points/${part(id)}`, change),
  setDays: (days: readonly NewDayOff[]) => ask<PointsView>('POST', '/days', { days }),

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
  callNext: (point: string, activity: Activity) => ask<Called>('POST', '/queue/call', { point, activity }),
  endTicket: (id: string, outcome: 'served' | 'gone' | null) =>
    ask<unknown>('POST', `/queue/tickets/${part(id)}`, { outcome }),

  stock: (point: string) => ask<StockView>('GET', `/points/${part(point)}/stock`),
  addStock: (point: string, line: StockLine) => ask<unknown>('POST', `/points/${part(point)}/stock`, line),
};

/** The slip of a queue number, to be printed. */
export function slipAddress(ticket: string): string {
  return `/api/queue/tickets/${part(ticket)}/slip.pdf`;
}
