import type { ConversationView } from '../../schemas/inbox.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatLeft } from '../shell/time.ts';
import type { Mode } from './drafts.ts';
import { TEXTS } from './texts.ts';

/** So little is soon over. */
const SOON_MS = 2 * 3_600_000;

/** How long free words may still go, and for a reply the way out by SMS. */
export function WindowLine(props: {
  chat: ConversationView;
  now: number;
  asSms: boolean;
  mode: Mode;
  onSms: (asSms: boolean) => void;
}) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const { windowClosesAt, canSms, channel, attention } = props.chat;
  const { asSms } = props;
  const hasFailed = attention.reason === 'delivery-failed';
  const left = windowClosesAt === null ? undefined : windowClosesAt - props.now;
  const isOver = left !== undefined && left <= 0;
  return (
    <>
      {left !== undefined && left > 0 && (
        <span class={`window ${left < SOON_MS ? 'soon' : ''}`}>
          {texts.windowLeft}: {formatLeft(left, language)}
        </span>
      )}
      {isOver && <p class="window is-over">{texts.windowOver}</p>}
      {canSms && props.mode === 'reply' && channel !== 'sms' && (isOver || asSms || hasFailed) && (
        <label class="check" title={texts.asSmsHint}>
          <input type="checkbox" checked={asSms} onChange={() => props.onSms(!asSms)} /> {texts.asSms}
        </label>
      )}
    </>
  );
}
