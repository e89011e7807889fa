import type { FieldView } from '../../schemas/requests.ts';
import { useTexts } from '../shell/language.tsx';
import { REQUEST_TEXTS } from './texts.ts';

/** What was decided of a document or an answer, and by whom. */
export function Verdict({ verdict }: Pick<FieldView, 'verdict'>) {
  const texts = useTexts(REQUEST_TEXTS);
  if (!verdict) return <p class="verdict">{texts.undecided}</p>;
  return (
    <p class={`verdict is-${verdict.verdict}`}>
      {verdict.verdict === 'accepted' ? '✓' : '✗'} {texts[verdict.verdict]} {texts.by} {verdict.by}
      {verdict.reason && <span class="verdict-reason">“{verdict.reason}”</span>}
    </p>
  );
}
