/** What is known of the case: why it is here, where the form stands, the answers so far, the citizen's requests. */
import type { ComponentChildren } from 'preact';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import type { RequestState } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { CHANNELS, STATE_NAMES } from '../shell/names.ts';
import { requestAddress } from '../shell/route.ts';
import { formatDay, formatTime, formatWait } from '../shell/time.ts';
import { can } from '../shell/view.ts';
import { AnswerList } from './answer-list.tsx';
import type { ChatCalls } from './inbox-api.ts';
import { Promised } from './inbox-list.tsx';
import { REASONS, TEXTS } from './texts.ts';
import type { Chat } from './use-chat.ts';

export function CasePanel(props: {
  chat: ConversationView;
  me: Me;
  now: number;
  calls: ChatCalls;
  act: Chat['act'];
}) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const { chat, me, now } = props;
  const { reason, since, unansweredSince, answerBy } = chat.attention;
  const waits = unansweredSince ?? since;
  const where = { language, timeZone: me.office.timeZone };
  return (
    <aside class="case" aria-label={texts.case}>
      <details open={matchMedia('(min-width: 1200px)').matches}>
        <summary>{texts.case}</summary>
        <dl>
          {reason && <Fact name={texts.reason}>{REASONS[language][reason]}</Fact>}
          {waits !== null && (
            <Fact name={texts.waitingSince}>
              {formatTime(waits, where)} ({formatWait(now - waits, language)}){' '}
              <Promised answerBy={answerBy} now={now} />
            </Fact>
          )}
          <Fact name={texts.channel}>{CHANNELS[language][chat.channel]}</Fact>
          {chat.channel !== 'counter' && <Fact name={texts.address}>{chat.address}</Fact>}
          <Fact name={texts.service}>{chat.title ?? texts.noService}</Fact>
          {chat.stepLabel && <Fact name={texts.step}>{chat.stepLabel}</Fact>}
        </dl>
        <AnswerList {...{ chat, calls: props.calls, act: props.act }} />
        {chat.applications.length > 0 && (
          <>
            <h2>{texts.applications}</h2>
            <ul class="cases">
              {chat.applications.map(({ number, title, state, dueAt, isElsewhere }) => (
                <li key={number}>
                  {can(me, 'requests') ? <a href={requestAddress(number)}>{number}</a> : number}
                  <p>
                    {title} · {STATE_NAMES[language][state as RequestState] ?? state}
                  </p>
                  <p class="quiet">
                    {texts.due} {formatDay(dueAt, where)}
                    {isElsewhere && ` · ${texts.elsewhere}`}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </details>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
