/** What was given up: what, why, when, and the way to have it once more. */
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { Undelivered } from '../../schemas/inbox.ts';
import { ApiFailure } from '../shell/api.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { chatAddress } from '../shell/route.ts';
import { formatDay, formatTime } from '../shell/time.ts';
import { can, type ViewProps } from '../shell/view.ts';
import { inboxApi } from './inbox-api.ts';
import { CAUSES, TEXTS, WORK } from './texts.ts';
import { UndeliveredContext } from './undelivered-news.ts';
import './undelivered.css';

export function UndeliveredView({ me }: ViewProps) {
  const { explain } = useWords();
  const texts = useTexts(TEXTS);
  const { list, failure, reload } = useContext(UndeliveredContext);
  const sending = useSending();
  const [said, setSaid] = useState('');
  useEffect(reload, [reload]);
  const sendAgain = (id: string) =>
    sending.run(async () => {
      setSaid('');
      try {
        await inboxApi.retry(id);
        setSaid(texts.sentAgain);
      } catch (caught) {
        // A colleague was quicker: the list says so.
        if (!(caught instanceof ApiFailure && caught.code === 'NOT_FOUND')) throw caught;
      } finally {
        reload();
        // The button goes with its row.
        document.getElementById('given-up')?.focus();
      }
    });
  const trouble = sending.failure ?? failure;
  return (
    <section class="given-up-pane" aria-labelledby="given-up">
      <h1 id="given-up" tabIndex={-1}>
        {texts.undeliveredTitle}
      </h1>
      <p class="quiet">{texts.undeliveredHint}</p>
      <p role="status">{said}</p>
      {trouble !== undefined && (
        <p class="failure" role="alert">
          {explain(trouble)}
        </p>
      )}
      {list?.effects.length === 0 && <p>{texts.undeliveredNone}</p>}
      <ul class="given-up-list">
        {list?.effects.map((effect) => (
          <li key={effect.id}>
            <Row effect={effect} me={me} isSending={sending.isSending} onAgain={() => sendAgain(effect.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row(props: {
  effect: Undelivered['effects'][number];
  me: Me;
  isSending: boolean;
  onAgain: () => void;
}) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const { type, reason, tries, at, isInInbox, canRetry, conversation } = props.effect;
  const where = { language, timeZone: props.me.office.timeZone };
  return (
    <>
      <div class="grow">
        <p class="title">{WORK[language][type] ?? type}</p>
        <p class="quiet">
          {CAUSES[language][reason] ?? reason} · {formatDay(at, where)} {formatTime(at, where)} · {tries}{' '}
          {texts.tries}
        </p>
      </div>
      {isInInbox && can(props.me, 'inbox') && <a href={chatAddress(conversation)}>{texts.openChat}</a>}
      {canRetry && (
        <button type="button" class="button" disabled={props.isSending} onClick={props.onAgain}>
          {texts.sendAgain}
        </button>
      )}
    </>
  );
}
