/** What a text means at the question which of the offered times is taken. Pure. */
import type { Command } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { asksNearest, namesDistrict } from '../flows/wish/nearness.ts';
import { type ParsedWish, parseWish } from '../flows/wish/parse-wish.ts';
import { pickOf } from '../flows/wish/pick.ts';
import { digression } from './digression.ts';
import { polite } from './interpret-command.ts';
import type { Knowledge, Moment } from './knowledge.ts';

/** Why a wish is not taken, as `INVALID` says it; flows.yaml has a text for each (present.ts). */
const REASONS = {
  date: 'wish-date',
  hour: 'wish-hour',
  past: 'wish-past',
  unreadable: 'unreadable',
} as const;

/** Such a question is answered, if the answer is known, even where a day stands in it. */
const ASKS_ELSE =
  /\b(?:apa saja|apa aja|syarat\w*|berapa|brp|kapan|kpn|kenapa|knp|bagaimana cara|gimana cara|dokumen apa|biaya|alamat\w*|dimana|di mana|dmn|where|how much|what|why|how do)\b/i;

/** One of the times, another time, another place, or a question; at last `INVALID`, with what is wrong with it. */
export function atSlots(
  knowledge: Knowledge,
  { talk }: TalkState,
  text: string,
  found: ReadonlySet<Command>,
  { now: at }: Moment,
): TalkEvent[] {
  const slots = talk.slots ?? [];
  const index = found.has('confirm') || found.has('agree') ? 0 : pickOf(text);
  if (index !== undefined && index < slots.length) return [{ type: 'PICK', at, index }];
  if (found.has('refuse')) return [{ type: 'WISH', at, wish: { others: true } }];
  if (found.has('calendar')) return [{ type: 'CALENDAR', at }];
  if (found.has('queue')) return [{ type: 'QUEUE', at }];
  const isNearest = asksNearest(text);
  if (ASKS_ELSE.test(text) && !isNearest) {
    const aside = digression(knowledge, text, at);
    if (aside) return aside;
  }
  const place = knowledge.places.find(text);
  const { timeZone } = knowledge.answerContext;
  const wished = parseWish(place?.rest ?? text, { now: at, timeZone, offeredAt: slots.at(-1)?.startAt });
  const near = place?.near;
  if (wished.ok && near) return [{ type: 'WISH', at, wish: wished.wish, near }];
  if (near && !isBad(wished)) return [{ type: 'NEAR', at, near }];
  if (wished.ok) {
    const isUnknown = isNearest && talk.near === undefined;
    const wish: TalkEvent = { type: 'WISH', at, wish: wished.wish };
    return isUnknown ? [{ type: 'NEAREST', at }, wish] : [wish];
  }
  if (isNearest) return [{ type: 'NEAREST', at }];
  const reason = !isBad(wished) && namesDistrict(text) ? 'place' : REASONS[wished.reason];
  return polite(found, at) ?? digression(knowledge, text, at) ?? [{ type: 'INVALID', at, reason }];
}

/** A day or a time was named, and there is none such. */
function isBad(wished: ParsedWish): boolean {
  return !wished.ok && wished.reason !== 'unreadable';
}
