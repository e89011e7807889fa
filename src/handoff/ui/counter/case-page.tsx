import { useTexts, useWords } from '../shell/language.tsx';
import { Missing } from '../shell/missing.tsx';
import { chatAddress } from '../shell/route.ts';
import { can, type ViewProps } from '../shell/view.ts';
import { AnswerForm } from './answer-form.tsx';
import { CaseCommands } from './case-commands.tsx';
import { CaseSide } from './case-side.tsx';
import { Filed } from './filed.tsx';
import { awaited, readFiled, readQuestion } from './question.ts';
import { QuestionPanel } from './question-panel.tsx';
import { COUNTER_TEXTS } from './texts.ts';
import { useCase } from './use-case.ts';

/** Questions of the bot at which the form can be left, gone back in, or skipped. */
const OUTSIDE = new Set(['menu', 'slot']);

/** One case: the bot asks, the operator answers for the citizen. */
export function CasePage(props: ViewProps & { conversation: string }) {
  const texts = useTexts(COUNTER_TEXTS);
  const { explain } = useWords();
  const { me } = props;
  const { chat, failure, isBusy, say, askAgain, unmask, load, upload } = useCase(
    props.conversation,
    props.news,
  );
  if (!chat) return <Missing failure={failure} words={texts} href="#/counter" onRetry={load} />;

  const question = readQuestion(chat);
  const expects = awaited(chat);
  const filed = readFiled(chat);
  const said = question.entries.map(({ text }) => text).join('\n');
  const isInForm = chat.expects !== null && !OUTSIDE.has(chat.expects);
  const asked = question.entries[question.entries.length - 1]?.id ?? '';
  return (
    <div class="counter-case">
      <header class="counter-head">
        <h1>{chat.title ?? texts.title}</h1>
        {can(me, 'inbox') && <a href={chatAddress(chat.id)}>{texts.openChat}</a>}
        <a href="#/counter">{filed ? texts.next : texts.back}</a>
      </header>
      <div class="counter-main">
        {filed && <Filed filed={filed} me={me} />}
        <QuestionPanel chat={chat} question={question} />
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <AnswerForm
          key={`${chat.service} ${chat.step} ${expects}`}
          question={question}
          expects={expects}
          asked={asked}
          isBusy={isBusy || question.isWorking}
          say={say}
          upload={upload}
        />
        {isInForm && (
          <CaseCommands
            canSkip={/LEWATI|SKIP/.test(said)}
            isBusy={isBusy || question.isWorking}
            say={(text) => say({ text })}
          />
        )}
      </div>
      <CaseSide chat={chat} isBusy={isBusy} onAsk={askAgain} onReveal={unmask} />
    </div>
  );
}
