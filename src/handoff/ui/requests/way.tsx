import type { RequestView } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { STATE_NAMES } from '../shell/names.ts';
import { placeOnWay, WAY } from './groups.ts';
import { REQUEST_TEXTS } from './texts.ts';

/** The way of a request, and where it stands. */
export function Way({ state }: Pick<RequestView, 'state'>) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const names = STATE_NAMES[language];
  const at = placeOnWay(state);
  if (at === -1) return <p class={`way-end state-${state}`}>{names[state]}</p>;
  return (
    <ol class="way" aria-label={texts.steps}>
      {WAY.map((step, index) => (
        <li
          key={step}
          class={index < at || state === 'completed' ? 'is-past' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          {index === at ? names[state] : names[step]}
        </li>
      ))}
    </ol>
  );
}
