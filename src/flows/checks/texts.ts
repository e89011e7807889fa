/** The `{placeholders}` of every text: known, complete, and the same in both languages. */
import { suggest } from '../../yaml-file/did-you-mean.ts';
import { ALWAYS, KIOSK_ANSWER, type Placeholders, TEXT_PLACEHOLDERS } from '../placeholders.ts';
import { type Flows, LANGUAGES, type Text } from '../schema.ts';
import type { TextKey } from '../text-keys.ts';
import { allTexts, allWords } from '../text-list.ts';
import type { Finding } from './finding.ts';

const NONE: Placeholders = { required: [], optional: [] };

/** Everything wrong with placeholders. */
export function checkTexts(flows: Flows): Finding[] {
  return [
    ...allTexts(flows).flatMap(({ path, text }) => {
      const allowed = allowedAt(path);
      return [
        ...inForm({ path, form: text, allowed }),
        ...(text.sms ? inForm({ path: [...path, 'sms'], form: text.sms, allowed }) : []),
      ];
    }),
    ...allWords(flows).flatMap(({ path, words }) =>
      LANGUAGES.filter((language) => /[{}]/.test(words[language])).map((language) => ({
        path: [...path, language],
        message: 'a name holds no {placeholders}: it is put into texts itself',
      })),
    ),
  ];
}

function allowedAt([part, key, field]: Finding['path']): Placeholders {
  if (part === 'texts') return TEXT_PLACEHOLDERS[key as TextKey];
  return part === 'faq' && field === 'kiosk' ? KIOSK_ANSWER : NONE;
}

interface Form {
  path: readonly (string | number)[];
  form: Pick<Text, 'id' | 'en'>;
  allowed: Placeholders;
}

function inForm({ path, form, allowed }: Form): Finding[] {
  const found = LANGUAGES.flatMap((language) => inLanguage([...path, language], form[language], allowed));
  if (found.length > 0) return found;
  const [first, second] = [namesIn(form.id), namesIn(form.en)];
  const lost = [
    ...first.filter((name) => !second.includes(name)).map((name) => ({ name, language: 'en' })),
    ...second.filter((name) => !first.includes(name)).map((name) => ({ name, language: 'id' })),
  ];
  return lost.map(({ name, language }) => ({
    path: [...path, language],
    message: `{${name}} stands in the other language only; add it here or remove it there`,
  }));
}

function inLanguage(path: Finding['path'], text: string, allowed: Placeholders): Finding[] {
  const known = [...allowed.required, ...allowed.optional, ...ALWAYS];
  const names = namesIn(text);
  const unknown = names.filter((name) => !known.includes(name));
  const missing = allowed.required.filter((name) => !names.includes(name) && !unknown.length);
  return [
    ...unknown.map((name) => ({ path, message: `{${name}} is never filled here${suggest(name, known)}` })),
    ...missing.map((name) => ({
      path,
      message: `{${name}} is missing: without it this text tells nothing; add it`,
    })),
    ...(/[{}]/.test(text.replace(/\{\w+\}/g, ''))
      ? [
          {
            path,
            message: 'a brace without its partner or with spaces inside; write placeholders as {office}',
          },
        ]
      : []),
  ];
}

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)))];
}
