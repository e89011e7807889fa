import type { Me } from '../../schemas/accounts.ts';
import type { RequestView } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { STATE_NAMES } from '../shell/names.ts';
import { requestAddress } from '../shell/route.ts';
import { formatDay, formatTime } from '../shell/time.ts';
import { EVENT_NAMES } from './names.ts';
import { REQUEST_TEXTS } from './texts.ts';

/** What happened, latest first, and the person's other requests. */
export function HistoryPanel({ request, me }: { request: RequestView; me: Me }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const where = { language, timeZone: me.office.timeZone };
  return (
    <>
      <section class="panel" aria-labelledby="history">
        <h2 id="history">{texts.history}</h2>
        <ol class="history">
          {[...request.history].reverse().map((entry) => (
            <li key={`${entry.at} ${entry.event}`}>
              <strong>{EVENT_NAMES[language][entry.event] ?? entry.event}</strong>{' '}
              <span class="quiet">
                {formatDay(entry.at, where)} {formatTime(entry.at, where)}, {nameOf(entry.by, texts)}
              </span>
              {entry.reason && <p>“{entry.reason}”</p>}
              {entry.oldCard !== null && (
                <p>
                  {texts.oldCard} {entry.oldCard ? texts.oldCardYes : texts.oldCardNo}
                </p>
              )}
            </li>
          ))}
        </ol>
      </section>
      {request.others.length > 0 && (
        <section class="panel" aria-labelledby="others">
          <h2 id="others">{texts.others}</h2>
          <ul class="others">
            {request.others.map(({ number, title, state }) => (
              <li key={number}>
                <a href={requestAddress(number)}>
                  {number} {title}
                </a>{' '}
                <span class={`tag state-${state}`}>{STATE_NAMES[language][state]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** An operator's name, or the words for the citizen and for Loket itself. */
export function nameOf(by: string, texts: { citizen: string; system: string }): string {
  return by === 'citizen' ? texts.citizen : by === 'system' ? texts.system : by;
}
