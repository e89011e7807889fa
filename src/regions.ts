/** The current region codes of Kemendagri, as the npm package idn-area-data lists them (attribution in NOTICE). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Regions } from './flows/answers/types.ts';

const require = createRequire(import.meta.url);

/**
 * Reads the district codes (186 KB, some milliseconds); call it once, at start. The package's own reader is not
 * used because it loads all 83,000 villages too.
 *
 * The list is today's: districts that were split off or renumbered (64.04, most of 91) are missing although people
 * registered there keep the code in their NIK for life, so a miss is only ever worth a remark.
 */
export function loadRegions(): Regions {
  const csv = readFileSync(require.resolve('idn-area-data/data/districts.csv'), 'utf8');
  const districts = new Set<string>();
  for (const [, province, regency, district] of csv.matchAll(/^(\d\d)\.(\d\d)\.(\d\d),/gm)) {
    districts.add(`${province}${regency}${district}`);
  }
  return { hasDistrict: (code) => districts.has(code) };
}
