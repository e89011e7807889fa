/** How long what is kept, and what of it is over. Pure: nothing is read or erased here. */
import { caseOwner } from '../conversation/case-owner.ts';
import { AppError } from '../errors.ts';
import type { Flows } from '../flows/schema.ts';
import { isClosedState } from '../flows/vocabulary.ts';
import type { Json } from '../json.ts';
import type { Office } from '../office.ts';
import type { Case } from './ports.ts';

/** `retention` of office.yaml in milliseconds; Indonesia's days all have 24 hours. */
export interface Rules {
  /** Files and answers of a closed case, after the last thing that happened to it. */
  filesMs: number;
  /** Files of a draft that was never filed, after they came. */
  draftsMs: number;
  /** What was said, and files of no case. */
  chatMs: number;
}

const DAY_MS = 86_400_000;

/** The rules in force. Throws AppError CONFIG_INVALID when the office keeps longer than citizens were promised. */
export function readRules(office: Pick<Office, 'retention'>, flows: Pick<Flows, 'privacy'>): Rules {
  const detail = brokenPromise(office.retention, flows.privacy);
  if (detail !== undefined) throw new AppError('CONFIG_INVALID', { detail });
  return rulesOf(office.retention);
}

function rulesOf({ files, drafts, chat }: Office['retention']): Rules {
  return {
    filesMs: daysOf(files) * DAY_MS,
    draftsMs: daysOf(drafts) * DAY_MS,
    chatMs: daysOf(chat) * DAY_MS,
  };
}

/** What is wrong when the office keeps longer than citizens were promised; undefined when it does not. */
export function brokenPromise(
  retention: Office['retention'],
  { retentionDays }: Flows['privacy'],
): string | undefined {
  const longer = Object.entries(retention).filter(([, duration]) => daysOf(duration) > retentionDays);
  if (longer.length === 0) return undefined;
  const kept = longer.map(([kind, duration]) => `${kind}: ${duration}`).join(', ');
  return `citizens are told ${retentionDays} days (privacy.retentionDays), but office.yaml keeps longer (retention ${kept}); shorten that, or raise both and privacy.version`;
}

/** Of an erased case but the skeleton is left. */
export function isErased({ answers, history }: Case): boolean {
  return history.length === 0 && Object.keys(answers).length === 0;
}

export function isClosed({ state }: Case): boolean {
  return isClosedState(state);
}

/** Whether a case's files and answers are to be erased by now. */
export function isOver(found: Case, now: number, { filesMs }: Rules): boolean {
  return isClosed(found) && !isErased(found) && lastEventAt(found) + filesMs <= now;
}

/** When its draft was begun. */
export function beganAt({ filedBy, conversation, submittedAt }: Case): number {
  const [, draft] = filedBy.split(':');
  return filedBy === caseOwner(conversation, Number(draft)) ? Number(draft) : submittedAt;
}

/** The ids of the files that its answers and result name. */
export function filesOf({ answers, result }: Case): string[] {
  return [...namedIn(answers, 'file'), ...result.map(({ file }) => file)].filter(
    (id) => typeof id === 'string',
  );
}

/** Every value of that name, however deep. */
export function namedIn(json: Json | undefined, name: string): Json[] {
  if (typeof json !== 'object' || json === null) return [];
  const below = Object.values(json).flatMap((value) => namedIn(value, name));
  return Array.isArray(json) || json[name] === undefined ? below : [json[name], ...below];
}

/** Programs of long ago wrote no history. */
function lastEventAt({ history, submittedAt, dueAt }: Case): number {
  return history.at(-1)?.at ?? Math.max(submittedAt, dueAt);
}

function daysOf(duration: string): number {
  return Temporal.Duration.from(duration).total({ unit: 'days', relativeTo: '2026-01-01' });
}
