/** A word must call one command only among those that are listened to at the same time. */
import type { Command, Flows } from '../schema.ts';
import { type Finding, plainWord, repeated } from './finding.ts';

/** Commands that are understood together: everywhere, at the consent, at the summary, at a document. */
const TOGETHER: readonly (readonly Command[])[] = [
  [
    'menu',
    'cancel',
    'back',
    'operator',
    'status',
    'help',
    'stop',
    'start',
    'resume',
    'reschedule',
    'cancel-visit',
    'on-way',
    'late',
    'cannot',
    'queue',
    'calendar',
    'official',
    'thanks',
    'greeting',
    'indonesian',
    'english',
  ],
  ['agree', 'refuse'],
  ['confirm', 'refuse'],
  ['skip', 'done', 'counter'],
];

/** Words that stand in the way of another command, of the menu's numbers, or that are empty. */
export function checkCommands(flows: Flows): Finding[] {
  return [...TOGETHER.flatMap((commands) => overlaps(flows, commands)), ...unusable(flows)];
}

function overlaps(flows: Flows, commands: readonly Command[]): Finding[] {
  const words = commands.flatMap((command) => {
    const own = flows.commands[command].map((word, at) => ({
      name: plainWord(word),
      path: ['commands', command, at],
    }));
    return own.filter(
      ({ name }, first) => name !== '' && own.findIndex((other) => other.name === name) === first,
    );
  });
  return repeated(
    words,
    (word, first) => `"${word}" calls ${first.split('.')[1]} already; a word can call one command only`,
  );
}

function unusable(flows: Flows): Finding[] {
  return Object.entries(flows.commands).flatMap(([command, words]) =>
    words.flatMap((word, at) => {
      const path = ['commands', command, at];
      if (plainWord(word) === '') return [{ path, message: 'is empty; write a word or remove it' }];
      const isMenuNumber = /^[1-9]$/.test(plainWord(word)) && !CHOICES.includes(command);
      return isMenuNumber ? [{ path, message: `${word} is a number of the menu; choose a word` }] : [];
    }),
  );
}

/** Commands that are heard only where no menu is. */
const CHOICES: readonly string[] = ['agree', 'refuse', 'confirm'];
