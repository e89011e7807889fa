/** A number in the queue of those who come without a time: asked for anywhere, and told when it is there. */
import type { Json } from '../json.ts';
import { type Args, effect, only } from './actions.ts';
import type { Near, QueueResult, Say } from './talk.ts';

/** `{ near?, isCollecting }`: where, if a place was named, and whether a finished document waits to be collected. */
export const takeNumber = effect('queue', ({ context, event }) => {
  const { near } = only(event, 'QUEUE');
  return { isCollecting: context.pickup !== undefined, ...(near ? { near: placeOf(near) } : {}) };
});

const TEXTS = {
  taken: 'queueTaken',
  stands: 'queueStands',
  called: 'queueCalled',
  ended: 'queueEnded',
  closed: 'queueClosed',
  full: 'queueFull',
  booked: 'queueBooked',
  none: 'queueNone',
} as const satisfies Record<QueueResult['outcome'], string>;

/** The number and how far it is, or why there is none. */
export const tellNumber = {
  type: 'say' as const,
  params: ({ event }: Args): Say => {
    const { outcome, ...values } = only(event, 'queue.done').result;
    return { key: TEXTS[outcome], values: values as { [name: string]: Json }, files: [] };
  },
};

function placeOf(near: Near): Json {
  return { ...near };
}
