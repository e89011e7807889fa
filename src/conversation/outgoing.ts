/** Gathers what a step gives rise to: texts become as few messages as can be, effects get their ids. */

import type { Json } from '../json.ts';
import { smsFits } from './message-size.ts';
import type { Commit, Conversation, Effect, Entry, StepWorld, StoredFile, Timer } from './types.ts';

interface Part {
  text: string;
  files: StoredFile[];
}

/** Collects in order; `commit` makes entries and effects of it. */
export function createOutgoing(conversation: Conversation, { now, can }: StepWorld) {
  const texts: Part[] = [];
  const others: Pick<Effect, 'type' | 'params'>[] = [];
  const set = new Map<string, Timer>();
  const cancel = new Set<string>();
  const amended: Commit['amended'] = [];
  let author = 'bot';

  return {
    say(text: string, files: StoredFile[] = []) {
      if (text !== '' || files.length > 0) texts.push({ text, files });
    },
    operatorSays(name: string, text: string) {
      author = name;
      texts.push({ text, files: [] });
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
      const messages = can.textForm === 'sms' ? mergeSms(texts) : merge(texts);
      const entries = messages.map(
        (message, i): Entry => ({
          id: idOf(conversation, i),
          direction: 'out',
          author,
          at: now,
          ...message,
          status: 'queued',
        }),
      );
      const says = entries.map(({ id }): Effect => ({ id, type: 'say', params: { entry: id } }));
      const asked = others.map(
        (effect, i): Effect => ({ id: idOf(conversation, messages.length + i), ...effect }),
      );
      return {
        entries: [...inbound, ...entries],
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
    if (last && last.files.length === 0 && part.files.length === 0)
      last.text = `${last.text}\n\n${part.text}`;
    else merged.push({ ...part });
  }
  return merged;
}

/** SMS: as few messages as there can be with at most two segments each, broken between lines. */
function mergeSms(parts: Part[]): Part[] {
  const lines = parts.flatMap(({ text, files }) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line, i) => ({ text: line, files: i === 0 ? files : [] })),
  );
  const merged: Part[] = [];
  for (const line of lines) {
    const last = merged.at(-1);
    const joined = `${last?.text}\n${line.text}`;
    if (last && line.files.length === 0 && smsFits(joined)) last.text = joined;
    else merged.push({ ...line });
  }
  return merged;
}
