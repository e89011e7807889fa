/** Mistakes of `office.yaml` that show only beside flows.yaml and the list of region codes. */
import { suggest } from '../yaml-file/did-you-mean.ts';
import type { Path } from '../yaml-file/positions.ts';
import { type FoundProblem, type Problem, problemAt, sortProblems } from '../yaml-file.ts';
import type { Office } from './schema.ts';

/** What there is outside the file. */
export interface Outside {
  /** Ids of flows.yaml. */
  services: readonly string[];
  /** Whether six digits are a kecamatan of today; loaded only for an office that names its regency. */
  loadRegions(): { hasDistrict(code: string): boolean };
}

/** Every mistake with its place, in the order of the file; `read` is a file that is right by itself. */
export function crossCheck(
  read: { office: Office; position: FoundProblem['position'] },
  file: string,
  outside: Outside,
): Problem[] {
  const found = [
    ...unknownServices(read.office, outside.services),
    ...strangeDistricts(read.office, outside.loadRegions),
  ];
  return sortProblems(
    found.map((fault) => problemAt({ file, position: read.position, part: 'value', ...fault })),
  );
}

type Fault = Pick<FoundProblem, 'path' | 'message' | 'part'>;

function unknownServices({ quotas }: Office, services: readonly string[]): Fault[] {
  return Object.keys(quotas)
    .filter((id) => !services.includes(id))
    .map((id) => ({
      path: ['quotas', id],
      part: 'key',
      message: `there is no service "${id}" in flows.yaml${suggest(id, services)}`,
    }));
}

/** Codes come and go: of a regency that is not in the list nothing is known, and nothing is said. */
function strangeDistricts(office: Office, loadRegions: Outside['loadRegions']): Fault[] {
  const { regency } = office;
  if (regency === undefined) return [];
  const regions = loadRegions();
  const has = (code: string) => regions.hasDistrict(code.replaceAll('.', ''));
  const isKnown = Array.from({ length: 99 }, (_, i) => `${regency}.${String(i + 1).padStart(2, '0')}`).some(
    has,
  );
  if (!isKnown) return [];
  return districtsOf(office)
    .filter(({ code }) => !code.startsWith(`${regency}.`) || !has(code))
    .map(({ code, path, part }) => ({
      path,
      part,
      message: `${code} is no kecamatan of ${regency} (regency), as the Kemendagri list has them`,
    }));
}

function districtsOf({ districts, points }: Office): { code: string; path: Path; part: 'key' | 'value' }[] {
  const named = Object.entries(points).flatMap(([id, { district, route = [] }]) => [
    { code: district, path: ['points', id, 'district'] },
    ...route.map((stop, i) => ({ code: stop.district, path: ['points', id, 'route', i, 'district'] })),
  ]);
  return [
    ...Object.keys(districts).map((code) => ({ code, path: ['districts', code], part: 'key' as const })),
    ...named.flatMap(({ code, path }) =>
      code === undefined ? [] : [{ code, path, part: 'value' as const }],
    ),
  ];
}
