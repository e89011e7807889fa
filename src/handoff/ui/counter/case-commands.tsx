import { useEffect, useState } from 'preact/hooks';
import { useTexts } from '../shell/language.tsx';
import { COUNTER_TEXTS } from './texts.ts';

/** How long "are you sure" stays. */
const SURE_MS = 4_000;

/** What can be said at every question; `canSkip`: the bot offers it. */
export function CaseCommands(props: { canSkip: boolean; isBusy: boolean; say: (text: string) => void }) {
  const texts = useTexts(COUNTER_TEXTS);
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    if (!isSure) return;
    const timer = setTimeout(() => setSure(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [isSure]);
  const cancel = () => {
    setSure(!isSure);
    if (isSure) props.say('batal');
  };
  return (
    <div class="row commands">
      {props.canSkip && (
        <button type="button" class="button" disabled={props.isBusy} onClick={() => props.say('lewati')}>
          {texts.skip}
        </button>
      )}
      <button type="button" class="button" disabled={props.isBusy} onClick={() => props.say('ulang')}>
        {texts.previous}
      </button>
      <button type="button" class={`button ${isSure ? 'sure' : ''}`} disabled={props.isBusy} onClick={cancel}>
        {isSure ? texts.cancelSure : texts.cancelCase}
      </button>
    </div>
  );
}
