import type { ConversationView } from '../../schemas/inbox.ts';
import { Warnings } from '../requests/warnings.tsx';
import { useTexts } from '../shell/language.tsx';
import { BotText } from './bot-text.tsx';
import { COUNTER_TEXTS } from './texts.ts';

/** The answers so far, each with the way to be asked again, and what was said. */
export function CaseSide(props: {
  chat: ConversationView;
  isBusy: boolean;
  onAsk: (step: string) => void;
  onReveal: () => void;
}) {
  const texts = useTexts(COUNTER_TEXTS);
  const { chat } = props;
  const canAsk = new Set(chat.steps.map(({ id }) => id));
  return (
    <aside class="case-side" aria-label={texts.answers}>
      <h2>{texts.answers}</h2>
      {chat.masked && chat.answers.length > 0 && (
        <p class="mask">
          {texts.masked}
          <button type="button" class="button" disabled={props.isBusy} onClick={props.onReveal}>
            {texts.reveal}
          </button>
        </p>
      )}
      {chat.answers.length === 0 && <p class="quiet">{texts.noAnswers}</p>}
      <dl class="given">
        {chat.answers.map(({ id, label, text, warnings }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              {text || '–'}
              <Warnings codes={warnings} />
            </dd>
            {canAsk.has(id) && (
              <dd>
                <button
                  type="button"
                  class="link"
                  disabled={props.isBusy}
                  aria-label={`${texts.askAgain}: ${label}`}
                  onClick={() => props.onAsk(id)}
                >
                  {texts.askAgain}
                </button>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <details>
        <summary>{texts.talk}</summary>
        <ol class="talked">
          {chat.transcript
            .filter(({ direction }) => direction !== 'note')
            .map((entry) => (
              <li key={entry.id} class={entry.direction}>
                <span class="quiet">{entry.direction === 'in' ? texts.citizen : texts.bot}: </span>
                <BotText text={entry.text || `📎 ${entry.files.length}`} />
              </li>
            ))}
        </ol>
      </details>
    </aside>
  );
}
