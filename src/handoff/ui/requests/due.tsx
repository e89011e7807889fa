/** When a request is due, in words and colour. */
import type { Me } from '../../schemas/accounts.ts';
import type { RequestState } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatDay, formatTime, formatWait } from '../shell/time.ts';
import { GROUPS } from './groups.ts';
import { REQUEST_TEXTS } from './texts.ts';

const SOON_MS = 4 * 60 * 60_000;

/**
 * `Terlambat 2 jam 05`, `Tenggat Senin, 23 November 14.05`, `isBare` without the word; of what the office no longer has in
 * hand when it was submitted.
 */
export function Due(props: {
  request: { state: RequestState; dueAt: number; submittedAt: number; isLate: boolean };
  now: number;
  me: Me;
  isBare?: boolean;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const { state, dueAt, submittedAt, isLate } = props.request;
  const where = { language, timeZone: props.me.office.timeZone };
  const write = (at: number) => `${formatDay(at, where)} ${formatTime(at, where)}`;
  if (isLate) {
    const lateBy = formatWait(Math.max(0, props.now - dueAt), language);
    return (
      <span class="due is-late" title={write(dueAt)}>
        {texts.late} {lateBy}
      </span>
    );
  }
  if (!GROUPS.open.includes(state) && !props.isBare) {
    return (
      <span class="due">
        {texts.doneOrWaiting} {write(submittedAt)}
      </span>
    );
  }
  return (
    <span class={`due ${dueAt - props.now < SOON_MS ? 'is-soon' : ''}`}>
      {props.isBare ? '' : `${texts.dueBy} `}
      {write(dueAt)}
    </span>
  );
}
