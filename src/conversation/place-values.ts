/** The values of texts about places that are near. */
import { clockTime, formatDate, formatSlot, zoneName } from '../flows/format.ts';
import type { NearPlace, Say } from '../flows/talk.ts';
import type { Values } from '../flows/texts.ts';
import type { Voice } from './voice.ts';

/** Of the result of the effect `places` (`PlacesResult`): nothing for any other. */
export function placeValues(voice: Voice, { places }: Say['values']): Values {
  return Array.isArray(places) ? { places: placeLines(voice, places as unknown as NearPlace[]) } : {};
}

/** So many fit into two SMS. */
const TOLD_BY_SMS = 2;

/** A line each: where, how far, and when it is open next for what. */
function placeLines(voice: Voice, places: NearPlace[]): string {
  if (voice.form === 'sms')
    return places
      .slice(0, TOLD_BY_SMS)
      .map((one) => smsLine(voice, one))
      .join('\n');
  const { language, timeZone } = voice;
  const lines = places.map(({ place, distanceKm, open }) => {
    const hours = open.map((one) => `${formatSlot(one, language, timeZone)} (${one.what[language]})`);
    return `*${place[language]}*${far(voice, distanceKm)}\n${hours.join('\n')}`;
  });
  return lines.join('\n\n');
}

/** The day stands once: `Kantor Kecamatan Hulu (3,2 km) Sel 24/11 pengajuan 08.00-12.00, pengambilan 08.00-14.00 WITA`. */
function smsLine(voice: Voice, { name, distanceKm, open }: NearPlace): string {
  const { language, timeZone } = voice;
  const [first] = open;
  if (!first) return name[language];
  const clock = (at: number) => clockTime(at, timeZone);
  const hours = open.map(({ startAt, endAt, what }) => `${what[language]} ${clock(startAt)}-${clock(endAt)}`);
  const day = formatDate(first.startAt, language, timeZone, 'sms');
  const zone = zoneName(first.startAt, timeZone);
  return `${name[language]}${far(voice, distanceKm)}: ${day} ${hours.join(', ')} ${zone}`;
}

function far(voice: Voice, km: number | undefined): string {
  return km === undefined ? '' : ` (${kilometres(km, voice)})`;
}

function kilometres(km: number, { language }: Voice): string {
  const text = km.toFixed(1);
  return `${language === 'id' ? text.replace('.', ',') : text} km`;
}
