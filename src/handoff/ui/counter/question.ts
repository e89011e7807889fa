/** What the bot asks now, taken from what it said last. */
import type { ConversationView, EntryView } from '../../schemas/inbox.ts';

export interface Choice {
  /** What is sent. */
  say: string;
  words: string;
}

export interface Question {
  /** All that the bot said since the citizen's last words. */
  entries: EntryView[];
  /** The numbered lines of it, where one of them is to be chosen. */
  choices: Choice[];
  /** It proposes what was read off a photo. */
  isProposed: boolean;
  /** The bot has not answered yet. */
  isWorking: boolean;
}

/** The way the bot writes a list (`conversation/present.ts`): a number in bold, then the words. */
const NUMBERED = /^\*(\d{1,2})\*\s+(.+)$/;
const CHOSEN = new Set(['menu', 'choice', 'slot']);

/** The kind of answer that is awaited; of a chat that is with an operator what the bot goes on with. */
export function awaited({ expects, attention, steps, step }: ConversationView): string | null {
  if (expects !== null || attention.status === 'bot') return expects;
  return steps.find(({ id }) => id === step)?.ask ?? null;
}

/** The question of a chat. While an operator has it the bot's last words are about that, and no question. */
export function readQuestion(chat: ConversationView): Question {
  const { transcript, attention } = chat;
  const expects = awaited(chat);
  const isChosen = expects !== null && CHOSEN.has(expects);
  if (attention.status !== 'bot') {
    const lists = transcript.map(({ author, text }) => (author === 'bot' ? readChoices(text) : []));
    const last = lists.findLast((list) => list.length > 0) ?? [];
    return { entries: [], choices: isChosen ? last : [], isProposed: false, isWorking: false };
  }
  const talk = transcript.filter(({ direction }) => direction !== 'note');
  const lastIn = talk.map(({ direction }) => direction).lastIndexOf('in');
  const entries = talk.slice(lastIn + 1);
  const said = entries.map(({ text }) => text).join('\n');
  return {
    entries,
    choices: isChosen ? readChoices(said) : [],
    isProposed: chat.isProposed,
    isWorking: entries.length === 0,
  };
}

function readChoices(said: string): Choice[] {
  return said.split('\n').flatMap((line) => {
    const [, say, words] = NUMBERED.exec(line.trim()) ?? [];
    return say === undefined || words === undefined ? [] : [{ say, words }];
  });
}

/** What was filed here: the number and PIN that the bot told, and the receipt once it is made. */
export function readFiled({ transcript, applications }: ConversationView) {
  const told = [...transcript]
    .reverse()
    .find(({ direction, text }) => direction === 'out' && PIN.test(text) && numberIn(text) !== undefined);
  if (!told) return undefined;
  const number = numberIn(told.text) ?? '';
  const [, pin = ''] = PIN.exec(told.text) ?? [];
  const receipt = transcript
    .slice(transcript.indexOf(told))
    .flatMap(({ direction, files }) => (direction === 'out' ? files : []))
    .find(({ contentType }) => contentType === 'application/pdf');
  return { number, pin, receipt, application: applications.find((one) => one.number === number) };
}

const PIN = /PIN:?\s+\*?(\d{6})\b/;
const NUMBER = /\b[A-Z]{2}-\d{4}-\d{4,}-\d\b/;

function numberIn(text: string): string | undefined {
  return NUMBER.exec(text)?.[0];
}
