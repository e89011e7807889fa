/** How far citizens came in each service, and where most of them stopped. */
import type { Statistics } from '../../schemas/supervision.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatCount, formatShare } from './figures.ts';
import { countLosses, findWorst } from './losses.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

type Service = Statistics['funnel'][number];

/** The one that most begin is open. */
export function Funnel({ services }: { services: readonly Service[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  const sorted = [...services].sort((a, b) => b.begun - a.begun);
  if (sorted.length === 0) return <p class="quiet">{texts.funnelNone}</p>;
  return (
    <>
      {sorted.map((service, at) => (
        <details key={service.service} class="funnel" open={at === 0}>
          <summary>
            <strong>{service.title}</strong>{' '}
            <span class="quiet">
              {texts.begun} {formatCount(service.begun, language)} · {texts.filed}{' '}
              {formatCount(service.filed, language)} (
              {formatShare(Math.min(service.filed, service.begun), service.begun, language)})
            </span>
          </summary>
          <Steps service={service} />
        </details>
      ))}
    </>
  );
}

function Steps({ service: { begun, filed, steps } }: { service: Service }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  const rows = [{ step: '', label: texts.begun, asked: begun, handoffs: 0 }, ...steps];
  const losses = countLosses(
    rows.map(({ asked }) => asked),
    filed,
  );
  const worst = findWorst(losses);
  const whole = Math.max(filed, ...rows.map(({ asked }) => asked));
  return (
    <ol class="steps">
      {rows.map(({ step, label, asked, handoffs }, at) => (
        <li key={step} class={at === worst ? 'is-worst' : undefined}>
          <span class="step-label">{label}</span>
          <Bar count={asked} whole={whole} />
          <span class="step-count">{formatCount(asked, language)}</span>
          {(at === worst || handoffs > 0) && (
            <span class="step-more">
              {at === worst && (
                <strong>
                  {texts.stoppedHere} {formatCount(losses[at] ?? 0, language)} {texts.people}
                </strong>
              )}{' '}
              {handoffs > 0 && `${formatCount(handoffs, language)} ${texts.toOperator}`}
            </span>
          )}
        </li>
      ))}
      <li class="is-filed">
        <span class="step-label">{texts.filed}</span>
        <Bar count={filed} whole={whole} />
        <span class="step-count">{formatCount(filed, language)}</span>
      </li>
    </ol>
  );
}

function Bar({ count, whole }: { count: number; whole: number }) {
  return (
    <svg class="bar-line" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={whole === 0 ? 0 : (count / whole) * 100} height="10" />
    </svg>
  );
}
