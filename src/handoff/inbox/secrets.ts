/**
 * What of a chat stays hidden from those who may not read complaints, also when the citizen asks about something else
 * later: a report of an official must not be read by that official.
 */
import type { Entry } from '../../conversation/types.ts';
import { isAllowed } from '../accounts/roles.ts';
import type { AuditEntry, AuditLog, Role } from '../ports.ts';

/** The topic of flows.yaml after which a call for a person is a complaint. */
const TOPIC = 'lapor-pungli';
/** The bot keeps that topic in mind for a day. */
const TOPIC_MS = 24 * 60 * 60_000;
/** Noted by the handing over (hand-off.ts), and by what gives the chat back to the bot. */
const BEGINS = 'conversation.complaint';
const ENDS = ['conversation.resolve', 'conversation.ask'];
const MAX_LINES = 1_000;
/** The latest; years of them. */
const MAX_COMPLAINTS = 5_000;

/** Answers what of these entries of a chat, oldest first, an operator may read. */
export async function withoutSecrets(
  audit: AuditLog,
  { conversation, entries, role }: { conversation: string; entries: Entry[]; role: Role },
): Promise<Entry[]> {
  if (isAllowed(role, 'complaints')) return entries;
  const lines = await audit.list({
    subject: conversation,
    actions: [BEGINS, ...ENDS],
    limit: MAX_LINES,
  });
  return entries.filter((entry) => !isAbout(entry) && !periodsOf(lines, entries).some(holds(entry)));
}

/** Chats in which somebody complained, as far as this role must not read it; for lists, which ask for many at once. */
export async function findComplained(audit: AuditLog, role: Role): Promise<ReadonlySet<string>> {
  if (isAllowed(role, 'complaints')) return new Set();
  const lines = await audit.list({ actions: [BEGINS], newest: true, limit: MAX_COMPLAINTS });
  return new Set(lines.map(({ subject }) => subject));
}

interface Period {
  from: number;
  until: number;
}

function periodsOf(lines: AuditEntry[], entries: Entry[]): Period[] {
  return lines.flatMap((line, i) => {
    if (line.action !== BEGINS) return [];
    const end = lines.slice(i).find(({ action }) => ENDS.includes(action));
    const told = entries.find(
      (entry) => isAbout(entry) && line.at - entry.at < TOPIC_MS && entry.at <= line.at,
    );
    return [{ from: told?.at ?? line.at, until: end?.at ?? Number.POSITIVE_INFINITY }];
  });
}

function isAbout({ understood }: Entry): boolean {
  return understood?.topic === TOPIC;
}

function holds({ at }: Entry): (period: Period) => boolean {
  return ({ from, until }) => from <= at && at <= until;
}
