/** The current region codes of Kemendagri, as the npm package idn-area-data lists them (attribution in NOTICE). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Regions } from './flows/answers/types.ts';

const require = createRequire(import.meta.url);

/** The codes, and the names that were asked for, by code with dots (`64.08.04`). */
export interface KnownRegions extends Regions {
  names: ReadonlyMap<string, string>;
}

/**
 * Reads the district codes (186 KB, some milliseconds); call it once, at start. The package's own reader is not
 * used because it loads all 83,000 villages too. Names are kept only of the districts for which `isNamed` is true.
 *
 * The list is today's: districts that were split off or renumbered (64.04, most of 91) are missing although people
 * registered there keep the code in their NIK for life, so a miss is only ever worth a remark.
 */
export function loadRegions(isNamed: (code: string) => boolean = () => false): KnownRegions {
  const csv = readFileSync(require.resolve('idn-area-data/data/districts.csv'), 'utf8');
  const districts = new Set<string>();
  const names = new Map<string, string>();
  for (const [, code = '', name = ''] of csv.matchAll(/^(\d\d\.\d\d\.\d\d),[^,]*,"?([^"\n\r]*)/gm)) {
    districts.add(code.replaceAll('.', ''));
    // A copy of its own: a piece of the file would keep the whole file in memory.
    if (isNamed(code)) names.set(code, Buffer.from(name).toString());
  }
  return { hasDistrict: (code) => districts.has(code), names };
}
