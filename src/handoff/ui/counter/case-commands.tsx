import { useTexts } from '../shell/language.tsx';
import { useSure } from '../shell/use-sure.ts';
import { COUNTER_TEXTS } from './texts.ts';

/** What can be said at every question; `canSkip`: the bot offers it. */
export function CaseCommands(props: { canSkip: boolean; isBusy: boolean; say: (text: string) => void }) {
  const texts = useTexts(COUNTER_TEXTS);
  const { isSure, press } = useSure(() => props.say('batal'));
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
      <button type="button" class={`button ${isSure ? 'sure' : ''}`} disabled={props.isBusy} onClick={press}>
        {isSure ? texts.cancelSure : texts.cancelCase}
      </button>
    </div>
  );
}
