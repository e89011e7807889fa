/** Promises kept by service, and work done by operator. */
import type { Statistics } from '../../schemas/supervision.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { Table } from '../shell/table.tsx';
import { formatWait } from '../shell/time.ts';
import { formatCount, formatShare } from './figures.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

type Service = Statistics['services'][number];
type Operator = Statistics['operators'][number];

export function ServiceTable({ services }: { services: readonly Service[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  const column = (kind: 'submitted' | 'kept' | 'broken') => ({
    head: texts[kind],
    isNumber: true,
    cell: (row: Service) => formatCount(row[kind], language),
  });
  return (
    <Table
      caption={texts.services}
      rows={services}
      keyOf={({ service }) => service}
      columns={[
        { head: texts.service, cell: ({ title }) => title },
        column('submitted'),
        column('kept'),
        column('broken'),
        {
          head: texts.share,
          isNumber: true,
          cell: ({ kept, broken }) => formatShare(kept, kept + broken, language),
        },
        {
          head: texts.overdue,
          isNumber: true,
          cell: ({ overdue }) =>
            overdue === 0 ? '0' : <span class="tag overdue">{formatCount(overdue, language)}</span>,
        },
      ]}
    />
  );
}

export function OperatorTable({ operators }: { operators: readonly Operator[] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  if (operators.length === 0) return <p class="quiet">{texts.nobodyWorked}</p>;
  const column = (kind: 'claims' | 'replies' | 'resolved' | 'decisions') => ({
    head: texts[kind],
    isNumber: true,
    cell: (row: Operator) => formatCount(row[kind], language),
  });
  const wait = (ms: number | null) => (ms === null ? '-' : formatWait(ms, language));
  return (
    <Table
      caption={texts.operators}
      rows={operators}
      keyOf={({ id }) => id}
      columns={[
        { head: texts.operator, cell: ({ name }) => name },
        column('claims'),
        column('replies'),
        column('resolved'),
        column('decisions'),
        { head: texts.median, isNumber: true, cell: ({ waits }) => wait(waits.medianMs) },
        { head: texts.p90, isNumber: true, cell: ({ waits }) => wait(waits.p90Ms) },
      ]}
    />
  );
}
