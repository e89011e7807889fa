/** Gathers what a step gives rise to: texts become as few messages as can be, effects get their ids. */

import type { Json } from '../json.ts';
import { smsFits } from './message-size.ts';
import type { Commit, Conversation, Effect, Entry, Reply, StepWorld, StoredFile, Timer } from './types.ts';

interface Part {
  text: string;
  files: StoredFile[];
  /** In a message of its own. */
  alone?: boolean;
}

/** One message that goes out, and how its sending differs from the usual. */
interface Message extends Part {
  author: string;
  how?: { [key: string]: Json };
}

export type Outgoing = ReturnType<typeof createOutgoing>;

/** Collects in order; `commit` makes entries and effects of it. */
export function createOutgoing(conversation: Conversation, { now, can }: StepWorld) {
  const texts: Part[] = [];
  const replies: Message[] = [];
  const notes: Entry[] = [];
  const others: Pick<Effect, 'type' | 'params'>[] = [];
  const set = new Map<string, Timer>();
  const cancel = new Set<string>();
  const amended: Commit['amended'] = [];

  return {
    say(text: string, files: StoredFile[] = [], alone = false) {
      if (text !== '' || files.length > 0) texts.push({ text, files, alone });
    },
    /** What a person writes goes as one message, whatever else is said. */
    reply(author: string, { text, files = [], as, template }: Reply) {
      replies.push({
        author,
        text,
        files,
        how: { ...(as ? { as } : {}), ...(template ? { template } : {}) },
      });
    },
    /** A line of the transcript that is not sent: for the office, or sent already. */
    note(entry: Pick<Entry, 'author' | 'text'> & Partial<Entry>) {
      const id = `${conversation.id}.${conversation.version}.note`;
      notes.push({ id, direction: 'note', at: now, files: [], status: 'received', ...entry });
    },
    effect(type: string, params: { [key: string]: Json }) {
      others.push({ type, params });
    },
    timer(id: string, dueAt: number) {
      cancel.delete(id);
      set.set(id, { id, dueAt });
    },
    cancelTimer(id: string) {
      set.delete(id);
      cancel.add(id);
    },
    amend(entry: string, files: StoredFile[]) {
      amended.push({ entry, files });
    },
    commit(inbound: Entry[]): Pick<Commit, 'entries' | 'effects' | 'timers' | 'amended'> {
      const parts = can.textForm === 'sms' ? mergeSms(texts) : merge(texts);
      const messages: Message[] = [...replies, ...parts.map((part) => ({ author: 'bot', ...part }))];
      const entries = messages.map(
        ({ author, text, files }, i): Entry => ({
          id: idOf(conversation, i),
          direction: 'out',
          author,
          at: now,
          text,
          files,
          status: 'queued',
        }),
      );
      const says = messages.map(({ how }, i): Effect => {
        const id = idOf(conversation, i);
        return { id, type: 'say', params: { entry: id, ...how } };
      });
      const asked = others.map(
        (effect, i): Effect => ({ id: idOf(conversation, messages.length + i), ...effect }),
      );
      return {
        entries: [...inbound, ...notes, ...entries],
        effects: [...says, ...asked],
        timers: { set: [...set.values()], cancel: [...cancel] },
        amended,
      };
    },
  };
}

function idOf(conversation: Conversation, position: number): string {
  return `${conversation.id}.${conversation.version}.${position}`;
}

/** One message for all texts of a step. Files end a message. */
function merge(parts: Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last && last.files.length === 0 && part.files.length === 0 && !last.alone && !part.alone)
      last.text = `${last.text}\n\n${part.text}`;
    else merged.push({ ...part });
  }
  return merged;
}

/** SMS: as few messages as there can be with at most two segments each, broken between lines. */
function mergeSms(parts: Part[]): Part[] {
  const lines = parts.flatMap(({ text, files, alone }, of) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line, i) => ({ text: line, files: i === 0 ? files : [], alone: alone ? of : undefined })),
  );
  const merged: typeof lines = [];
  for (const line of lines) {
    const last = merged.at(-1);
    const joined = `${last?.text}\n${line.text}`;
    if (last && line.files.length === 0 && last.alone === line.alone && smsFits(joined)) last.text = joined;
    else merged.push({ ...line });
  }
  return merged.map(({ text, files }) => ({ text, files }));
}
