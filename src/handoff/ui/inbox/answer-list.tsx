/** The answers so far and the questions that are open: to be asked again by the bot, or filled in for the citizen. */
import { useRef, useState } from 'preact/hooks';
import type { ConversationView } from '../../schemas/inbox.ts';
import { Warnings } from '../requests/warnings.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { useSure } from '../shell/use-sure.ts';
import { createActId, type Draft } from './drafts.ts';
import type { ChatCalls } from './inbox-api.ts';
import { TEXTS } from './texts.ts';
import type { Chat } from './use-chat.ts';

interface Props {
  chat: ConversationView;
  calls: ChatCalls;
  act: Chat['act'];
}

export function AnswerList(props: Props) {
  const texts = useTexts(TEXTS);
  const { chat } = props;
  const isOpenStep = (id: string) => chat.steps.some((step) => step.id === id);
  const open = chat.steps.filter(
    ({ id, isAnswered }) => !isAnswered && !chat.answers.some((a) => a.id === id),
  );
  return (
    <>
      <h2>{texts.answers}</h2>
      {chat.answers.length === 0 && <p class="quiet">{texts.noAnswers}</p>}
      <dl class="answers">
        {chat.answers.map(({ id, label, text, warnings }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              {text}
              <Warnings codes={warnings} />
              {isOpenStep(id) && <StepActions {...props} step={{ id, label }} isAnswered />}
            </dd>
          </div>
        ))}
      </dl>
      {open.length > 0 && (
        <details class="open-steps">
          <summary>
            {texts.openQuestions} <span class="count">{open.length}</span>
          </summary>
          <dl class="answers">
            {open.map((step) => (
              <div key={step.id}>
                <dt>{step.label}</dt>
                <dd>
                  <span class="quiet">{step.ask}</span>
                  <StepActions {...props} step={step} isAnswered={false} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

type Step = { id: string; label: string };

function StepActions({ chat, calls, act, step, isAnswered }: Props & { step: Step; isAnswered: boolean }) {
  const texts = useTexts(TEXTS);
  const [isFilling, setFilling] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  // What went wrong is shown by the chat; where it went well the chat is the bot's again.
  const asking = useSure(() => {
    act(() => calls.ask(step.id));
    document.getElementById('chat-title')?.focus();
  });
  if (!chat.attention.isMine) return null;
  if (isFilling) {
    const close = () => {
      setFilling(false);
      requestAnimationFrame(() => opener.current?.focus());
    };
    return <AnswerForm {...{ calls, act, step, onDone: close }} />;
  }
  return (
    <div class="step-actions">
      <button
        type="button"
        class={`link ${asking.isSure ? 'sure' : ''}`}
        title={texts.askHint}
        aria-label={`${asking.isSure ? texts.askSure : isAnswered ? texts.askAgain : texts.ask}: ${step.label}`}
        onClick={asking.press}
      >
        {asking.isSure ? texts.askSure : isAnswered ? texts.askAgain : texts.ask}
      </button>
      <button
        type="button"
        class="link"
        ref={opener}
        aria-label={`${texts.answer}: ${step.label}`}
        onClick={() => setFilling(true)}
      >
        {texts.answer}
      </button>
    </div>
  );
}

function AnswerForm(props: { calls: ChatCalls; act: Chat['act']; step: Step; onDone: () => void }) {
  const { texts: common, explain } = useWords();
  const texts = useTexts(TEXTS);
  const { calls, act, step, onDone } = props;
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const tried = useRef<Draft['tried']>(undefined);
  const save = async () => {
    const content = text.trim();
    if (content === '' || isSending) return;
    tried.current = { id: createActId(tried.current, content), content };
    const { id } = tried.current;
    setSending(true);
    setFailure(undefined);
    const refused = await act(() => calls.answer({ id, step: step.id, text: content }), true);
    if (refused === undefined) return onDone();
    setFailure(refused);
    setSending(false);
  };
  return (
    <form
      class="answer-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label class="hidden" for={`answer-${step.id}`}>
        {texts.answerFor.replace('{label}', step.label)}
      </label>
      <input
        id={`answer-${step.id}`}
        ref={focusOnce}
        maxLength={500}
        autoComplete="off"
        aria-invalid={failure !== undefined}
        value={text}
        onInput={({ currentTarget: { value } }) => setText(value)}
      />
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <div class="row">
        <button type="submit" class="button primary" disabled={isSending || text.trim() === ''}>
          {texts.answerSave}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {common.cancel}
        </button>
      </div>
    </form>
  );
}

/** The form opens by a click of the operator: the field is where they go on. */
function focusOnce(input: HTMLInputElement | null): void {
  if (input && !input.value) input.focus();
}
