/** The values of texts about a number in the queue. */
import { formatTime } from '../flows/format.ts';
import type { Say } from '../flows/talk.ts';
import type { Values } from '../flows/texts.ts';
import { dateTime, type Voice } from './voice.ts';

/** Of the results of the effect `queue` (`QueueResult`): nothing for any other. */
export function queueValues(voice: Voice, values: Say['values']): Values {
  if (values.opensAt !== undefined)
    return { due: openingText(voice, values.opensAt), why: whyText(voice, values.why), ...placeOf(values) };
  if (typeof values.label !== 'string') return placeOf(values);
  const { labels } = voice.flows;
  const { label, current, ahead, activity } = values;
  const purpose =
    activity === 'submit' || activity === 'pickup' || activity === 'record' ? activity : 'submit';
  return {
    ticket: label,
    current: typeof current === 'string' ? current : labels.nobody,
    ahead: Number(ahead),
    time: formatTime(Number(values.expectedAt), voice.timeZone),
    purpose: labels[purpose],
    ...placeOf(values),
  };
}

function openingText(voice: Voice, opensAt: Say['values'][string]): Values[string] {
  return typeof opensAt === 'number' ? dateTime(voice, opensAt) : voice.flows.labels.unknown;
}

function whyText(voice: Voice, why: Say['values'][string] | undefined): Values[string] {
  return typeof why === 'object' && why !== null ? why : voice.flows.labels.shut;
}

function placeOf({ place }: Say['values']): Values {
  return typeof place === 'object' && place !== null && 'id' in place ? { place } : {};
}
