/** How it stands with one conversation: what is still in use. */
import type { ConversationStore, Jobs } from '../conversation/ports.ts';
import type { CaseStore } from './ports.ts';
import { beganAt, filesOf, isErased, isOver, namedIn, type Rules } from './rules.ts';

export interface StandDeps {
  applications: Pick<CaseStore, 'findByConversation'>;
  conversations: Pick<ConversationStore, 'load' | 'transcript'>;
  jobs: Pick<Jobs, 'effectsOf'>;
}

export interface Stand {
  /** Of the conversation; undefined: there is none. */
  version: number | undefined;
  /** When somebody last said something; 0 when nobody ever did. */
  lastWordAt: number;
  /** A person has it or is awaited, or work is left to do. */
  isBusy: boolean;
  /** Cases that are open or closed not long ago. While there are any, what came since the first began is not touched. */
  hasKept: boolean;
  keepFrom: number;
  /** Files that those cases name. */
  keptFiles: Set<unknown>;
  /** Cases that are over, and not erased (yet): their owners and files. */
  hasOver: boolean;
  overOwners: Set<string>;
  overFiles: Set<unknown>;
  /** What the conversation itself names: the draft that goes on, or was put aside. */
  talkFiles: Set<unknown>;
  talkDrafts: Set<unknown>;
}

/** Reads it as it is now. */
export async function readStand(
  { applications, conversations, jobs }: StandDeps,
  id: string,
  { now, rules }: { now: number; rules: Rules },
): Promise<Stand> {
  const conversation = await conversations.load(id);
  const [newest] = conversation ? await conversations.transcript(id, { last: 1 }) : [];
  const { effects } = conversation ? await jobs.effectsOf(id) : { effects: [] };
  const cases = (await applications.findByConversation(id)).filter((found) => !isErased(found));
  const over = cases.filter((found) => isOver(found, now, rules));
  const kept = cases.filter((found) => !over.includes(found));
  return {
    version: conversation?.version,
    lastWordAt: Math.max(conversation?.lastInboundAt ?? 0, newest?.at ?? 0),
    isBusy: (conversation !== undefined && conversation.attention.status !== 'bot') || effects.length > 0,
    hasKept: kept.length > 0,
    keepFrom: Math.min(...kept.map(beganAt)),
    keptFiles: new Set(kept.flatMap(filesOf)),
    hasOver: over.length > 0,
    overOwners: new Set(over.map(({ filedBy }) => filedBy)),
    overFiles: new Set(over.flatMap(filesOf)),
    talkFiles: new Set(namedIn(conversation?.snapshot, 'file')),
    talkDrafts: new Set(namedIn(conversation?.snapshot, 'draft')),
  };
}
