/** The values of texts about places that are near. */
import { formatSlot } from '../flows/format.ts';
import type { NearPlace, Say } from '../flows/talk.ts';
import type { Values } from '../flows/texts.ts';
import type { Voice } from './voice.ts';

/** Of the result of the effect `places` (`PlacesResult`): nothing for any other. */
export function placeValues(voice: Voice, { places }: Say['values']): Values {
  return Array.isArray(places) ? { places: placeLines(voice, places as unknown as NearPlace[]) } : {};
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
