/** What was read off a document: a help for the eyes, never a decision. */
import type { FieldView } from '../../schemas/requests.ts';
import { useTexts } from '../shell/language.tsx';
import { REQUEST_TEXTS } from './texts.ts';

/** Nothing at all where nothing was read. */
export function Readings({ readings }: Pick<FieldView, 'readings'>) {
  const texts = useTexts(REQUEST_TEXTS);
  if (readings.length === 0) return null;
  return (
    <section class="readings" aria-label={texts.readOff}>
      <p class="quiet">{texts.readOff}</p>
      <dl>
        {readings.map(({ element, label, text, differs }) => (
          <div key={`${element} ${text}`}>
            <dt>{label}</dt>
            <dd>
              {text} {differs && <span class="differs">{texts.differs}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
