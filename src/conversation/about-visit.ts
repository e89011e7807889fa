/** What is said in the menu of a visit that lies ahead, or is just over. Pure. */
import type { Commands } from '../flows/commands.ts';
import type { Talk, TalkEvent } from '../flows/talk.ts';

/** Until some time after the end of a visit: who comes late says so then. */
const NEAR_AFTER_MS = 3 * 3_600_000;

/** What stands around the words: "maaf pak, besok saya gak bisa datang ya bu". */
const BEFORE =
  /^(?:(?:maaf|mohon maaf|pak|bu|min|kak|saya|sy|aku|kami|hari ini|besok|sepertinya|kayaknya|ternyata|sorry|today|tomorrow)[\s,.]+)+/i;
const AFTER = /(?:[\s,.]+(?:pak|bu|min|kak|mas|mbak|ya|yaa|nih|maaf|hari ini|besok|today|tomorrow))+[.!]*$/i;

/**
 * The command as it is meant while a visit lies ahead, or is just over. Undefined otherwise: then the words may mean anything.
 */
export function aboutVisit(
  commands: Pick<Commands, 'find'>,
  { visit }: Pick<Talk, 'visit'>,
  text: string,
  at: number,
): TalkEvent[] | undefined {
  if (!visit || at >= visit.slot.endAt + NEAR_AFTER_MS) return undefined;
  const forms = [text, text.replace(BEFORE, ''), text.replace(BEFORE, '').replace(AFTER, '')];
  const found = new Set(forms.flatMap((form) => [...commands.find(form)]));
  if (found.has('cannot')) return [{ type: 'COMING', at, how: 'cannot' }];
  const how = (['on-way', 'late'] as const).find((command) => found.has(command));
  return how && [{ type: 'COMING', at, how }];
}
