import { useEffect, useState } from 'preact/hooks';
import { useTexts } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { daysBefore } from './figures.ts';
import type { Period } from './supervision-api.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

const SPANS = [7, 30, 90];
/** What the server reads at once. */
const MOST_DAYS = 366;

/** Which days; `shown` are those on the page, `today` is the office's. */
export function PeriodForm(props: { shown: Period; today: string; onPeriod: (period: Period) => void }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { shown, today } = props;
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown.from, shown.until]);
  const submit = (event: Event) => {
    event.preventDefault();
    props.onPeriod(typed);
  };
  return (
    <form class="form in-row" onSubmit={submit}>
      <Labelled id="from" label={texts.from}>
        <input
          id="from"
          type="date"
          required
          min={typed.until && daysBefore(typed.until, MOST_DAYS - 1)}
          max={typed.until || today}
          value={typed.from}
          onInput={({ currentTarget }) => setTyped({ ...typed, from: currentTarget.value })}
        />
      </Labelled>
      <Labelled id="until" label={texts.until}>
        <input
          id="until"
          type="date"
          required
          min={typed.from}
          value={typed.until}
          onInput={({ currentTarget }) => setTyped({ ...typed, until: currentTarget.value })}
        />
      </Labelled>
      <button type="submit" class="button primary">
        {texts.show}
      </button>
      {SPANS.map((days) => (
        <button
          key={days}
          type="button"
          class="button"
          aria-pressed={shown.until === today && shown.from === daysBefore(today, days - 1)}
          onClick={() => props.onPeriod({ from: daysBefore(today, days - 1), until: today })}
        >
          {days} {texts.lastDays}
        </button>
      ))}
    </form>
  );
}
