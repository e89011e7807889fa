/** Work, waits, promises and where citizens give up, at `#/statistics`. */
import type { ComponentChildren } from 'preact';
import { useCallback, useId, useState } from 'preact/hooks';
import type { Statistics } from '../../schemas/supervision.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { Page, useLoaded } from '../shell/page.tsx';
import type { ViewProps } from '../shell/view.ts';
import { DayCharts } from './day-charts.tsx';
import { Funnel } from './funnel.tsx';
import { toField } from './office-time.ts';
import { OpenNow } from './open-now.tsx';
import { PeriodForm } from './period-form.tsx';
import { csvAddress, type Period, supervisionApi } from './supervision-api.ts';
import { SUPERVISION_TEXTS } from './texts.ts';
import { OperatorTable, ServiceTable } from './work-tables.tsx';
import './supervision.css';

export function StatisticsView({ me, now }: ViewProps) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { texts: common } = useWords();
  const [period, setPeriod] = useState<Period>({ from: '', until: '' });
  const load = useCallback(() => supervisionApi.statistics(period), [period]);
  const { value, failure } = useLoaded(load);
  const today = toField(now, me.office.timeZone).slice(0, 10);
  return (
    <Page title={texts.statistics} failure={failure}>
      {value && <OpenNow open={value.open} />}
      <PeriodForm shown={value ?? period} today={today} onPeriod={setPeriod} />
      {!value && failure === undefined && <p class="quiet">{common.loading}</p>}
      {value && <Sections figures={value} />}
    </Page>
  );
}

function Sections({ figures }: { figures: Statistics }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  return (
    <>
      <Section title={texts.byDay} csv={csvAddress('days', figures)}>
        <DayCharts days={figures.days} />
      </Section>
      <Section title={texts.services} hint={texts.servicesHint} csv={csvAddress('services', figures)}>
        <ServiceTable services={figures.services} />
      </Section>
      <Section title={texts.operators} csv={csvAddress('operators', figures)}>
        <OperatorTable operators={figures.operators} />
      </Section>
      <Section title={texts.funnel} hint={texts.funnelHint} csv={csvAddress('funnel', figures)}>
        <Funnel services={figures.funnel} />
      </Section>
    </>
  );
}

function Section(props: { title: string; hint?: string; csv: string; children: ComponentChildren }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const title = useId();
  return (
    <section class="panel" aria-labelledby={title}>
      <div class="panel-head">
        <h2 id={title}>{props.title}</h2>
        <a href={props.csv} download aria-label={`${texts.csv}: ${props.title}`}>
          {texts.csv}
        </a>
      </div>
      {props.hint && <p class="quiet">{props.hint}</p>}
      {props.children}
    </section>
  );
}
