/** Requests, chats and waits of each day. */
import type { Statistics } from '../../schemas/supervision.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { formatWait } from '../shell/time.ts';
import { BarChart } from './bar-chart.tsx';
import { formatCount, formatDate } from './figures.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

type Day = Statistics['days'][number];
type Counted = 'submitted' | 'completed' | 'handoffs' | 'resolved';

export function DayCharts({ days }: { days: readonly Day[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  return (
    <div class="charts">
      <CountChart title={texts.requestsByDay} days={days} kinds={['submitted', 'completed']} />
      <CountChart title={texts.chatsByDay} days={days} kinds={['handoffs', 'resolved']} />
      <WaitChart days={days} />
    </div>
  );
}

function CountChart(props: { title: string; days: readonly Day[]; kinds: readonly Counted[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  const { title, days, kinds } = props;
  const format = (count: number) => formatCount(count, language);
  const series = kinds.map((kind) => {
    const values = days.map((day) => day[kind]);
    return { name: texts[kind], values, sum: format(values.reduce((sum, value) => sum + value, 0)) };
  });
  const columns = kinds.map(
    (kind): Column<Day> => ({ head: texts[kind], isNumber: true, cell: (day) => format(day[kind]) }),
  );
  return (
    <BarChart title={title} days={days.map(({ day }) => day)} series={series} format={format}>
      <DayTable title={title} days={days} columns={columns} />
    </BarChart>
  );
}

function WaitChart({ days }: { days: readonly Day[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  const format = (ms: number | null) => (ms === null ? '-' : formatWait(ms, language));
  const kinds = ['median', 'p90'] as const;
  const of = ({ waits }: Day, kind: (typeof kinds)[number]) =>
    kind === 'median' ? waits.medianMs : waits.p90Ms;
  const series = kinds.map((kind) => {
    const values = days.map((day) => of(day, kind));
    const longest = Math.max(...values.map((value) => value ?? -1));
    const sum = longest < 0 ? '-' : `${texts.longest} ${format(longest)}`;
    return { name: texts[kind], values, sum };
  });
  const columns: Column<Day>[] = [
    { head: texts.waited, isNumber: true, cell: ({ waits }) => formatCount(waits.count, language) },
    ...kinds.map((kind) => ({
      head: texts[kind],
      isNumber: true,
      cell: (day: Day) => format(of(day, kind)),
    })),
  ];
  const title = texts.waitsByDay;
  return (
    <BarChart title={title} days={days.map(({ day }) => day)} series={series} format={format}>
      <DayTable title={title} days={days} columns={columns} />
    </BarChart>
  );
}

/** The newest day on top. */
function DayTable(props: { title: string; days: readonly Day[]; columns: Column<Day>[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  return (
    <Table
      caption={props.title}
      rows={[...props.days].reverse()}
      keyOf={({ day }) => day}
      columns={[{ head: texts.day, cell: ({ day }) => formatDate(day, language) }, ...props.columns]}
    />
  );
}
