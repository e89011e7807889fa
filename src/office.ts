/** `office.yaml`: who we are, where and when we are there, and for how many at once. The file explains itself to its editors. */
import { checkOffice } from './office/checks.ts';
import type { ServicePoint } from './office/points.ts';
import { type Office, officeShape } from './office/schema.ts';
import { type Problem, readYaml, type YamlResult } from './yaml-file.ts';

export type { OfficeActivity, PointStatus, RouteStop, ServicePoint, Standing } from './office/points.ts';
export { ACTIVITIES } from './office/points.ts';
export type { Office } from './office/schema.ts';
export type { WeekHours, Window } from './office/week-hours.ts';

const officeSchema = officeShape.superRefine((office, context) =>
  checkOffice(office, (path, message) => context.addIssue({ code: 'custom', path, message })),
);

/** `position` gives line and column of a path, for checks that need more than this file (office/cross-checks.ts). */
export type LoadedOffice =
  | { ok: true; office: Office; position: Extract<YamlResult<Office>, { ok: true }>['position'] }
  | { ok: false; problems: Problem[] };

/**
 * Reads the text of `office.yaml`; `file` is only named in problems, which come all at once, with line and column.
 * A valid office has at least one point and hours at its main office or chat.
 */
export function loadOffice(text: string, file: string): LoadedOffice {
  const read = readYaml(text, file, officeSchema);
  return read.ok ? { ok: true, office: read.value, position: read.position } : read;
}

/** The main office: its id and data. */
export function mainPoint(office: Office): { id: string; point: ServicePoint } {
  const [[id, point] = []] = Object.entries(office.points);
  if (id === undefined || point === undefined) throw new Error('an office without a point passed its schema');
  return { id, point };
}
