/** The days off of a year: those of office.yaml, and those entered here. */
import { useState } from 'preact/hooks';
import type { PointsView } from '../../schemas/places.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { DayOffForm } from './day-off-form.tsx';
import { daysOfYear, replaceDay } from './days-off.ts';
import { DaysTable } from './days-table.tsx';
import { PLACE_TEXTS } from './place-texts.ts';
import type { DayOff, NewDayOff } from './place-types.ts';
import { placesApi } from './places-api.ts';

export function DaysPanel(props: {
  value: PointsView;
  today: string;
  mayEdit: boolean;
  /** What was done, and who is booked outside the calendar then. */
  onDone: (words: string, strays: PointsView['strays']) => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const { explain } = useWords();
  const { value, today, mayEdit } = props;
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const [editing, setEditing] = useState<{ day?: DayOff }>();
  const sending = useSending();
  const save = async (before: DayOff | undefined, after: NewDayOff | undefined) => {
    const { days } = await placesApi.points();
    const { strays } = await placesApi.setDays(replaceDay(days, before, after));
    setEditing(undefined);
    props.onDone(after ? texts.dayAdded : texts.dayRemoved, after ? strays : null);
  };
  const days = daysOfYear(value.days, year);
  return (
    <section class="panel" aria-labelledby="days-off">
      <div class="panel-head">
        <h2 id="days-off">{texts.days}</h2>
        <YearPicker year={year} onYear={setYear} />
      </div>
      <p class="quiet">{texts.daysHint}</p>
      {sending.failure !== undefined && (
        <p class="failure" role="alert">
          {explain(sending.failure)}
        </p>
      )}
      {days.length === 0 ? (
        <p>{texts.noDays}</p>
      ) : (
        <DaysTable
          days={days}
          points={value.points}
          today={today}
          mayEdit={mayEdit}
          onEdit={(day) => setEditing({ day })}
          onRemove={(day) => sending.run(() => save(day, undefined))}
        />
      )}
      {mayEdit && (
        <div class="row">
          <button type="button" class="button" onClick={() => setEditing({})}>
            {texts.addDay}
          </button>
        </div>
      )}
      {editing && (
        <DayOffForm
          {...editing}
          points={value.points}
          today={today}
          onSave={(after) => save(editing.day, after)}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

function YearPicker({ year, onYear }: { year: number; onYear: (year: number) => void }) {
  const texts = useTexts(PLACE_TEXTS);
  return (
    <div class="row years">
      <button
        type="button"
        class="icon-button"
        aria-label={texts.previousYear}
        onClick={() => onYear(year - 1)}
      >
        ‹
      </button>
      <strong role="status">{year}</strong>
      <button type="button" class="icon-button" aria-label={texts.nextYear} onClick={() => onYear(year + 1)}>
        ›
      </button>
    </div>
  );
}
