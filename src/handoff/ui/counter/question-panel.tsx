import type { ConversationView, EntryView } from '../../schemas/inbox.ts';
import { fileUrl } from '../shell/api.ts';
import { useTexts } from '../shell/language.tsx';
import { BotText } from './bot-text.tsx';
import type { Question } from './question.ts';
import { COUNTER_TEXTS } from './texts.ts';

/** What the bot asks, large; what it says around that, smaller. */
export function QuestionPanel({ chat, question }: { chat: ConversationView; question: Question }) {
  const texts = useTexts(COUNTER_TEXTS);
  const isHeld = chat.attention.status !== 'bot';
  return (
    <section class="question" aria-labelledby="question">
      <h2 id="question">{chat.stepLabel ?? texts.question}</h2>
      {isHeld && <p class="notice">{texts.held}</p>}
      <div aria-live="polite">
        {question.isWorking && <p class="quiet">{texts.working}</p>}
        {!question.isWorking && chat.expects === null && !isHeld && <p class="quiet">{texts.quiet}</p>}
        {question.entries.map((entry, index) => (
          <Said
            key={entry.id}
            entry={entry}
            isLast={index === question.entries.length - 1}
            hidden={question.choices.map(({ say }) => `*${say}*`)}
          />
        ))}
      </div>
    </section>
  );
}

/** `hidden`: how lines begin that are shown as buttons. */
function Said({ entry, isLast, hidden }: { entry: EntryView; isLast: boolean; hidden: string[] }) {
  const paragraphs = entry.text
    .split('\n')
    .filter((line) => !hidden.some((start) => line.trim().startsWith(start)))
    .join('\n')
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '');
  const asking = paragraphs.map((paragraph) => paragraph.includes('?')).lastIndexOf(true);
  const big = asking === -1 ? paragraphs.length - 1 : asking;
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <p key={paragraph} class={isLast && index === big ? 'asks' : 'says'}>
          <BotText text={paragraph} />
        </p>
      ))}
      {entry.files.map(({ file, name }) => (
        <p key={file}>
          <a href={fileUrl(file)} target="_blank" rel="noreferrer">
            {name ?? 'PDF'}
          </a>
        </p>
      ))}
    </>
  );
}
