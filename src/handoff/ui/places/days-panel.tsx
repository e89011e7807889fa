/** The days off of a year: those of office.yaml, and those entered here. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PointsView } from '../../schemas/places.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { SureButton } from '../shell/page.tsx';
import { Table } from '../shell/table.tsx';
import type { Language } from '../texts.ts';
import { formatShortDay } from './dates.ts';
import { DayOffForm } from './day-off-form.tsx';
import { daysOfYear, replaceDay } from './days-off.ts';
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

function DaysTable(props: {
  days: readonly DayOff[];
  points: PointsView['points'];
  today: string;
  mayEdit: boolean;
  onEdit: (day: DayOff) => void;
  onRemove: (day: DayOff) => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const { language } = useWords();
  /** What is over is kept, and stands back. */
  const said = ({ date, until }: DayOff, words: ComponentChildren) =>
    (until ?? date) < props.today ? <span class="quiet">{words}</span> : words;
  const nameOf = (id: string) => props.points.find((point) => point.id === id)?.name ?? id;
  const acts = {
    head: texts.act,
    cell: (day: DayOff) =>
      day.isFixed ? null : (
        <span class="row">
          <button
            type="button"
            class="button"
            aria-label={`${texts.change}: ${day.reason.id}`}
            onClick={() => props.onEdit(day)}
          >
            {texts.change}
          </button>
          <SureButton label={texts.remove} sure={texts.removeSure} onSure={() => props.onRemove(day)} />
        </span>
      ),
  };
  return (
    <Table
      caption={texts.days}
      rows={props.days}
      keyOf={(day) => `${day.date} ${day.reason.id} ${day.points?.join() ?? ''}`}
      columns={[
        {
          head: texts.day,
          cell: (day) => said(day, daysOf(day, language)),
        },
        { head: texts.why, cell: (day) => said(day, day.reason[language]) },
        {
          head: texts.where,
          cell: (day) => said(day, day.points?.map(nameOf).join(', ') ?? texts.wholeOffice),
        },
        {
          head: texts.from,
          cell: (day) => (day.isFixed ? <span class="tag">{texts.fixed}</span> : said(day, day.by)),
        },
        ...(props.mayEdit ? [acts] : []),
      ]}
    />
  );
}

/** `Sen, 14 Des 2026 – Sel, 15 Des 2026`. */
function daysOf({ date, until }: DayOff, language: Language): string {
  const last = until === null || until === date ? '' : ` – ${formatShortDay(until, language)}`;
  return `${formatShortDay(date, language)}${last}`;
}
