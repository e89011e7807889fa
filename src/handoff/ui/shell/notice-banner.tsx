/** What the office has declared to be out of order, above everything: citizens are told the same. */
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { Notices } from '../../schemas/supervision.ts';
import { ask } from './api.ts';
import { useWords } from './language.tsx';
import { formatDay, formatTime } from './time.ts';

/** `news` rises when a notice may have changed. */
export function NoticeBanner({ me, news }: { me: Me; news: number }) {
  const { texts, language } = useWords();
  const [notices, setNotices] = useState<Notices['notices']>([]);
  useEffect(() => {
    // Without an answer the last one stands.
    ask<Notices>('GET', '/notices').then(
      (answer) => setNotices(answer.notices),
      () => {},
    );
  }, [news]);
  const on = notices.filter(({ isOn }) => isOn);
  if (on.length === 0) return null;
  const where = { language, timeZone: me.office.timeZone };
  return (
    <div class="banner" role="status">
      {on.map(({ kind, until, reason }) => (
        <p key={kind}>
          <strong>{kind === 'siak' ? texts.noticeSiak : texts.noticeBlangko}</strong>
          {reason && ` ${reason}`}
          {until !== null && ` (${texts.until} ${formatDay(until, where)} ${formatTime(until, where)})`}
        </p>
      ))}
    </div>
  );
}
