/** What was given up: what, why, when, and the way to have it once more. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { Undelivered } from '../../schemas/inbox.ts';
import { ApiFailure, api } from '../shell/api.ts';
import { useSending } from '../shell/form.tsx';
import { useWords } from '../shell/language.tsx';
import { chatAddress } from '../shell/route.ts';
import { formatDay, formatTime } from '../shell/time.ts';
import { CAUSES, WORK } from '../texts.ts';

/** The list as last fetched. */
export interface UndeliveredNews {
  list: Undelivered | undefined;
  failure: unknown;
  reload: () => void;
}

/** Follows what was given up; undefined for those who are not to see it (the server refuses them as well). */
export function useUndelivered({ operator: { role } }: Me): UndeliveredNews | undefined {
  const mayAsk = role === 'supervisor' || role === 'admin';
  const [list, setList] = useState<Undelivered>();
  const [failure, setFailure] = useState<unknown>();
  const reload = useCallback(() => {
    if (!mayAsk) return;
    api.undelivered().then((fresh) => {
      setList(fresh);
      setFailure(undefined);
    }, setFailure);
  }, [mayAsk]);
  useEffect(reload, [reload]);
  return mayAsk ? { list, failure, reload } : undefined;
}

/** The page of it. */
export function UndeliveredList({ list, failure, reload, me }: UndeliveredNews & { me: Me }) {
  const { texts, explain } = useWords();
  const sending = useSending();
  const [said, setSaid] = useState('');
  useEffect(reload, [reload]);
  const sendAgain = (id: string) =>
    sending.run(async () => {
      setSaid('');
      try {
        await api.retry(id);
        setSaid(texts.sentAgain);
      } catch (caught) {
        // A colleague was quicker: the list says so.
        if (!(caught instanceof ApiFailure && caught.code === 'NOT_FOUND')) throw caught;
      } finally {
        reload();
      }
    });
  const trouble = sending.failure ?? failure;
  return (
    <section class="given-up-pane" aria-labelledby="given-up">
      <a href="#/">{texts.back}</a>
      <h1 id="given-up">{texts.undeliveredTitle}</h1>
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
  const { texts, language } = useWords();
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
      {isInInbox && <a href={chatAddress(conversation)}>{texts.openChat}</a>}
      {canRetry && (
        <button type="button" class="button" disabled={props.isSending} onClick={props.onAgain}>
          {texts.sendAgain}
        </button>
      )}
    </>
  );
}
