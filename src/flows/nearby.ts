/** Places near a citizen: asked for in the menu, and told when they are found. */
import type { Json } from '../json.ts';
import { effect, only, say } from './actions.ts';

/** `{ near, activity? }`. */
export const findPlaces = effect('places', ({ event }) => {
  const { near, activity } = only(event, 'NEAR');
  return { near: { ...near }, ...(activity ? { activity } : {}) };
});

/** What is in the way at the nearest, then the places that are open. */
export const tellPlaces = [
  say('placesFar', ({ event }) => (remarkOf(event)?.code === 'far' ? {} : null)),
  say('slotBroken', ({ event }) => {
    const remark = remarkOf(event);
    return remark?.code === 'broken' ? { ...(remark as { [name: string]: Json }) } : null;
  }),
  say('placesNear', ({ event }) => {
    const { places } = only(event, 'places.done').result;
    return places.length > 0 ? { places } : null;
  }),
  say('placesNone', ({ event }) => {
    const { places, remark } = only(event, 'places.done').result;
    return places.length === 0 && remark?.code !== 'far' ? {} : null;
  }),
];

function remarkOf(event: Parameters<typeof only>[0]) {
  return only(event, 'places.done').result.remark;
}
