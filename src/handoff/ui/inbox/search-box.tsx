import { useRef, useState } from 'preact/hooks';
import { useKeys } from '../shell/keys.ts';
import { useTexts } from '../shell/language.tsx';
import { TEXTS } from './texts.ts';

/** Looks for chats when Enter is pressed (each search is logged, without its words); empty ends it. */
export function SearchBox({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const texts = useTexts(TEXTS);
  const [typed, setTyped] = useState(words);
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    setTyped('');
    onWords('');
    input.current?.focus();
  };
  useKeys([
    { keys: '/', words: texts.search, run: () => input.current?.focus() },
    {
      keys: 'Escape',
      words: '',
      run: () => (typed === '' ? input.current?.blur() : clear()),
      when: () => input.current === document.activeElement,
    },
  ]);
  return (
    <form
      class="search"
      aria-label={texts.search}
      onSubmit={(event) => {
        event.preventDefault();
        onWords(typed.trim());
      }}
    >
      <label class="hidden" for="search">
        {texts.search}
      </label>
      <input
        id="search"
        ref={input}
        type="search"
        maxLength={100}
        autoComplete="off"
        placeholder={texts.searchHint}
        value={typed}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          if (value === '') onWords('');
        }}
      />
      {words !== '' && (
        <button type="button" class="icon-button" aria-label={texts.searchClear} onClick={clear}>
          ✕
        </button>
      )}
    </form>
  );
}
