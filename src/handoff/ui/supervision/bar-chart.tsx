/** Bars by day, drawn small: their sums and the highest are told in words, the rest stands in the table below. */
import type { ComponentChildren } from 'preact';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatDate } from './figures.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

export interface Series {
  name: string;
  /** One for each day; null where there is nothing to tell. */
  values: readonly (number | null)[];
  /** What the legend says beside the name. */
  sum: string;
}

/** Units of a drawing: the width of a day and of its bars, and the height. */
const DAY = 12;
const BAR = 4.5;
const HEIGHT = 100;
const CLASSES = ['first', 'second'];

/** `format` writes a value of the axis; `children` is the table, shown when asked for. */
export function BarChart(props: {
  title: string;
  days: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  children: ComponentChildren;
}) {
  const { language } = useWords();
  const texts = useTexts(SUPERVISION_TEXTS);
  const { title, days, series } = props;
  const top = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const told = series.map(({ name, sum }) => `${name} ${sum}`).join(', ');
  const day = (at: number) => formatDate(days.at(at) ?? '', language);
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <ul class="legend">
          {series.map(({ name, sum }, at) => (
            <li key={name} class={CLASSES[at]}>
              {name} <strong>{sum}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <p class="axis">
        {texts.most} {props.format(top)}
      </p>
      <svg
        viewBox={`0 0 ${days.length * DAY} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${told}`}
      >
        {top > 0 &&
          series.map(({ name, values }, at) => (
            <path key={name} class={CLASSES[at]} d={drawBars(values, at, top)} />
          ))}
      </svg>
      <p class="axis is-days">
        <span>{day(0)}</span> <span>{day(-1)}</span>
      </p>
      <details>
        <summary>{texts.showTable}</summary>
        {props.children}
      </details>
    </figure>
  );
}

/** One series as one path: 366 days are no 366 elements. */
function drawBars(values: readonly (number | null)[], place: number, top: number): string {
  return values
    .map((value, day) => {
      if (!value) return '';
      // What is not nothing is seen.
      const height = Math.max(1, (value / top) * HEIGHT);
      const left = day * DAY + 1 + place * (BAR + 0.5);
      return `M${left} ${HEIGHT}v${-height}h${BAR}v${height}z`;
    })
    .join('');
}
