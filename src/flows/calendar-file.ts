/** The visit for the calendar of a phone: asked for where the bot speaks, and given as a file or as a link to one. */
import { type Args, effect, only, say } from './actions.ts';

/** `{ application, language }`: the visit they were told of last, or null for the next of any. */
export const makeCalendar = effect('calendar', ({ context: { visit, language } }) => ({
  application: visit?.application ?? null,
  language,
}));

/** The file, the link to it, or that no visit lies ahead. */
export const giveCalendar = [
  say('calendarNone', ({ event }) => (resultOf({ event }).file ? null : {})),
  say('calendarLink', ({ event }) => {
    const { url } = resultOf({ event });
    return url === null ? null : { url };
  }),
  say(
    'calendarFile',
    ({ event }) => {
      const { file, url } = resultOf({ event });
      return file && url === null ? {} : null;
    },
    ({ event }) => [resultOf({ event }).file],
  ),
];

function resultOf({ event }: Pick<Args, 'event'>) {
  return only(event, 'calendar.done').result;
}
