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
  /** The bot has not answered yet. */
  isWorking: boolean;
}

/** The way the bot writes a list (`conversation/present.ts`): a number in bold, then the words. */
const NUMBERED = /^\*(\d{1,2})\*\s+(.+)$/;
const CHOSEN = new Set(['menu', 'choice', 'slot']);

/** The question of a chat. */
export function readQuestion({ transcript, expects }: ConversationView): Question {
  const talk = transcript.filter(({ direction }) => direction !== 'note');
  const lastIn = talk.map(({ direction }) => direction).lastIndexOf('in');
  const entries = talk.slice(lastIn + 1);
  const said = entries.map(({ text }) => text).join('\n');
  return {
    entries,
    choices: expects !== null && CHOSEN.has(expects) ? readChoices(said) : [],
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
