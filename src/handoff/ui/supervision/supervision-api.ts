/** The calls of statistics, filers and notices; each throws ApiFailure. */
import type { Filers, Notices, Statistics } from '../../schemas/supervision.ts';
import { ask } from '../shell/api.ts';

export type NoticeKind = Notices['notices'][number]['kind'];

/** Days of the office, `YYYY-MM-DD`, both included; '' lets the server choose: the last 30. */
export interface Period {
  from: string;
  until: string;
}

const at = (conversation: string) => `/filers/${encodeURIComponent(conversation)}`;

export const supervisionApi = {
  statistics: (period: Period) => ask<Statistics>('GET', `/statistics${queryOf(period)}`),

  filers: () => ask<Filers>('GET', '/filers'),
  setOfficer: (conversation: string, officer: { name: string; village: string }) =>
    ask<void>('POST', `${at(conversation)}/officer`, officer),
  removeOfficer: (conversation: string) => ask<void>('POST', `${at(conversation)}/not-officer`),

  notices: () => ask<Notices>('GET', '/notices'),
  setNotice: (change: { kind: NoticeKind; isOn: boolean; until?: number; reason?: string }) =>
    ask<Notices>('POST', '/notices', change),
};

/** Where a table is fetched as a file. */
export function csvAddress(table: 'days' | 'services' | 'operators' | 'funnel', period: Period): string {
  return `/api/statistics/${table}${queryOf(period)}`;
}

function queryOf({ from, until }: Period): string {
  const query = new URLSearchParams();
  if (from !== '') query.set('from', from);
  if (until !== '') query.set('until', until);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
