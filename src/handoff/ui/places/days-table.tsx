/** Days off as a table: when, why, where and who entered it. */
import type { ComponentChildren } from 'preact';
import type { PointsView } from '../../schemas/places.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { SureButton } from '../shell/page.tsx';
import { Table } from '../shell/table.tsx';
import type { Language } from '../texts.ts';
import { formatShortDay } from './dates.ts';
import { PLACE_TEXTS } from './place-texts.ts';
import type { DayOff } from './place-types.ts';

/** Those of office.yaml have no buttons. */
export function DaysTable(props: {
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
