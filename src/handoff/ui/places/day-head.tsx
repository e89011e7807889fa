/** Which point and which day is shown. */
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { addDays, formatLongDay } from './dates.ts';
import { VISIT_TEXTS } from './visit-texts.ts';

export function DayHead(props: {
  points: readonly { id: string; name: string }[];
  point: string | undefined;
  date: string;
  today: string;
  onPoint: (id: string) => void;
  onDate: (date: string) => void;
}) {
  const texts = useTexts(VISIT_TEXTS);
  const { language } = useWords();
  const { date, today, onDate } = props;
  return (
    <div class="day-head">
      <Labelled id="visits-point" label={texts.point}>
        <select
          id="visits-point"
          value={props.point}
          onChange={({ currentTarget }) => props.onPoint(currentTarget.value)}
        >
          {props.points.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id="visits-date" label={texts.day}>
        <input
          id="visits-date"
          type="date"
          value={date}
          onChange={({ currentTarget }) => currentTarget.value !== '' && onDate(currentTarget.value)}
        />
      </Labelled>
      <div class="row">
        <button
          type="button"
          class="button"
          aria-label={texts.previousDay}
          onClick={() => onDate(addDays(date, -1))}
        >
          ‹
        </button>
        <button type="button" class="button" aria-pressed={date === today} onClick={() => onDate(today)}>
          {texts.today}
        </button>
        <button
          type="button"
          class="button"
          aria-label={texts.nextDay}
          onClick={() => onDate(addDays(date, 1))}
        >
          ›
        </button>
        <button type="button" class="button" onClick={() => window.print()}>
          {texts.print}
        </button>
      </div>
      <p class="day-name" role="status">
        {formatLongDay(date, language)}
      </p>
    </div>
  );
}
