/** The language of the screen, kept on this computer. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { FAILURES, type Language, TEXTS, type Texts } from '../texts.ts';
import { ApiFailure } from './api.ts';

const KEY = 'loket.language';

export interface Words {
  language: Language;
  texts: Texts;
  /** The words for whatever went wrong. */
  explain(failure: unknown): string;
}

/** What was chosen here last; Indonesian otherwise. */
export function loadLanguage(): Language {
  return localStorage.getItem(KEY) === 'en' ? 'en' : 'id';
}

/** Remembers the choice and tells the browser's reader. */
export function saveLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
}

/** The words of one language. */
export function createWords(language: Language): Words {
  return {
    language,
    texts: TEXTS[language],
    explain(failure) {
      if (!(failure instanceof ApiFailure)) return FAILURES[language].TROUBLE ?? '';
      const { code, by, reason } = failure;
      // The reason of an answer that was not taken is in Indonesian, as the citizen would read it.
      if (reason !== undefined) return reason;
      const words = FAILURES[language][code] ?? FAILURES[language].TROUBLE ?? '';
      return words.replace('{by}', by ?? '');
    },
  };
}

export const WordsContext = createContext(createWords('id'));

/** The words in use. */
export function useWords(): Words {
  return useContext(WordsContext);
}

/** Words of one view, in the language in use. */
export function useTexts<T>(table: { [language in Language]: T }): T {
  return table[useWords().language];
}
