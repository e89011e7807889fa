import type { ComponentChildren } from 'preact';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useWords } from '../shell/language.tsx';
import { formatTime, formatWait } from '../shell/time.ts';
import { REASONS } from '../texts.ts';

/** What is known of the case: why it is here, where the form stands, and the answers so far. */
export function CasePanel({ chat, me, now }: { chat: ConversationView; me: Me; now: number }) {
  const { texts, language } = useWords();
  const { attention } = chat;
  const since = formatTime(attention.since, { language, timeZone: me.office.timeZone });
  return (
    <aside class="case" aria-label={texts.case}>
      <details open={matchMedia('(min-width: 1100px)').matches}>
        <summary>{texts.case}</summary>
        <dl>
          <Fact name={texts.reason}>{REASONS[language][attention.reason]}</Fact>
          <Fact name={texts.waitingSince}>
            {since} ({formatWait(now - attention.since, language)})
          </Fact>
          <Fact name={texts.channel}>{chat.channel === 'sms' ? 'SMS' : 'WhatsApp'}</Fact>
          <Fact name={texts.address}>{chat.address}</Fact>
          <Fact name={texts.service}>{chat.title ?? texts.noService}</Fact>
          {chat.step && <Fact name={texts.step}>{chat.step}</Fact>}
          {chat.applications.length > 0 && (
            <Fact name={texts.applications}>{chat.applications.join(', ')}</Fact>
          )}
        </dl>
        <h2>{texts.answers}</h2>
        {chat.answers.length === 0 && <p class="quiet">{texts.noAnswers}</p>}
        <dl>
          {chat.answers.map((answer) => (
            <Fact key={answer.id} name={answer.label}>
              {answer.text}
              {answer.warnings.map((warning) => (
                <p key={warning} class="warning">
                  {warning}
                </p>
              ))}
            </Fact>
          ))}
        </dl>
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
