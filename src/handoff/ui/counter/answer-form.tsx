/** The answer field, as the kind of question wants it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../shell/language.tsx';
import { DigitCount, hintOf, inputModeOf, KEPT, quickAnswers } from './answer-kinds.tsx';
import { DocumentAnswer } from './document-answer.tsx';
import type { Question } from './question.ts';
import { COUNTER_TEXTS } from './texts.ts';

type Say = (said: { text: string } | { files: string[] }) => Promise<boolean>;

/** `asked` is the id of what the bot said last: with another one the field is ready for the next answer. */
export function AnswerForm(props: {
  question: Question;
  expects: string | null;
  asked: string;
  isBusy: boolean;
  say: Say;
  upload: Parameters<typeof DocumentAnswer>[0]['upload'];
}) {
  const texts = useTexts(COUNTER_TEXTS);
  const { question, expects, asked, isBusy, say } = props;
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    const isElsewhere = focused !== null && focused !== document.body && !focused.contains(box.current);
    // Whoever looks something up beside it is left there.
    if (asked === '' || (isElsewhere && !box.current?.contains(focused))) return;
    // An answer that was not taken stays, to be put right.
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const send = async (answer: string) => {
    if (answer.trim() === '' || isBusy) return;
    const isSaid = await say({ text: answer.trim() });
    if (isSaid && !KEPT.has(expects ?? '')) setText('');
  };
  const said = question.entries.map((entry) => entry.text).join('\n');
  const quick = quickAnswers(expects, question, texts);
  return (
    <div class="answer" ref={box}>
      {quick.length > 0 && (
        <div class={`quick ${quick.length > 3 ? 'is-long' : ''}`}>
          {quick.map((choice, index) => (
            <button
              key={choice.say}
              type="button"
              class={`button ${index === 0 && quick.length <= 2 ? 'primary' : ''}`}
              disabled={isBusy}
              onClick={() => send(choice.say)}
            >
              {question.choices.length > 0 && <kbd>{choice.say}</kbd>} {choice.words}
            </button>
          ))}
        </div>
      )}
      {expects === 'document' && (
        <DocumentAnswer said={said} isBusy={isBusy} say={say} upload={props.upload} />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
      >
        <label for="answer">{quick.length > 0 || expects === 'document' ? texts.other : texts.answer}</label>
        <div class="row typed">
          <input
            id="answer"
            ref={input}
            autoComplete="off"
            spellcheck={false}
            maxLength={1000}
            aria-describedby="answer-hint"
            inputMode={inputModeOf(expects)}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {expects === 'date' && (
            <input
              type="date"
              class="calendar"
              aria-label={texts.datePick}
              onChange={({ currentTarget: { value } }) => {
                if (value === '') return;
                setText(value.split('-').reverse().join('-'));
                input.current?.focus();
              }}
            />
          )}
          <button type="submit" class="button primary send" disabled={isBusy || text.trim() === ''}>
            {isBusy ? texts.sending : texts.send}
          </button>
        </div>
        <p class="quiet" id="answer-hint">
          {hintOf(expects, texts)}
          {(expects === 'nik' || expects === 'kk') && (
            <>
              {' · '}
              <DigitCount text={text} />
            </>
          )}
        </p>
      </form>
    </div>
  );
}
