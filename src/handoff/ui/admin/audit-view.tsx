/** The audit log, at `#/audit`: who did what, when, and whether the log itself is whole. */
import { useState } from 'preact/hooks';
import type { Audit } from '../../schemas/supervision.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { Page } from '../shell/page.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { formatWait } from '../shell/time.ts';
import type { ViewProps } from '../shell/view.ts';
import type { Language } from '../texts.ts';
import type { AuditFilter } from './admin-api.ts';
import { CheckPanel } from './audit-check.tsx';
import { AuditFilters, EVERYTHING } from './audit-filters.tsx';
import { AUDIT_TEXTS, actionName } from './audit-texts.ts';
import { useAudit } from './use-audit.ts';
import './admin.css';

type Line = Audit['lines'][number];

export function AuditView({ me }: ViewProps) {
  const texts = useTexts(AUDIT_TEXTS);
  const [filter, setFilter] = useState(EVERYTHING);
  const { log, failure, loadMore } = useAudit(filter);
  const columns = useColumns(me.office.timeZone, (part) => setFilter({ ...filter, ...part }));
  return (
    <Page title={texts.title} hint={texts.hint} failure={failure}>
      <CheckPanel />
      <AuditFilters filter={filter} onFilter={setFilter} />
      {log?.lines.length === 0 && <p role="status">{texts.none}</p>}
      {log && log.lines.length > 0 && (
        <div class="panel audit">
          <Table caption={texts.list} rows={log.lines} keyOf={({ seq }) => seq} columns={columns} />
          {log.next !== null && (
            <div class="row">
              <button type="button" class="button" onClick={loadMore}>
                {texts.more}
              </button>
            </div>
          )}
        </div>
      )}
    </Page>
  );
}

/** Who and about what are buttons: all that this one did, all that was done to it. */
function useColumns(timeZone: string, onOnly: (part: Partial<AuditFilter>) => void): Column<Line>[] {
  const texts = useTexts(AUDIT_TEXTS);
  const { language } = useWords();
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZone,
    hourCycle: 'h23',
  });
  const only = (part: Partial<AuditFilter>, words: string) => (
    <button type="button" class="link" aria-label={`${texts.only}: ${words}`} onClick={() => onOnly(part)}>
      {words}
    </button>
  );
  return [
    { head: texts.line, cell: ({ seq }) => seq },
    { head: texts.when, cell: ({ at }) => format.format(at) },
    { head: texts.actor, cell: ({ actor, name }) => only({ actor }, name ?? actor) },
    { head: texts.action, cell: ({ action }) => actionName(action, language) },
    {
      head: texts.subject,
      cell: ({ subject, actor }) => (subject === actor ? '' : only({ subject }, subject)),
    },
    {
      head: texts.details,
      cell: ({ details }) => (details === '{}' ? '' : <code>{tell(details, language)}</code>),
    },
  ];
}

/** `{"from":"operator","waitedMs":120000}` is `from: operator, waited: 2 mnt`. */
function tell(details: string, language: Language): string {
  try {
    return Object.entries(JSON.parse(details) as { [name: string]: unknown })
      .map(([name, value]) => {
        if (name.endsWith('Ms')) return `${name.slice(0, -2)}: ${formatWait(Number(value), language)}`;
        return `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
      })
      .join(', ');
  } catch {
    return details;
  }
}
