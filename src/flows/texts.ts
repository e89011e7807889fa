/** Rendering of texts from `flows.yaml`. Pure. */
import type { Json } from '../json.ts';
import type { Language, Text } from './schema.ts';

export type Form = 'long' | 'sms';

/** A value for a placeholder: the same in all languages, or by language. */
export type Value = Json | { id: string; en: string };
export type Values = { [name: string]: Value };

/** The text in the language and form, its `{placeholders}` filled. A placeholder without a value stays visible. */
export function render(text: Text, values: Values, language: Language, form: Form): string {
  const chosen = form === 'sms' ? (text.sms ?? text)[language] : text[language];
  const filled = chosen.includes('{') ? fill(chosen, values, language) : chosen;
  return form === 'sms' ? plain(filled) : filled;
}

function fill(text: string, values: Values, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined || value === null ? whole : inLanguage(value, language);
  });
}

function inLanguage(value: Value, language: Language): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return String(value[language] ?? '');
  return String(value);
}

/** SMS shows no bold, and one character outside GSM-7 would halve its length: accents go, the rest is left out. */
function plain(text: string): string {
  return text
    .replaceAll('*', '')
    .normalize('NFKD')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/[^\n\x20-\x7e]/g, '')
    .replaceAll('`', "'");
}
