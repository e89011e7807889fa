/** What a text means where a visit is chosen, or its cancelling asked about. Pure. */
import type { Command } from '../flows/schema.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { parseWish } from '../flows/wish/parse-wish.ts';
import type { Knowledge } from './knowledge.ts';

const COMMANDS = [
  ['reschedule', 'RESCHEDULE'],
  ['cancel-visit', 'CANCEL_VISIT'],
] as const;

/** The number of a case, with its dashes or without. */
const NUMBER = /\b([a-z]{2})[\s-]?(\d{4})[\s-]?(\d{4,6})[\s-]?(\d)\b/i;

/** The first number of a case in a text, as we write it; undefined when there is none. Its check digit is not looked at. */
function caseNumberIn(text: string): string | undefined {
  const [, code, month, serial, check] = NUMBER.exec(text) ?? [];
  return code && [code.toUpperCase(), month, serial, check].join('-');
}

/** `UBAH JADWAL KL-2611-0001-7`, `ubah jadwal ke jumat jam 9`; undefined when it begins with no such command, or goes on otherwise. */
export function aboutVisits(
  { commands, places, answerContext }: Knowledge,
  state: TalkState,
  text: string,
  at: number,
): TalkEvent[] | undefined {
  for (const [command, type] of COMMANDS) {
    const rest = commands.findLeading(text, command);
    if (rest === undefined) continue;
    const application = caseNumberIn(rest);
    if (application) return [{ type, at, application }];
    // In a form such words may be an answer.
    if (type === 'CANCEL_VISIT' || state.where.room === 'service') continue;
    const place = places.find(rest);
    const wished = parseWish(place?.rest ?? rest, { now: at, timeZone: answerContext.timeZone });
    const near = place ? { near: place.near } : {};
    if (wished.ok || place) return [{ type, at, ...(wished.ok ? { wish: wished.wish } : {}), ...near }];
  }
  return undefined;
}

/** Which of the visits; undefined when that is not understood. */
export function atWhich({ talk }: TalkState, text: string, at: number): TalkEvent | undefined {
  const { visits = [] } = talk;
  const number = caseNumberIn(text);
  const digit = /^(?:(?:pilih|no|nomor|jadwal|yang|option)\.?\s*)?(\d)\.?$/i.exec(text.trim())?.[1];
  const index = number ? visits.findIndex((one) => one.number === number) : Number(digit) - 1;
  return index in visits ? { type: 'PICK', at, index } : undefined;
}

/** Yes or no to the cancelling of a visit. */
export function atCancelling(found: ReadonlySet<Command>, at: number): TalkEvent | undefined {
  if (found.has('confirm') || found.has('agree')) return { type: 'CONFIRM', at };
  return found.has('refuse') ? { type: 'REFUSE', at } : undefined;
}
