/** Words, dates, codes and coordinates, as all parts of `office.yaml` write them. */
import { z } from 'zod';

/** The same in each language of citizens. */
export const words = z.strictObject({ id: z.string().min(1), en: z.string().min(1) });

/** A Kemendagri region code of a regency or city, `64.08`. */
export const regency = z
  .string()
  .regex(/^\d\d\.\d\d$/, { message: 'is not a regency code; write for example "64.08", in quotes' });

/** A Kemendagri region code of a kecamatan, `64.08.04`. */
export const district = z
  .string()
  .regex(/^\d\d\.\d\d\.\d\d$/, { message: 'is not a district code; write for example "64.08.04"' });

export const pointId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' });

/** A day of the calendar that exists. */
export const date = z.iso.date({
  message: 'is not a date that there is; write it as 2026-12-25, year first',
});

/** Indonesia from Sabang to Merauke and from Miangas to Rote, with some sea around it. */
const LATITUDES = [-11.5, 6.5] as const;
const LONGITUDES = [94.5, 141.5] as const;

/** Degrees; south is below zero. Only what lies in Indonesia. */
export const location = z
  .strictObject({ latitude: z.number(), longitude: z.number() })
  .superRefine((place, context) => {
    const message = faultOf(place);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

function faultOf({ latitude, longitude }: { latitude: number; longitude: number }): string | undefined {
  if (isIn(latitude, LATITUDES) && isIn(longitude, LONGITUDES)) return undefined;
  const where = `latitude ${latitude}, longitude ${longitude} is not in Indonesia`;
  if (isIn(latitude, LONGITUDES) && isIn(longitude, LATITUDES))
    return `${where}; the two are swapped: latitude is the one between -11.5 and 6.5`;
  if (isIn(-latitude, LATITUDES) && isIn(longitude, LONGITUDES))
    return `${where}; south of the equator the latitude is below zero`;
  return `${where}; latitude goes from -11.5 to 6.5, longitude from 94.5 to 141.5`;
}

function isIn(value: number, [least, most]: readonly [number, number]): boolean {
  return least <= value && value <= most;
}
