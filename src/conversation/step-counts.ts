/** What the statistics count of a step: names only, nothing of what was said (ports.ts, `CountStore`). */
import type { Talk, TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';

/**
 * Of one event: `begun:<service>`, `asked:<service>:<step>` (once in a draft), `filed:<service>`,
 * `handoff:<service or ->:<step or ->:<reason>`, `resolved`.
 */
export function countsOf(before: TalkState, event: TalkEvent, after: TalkState): string[] {
  const { where, talk } = after;
  const names: string[] = [];
  if (event.type === 'START' && where.room === 'service' && talk.draft === event.at)
    names.push(`begun:${where.service}`);
  if (event.type === 'submit.done' && before.where.room === 'service' && where.room === 'visit')
    names.push(`filed:${before.where.service}`);
  if (where.room === 'service' && where.state === 'ask' && isFirstAsked(before.talk, talk))
    names.push(`asked:${where.service}:${where.step}`);
  if (where.room === 'handoff' && before.where.room !== 'handoff') names.push(handoff(before, talk.handoff));
  if (event.type === 'RESOLVE' || event.type === 'ASK') names.push('resolved');
  return names;
}

/** The draft may have been put aside before; what is asked again of an application that is filed is no draft. */
function isFirstAsked(before: Talk, { draft, asked, correcting }: Talk): boolean {
  if (correcting) return false;
  const same = [before, before.paused].find((one) => one?.draft === draft);
  return same?.asked !== asked;
}

function handoff({ where, talk }: TalkState, reason = 'asked'): string {
  const service = where.room === 'service' ? where.service : (talk.service ?? '-');
  const step = where.room === 'service' && where.state === 'ask' ? where.step : '-';
  return `handoff:${service}:${step}:${reason}`;
}
