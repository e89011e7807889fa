import { smsSegments } from '../../../channels/segments.ts';
import { useTexts } from '../shell/language.tsx';
import { TEXTS } from './texts.ts';

/** How many SMS a text costs, and what makes it dear. */
export function SmsCount({ text }: { text: string }) {
  const texts = useTexts(TEXTS);
  const { segments, units, notGsm7 } = smsSegments(text.trim());
  return (
    <span class="counter">
      {segments} {texts.segments} · {units}
      {notGsm7.length > 0 && (
        <span class="tag late">
          {notGsm7.slice(0, 5).join(' ')} {texts.unicode}
        </span>
      )}
    </span>
  );
}
