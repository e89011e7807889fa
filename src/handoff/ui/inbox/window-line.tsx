import type { ConversationView } from '../../schemas/inbox.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatLeft } from '../shell/time.ts';
import { TEXTS } from './texts.ts';

/** So little is soon over. */
const SOON_MS = 2 * 3_600_000;

/** How long free words may still go, and the way out by SMS. */
export function WindowLine(props: {
  chat: ConversationView;
  now: number;
  asSms: boolean;
  onSms: (asSms: boolean) => void;
}) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const { windowClosesAt, canSms, channel } = props.chat;
  const left = windowClosesAt === null ? undefined : windowClosesAt - props.now;
  return (
    <>
      {left !== undefined && left > 0 && (
        <span class={`window ${left < SOON_MS ? 'soon' : ''}`}>
          {texts.windowLeft}: {formatLeft(left, language)}
        </span>
      )}
      {left !== undefined && left <= 0 && <p class="window over">{texts.windowOver}</p>}
      {canSms && channel !== 'sms' && (
        <label class="check" title={texts.asSmsHint}>
          <input type="checkbox" checked={props.asSms} onChange={() => props.onSms(!props.asSms)} />{' '}
          {texts.asSms}
        </label>
      )}
    </>
  );
}
