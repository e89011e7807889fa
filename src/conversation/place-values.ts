/** The values of texts about places that are near. */
import { formatDate, formatSlot } from '../flows/format.ts';
import type { NearPlace, Say } from '../flows/talk.ts';
import type { Values } from '../flows/texts.ts';
import type { Json } from '../json.ts';
import type { Voice } from './voice.ts';

/** Of the result of the effect `places` (`PlacesResult`): nothing for any other. */
export function placeValues(voice: Voice, { places, code, until, why, place }: Say['values']): Values {
  if (Array.isArray(places)) return { places: placeLines(voice, places as unknown as NearPlace[]) };
  if (code !== 'broken') return {};
  const { unknown } = voice.flows.labels;
  return {
    place: isWords(place) ? place : unknown,
    why: isWords(why) ? why : unknown,
    until: typeof until === 'string' ? dayOf(voice, until) : unknown,
  };
}

function dayOf({ language, timeZone, form }: Voice, date: string): string {
  const at = Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
  return formatDate(at, language, timeZone, form);
}

/** A line each: where, how far, and when it is open next for what. */
function placeLines(voice: Voice, places: NearPlace[]): string {
  const { language, timeZone, form } = voice;
  const lines = places.map((one) => {
    const name = (form === 'sms' ? one.name : one.place)[language];
    const where = one.distanceKm === undefined ? name : `${name} (${kilometres(one.distanceKm, voice)})`;
    const hours = formatSlot(one, language, timeZone, form);
    return form === 'sms' ? `${where}: ${hours}` : `- *${where}*: ${hours} (${one.what[language]})`;
  });
  return lines.join('\n');
}

function kilometres(km: number, { language }: Voice): string {
  const text = km.toFixed(1);
  return `${language === 'id' ? text.replace('.', ',') : text} km`;
}

function isWords(value: Json | undefined): value is { id: string; en: string } {
  return typeof value === 'object' && value !== null && 'id' in value && 'en' in value;
}
