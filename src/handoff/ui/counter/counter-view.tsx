/** The counter: a case for a person who stands there (`#/counter`), or a citizen's own (`#/counter/<conversation>`). */
import { useEffect } from 'preact/hooks';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { counterAddress } from '../shell/route.ts';
import type { ViewProps } from '../shell/view.ts';
import { CasePage } from './case-page.tsx';
import { beginWalkIn } from './counter-api.ts';
import { COUNTER_TEXTS } from './texts.ts';
import './counter.css';

/** The case that was open last in this tab. */
const LAST = 'loket.counter';

export function CounterView(props: ViewProps) {
  const { rest } = props;
  useEffect(() => {
    if (rest !== '') sessionStorage.setItem(LAST, rest);
  }, [rest]);
  return (
    <div class="counter-view">
      {rest === '' ? <Start /> : <CasePage key={rest} {...props} conversation={rest} />}
    </div>
  );
}

function Start() {
  const texts = useTexts(COUNTER_TEXTS);
  const { explain } = useWords();
  const { isSending, failure, run } = useSending();
  const last = sessionStorage.getItem(LAST);
  const start = () =>
    run(async () => {
      location.hash = counterAddress(await beginWalkIn());
    });
  return (
    <section class="counter-start">
      <h1>{texts.title}</h1>
      <p>{texts.intro}</p>
      <button type="button" class="button primary" disabled={isSending} onClick={start}>
        {isSending ? texts.starting : texts.start}
      </button>
      {last && <a href={counterAddress(last)}>{texts.last}</a>}
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
    </section>
  );
}
