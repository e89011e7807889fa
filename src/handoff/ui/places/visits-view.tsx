/** Who comes to a point on a day, and the queue of those without a time, at `#/visits`. */
import { useContext, useState } from 'preact/hooks';
import type { VisitDay } from '../../schemas/places.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { NewsContext } from '../shell/live.ts';
import { Page, useLoaded } from '../shell/page.tsx';
import type { ViewProps } from '../shell/view.ts';
import { addDays, dayAt, zoneName } from './dates.ts';
import { DayHead } from './day-head.tsx';
import { DaySheet } from './day-sheet.tsx';
import { placesApi } from './places-api.ts';
import { QueuePanel } from './queue-panel.tsx';
import { useDay } from './use-day.ts';
import { useRememberedPoint } from './use-point.ts';
import { VisitList } from './visit-list.tsx';
import { VISIT_TEXTS } from './visit-texts.ts';
import './visits.css';

/** How many days back the counter may still note who came; the server asks the same. */
const MARK_DAYS = 3;

export function VisitsView({ me, now, news }: ViewProps) {
  const texts = useTexts(VISIT_TEXTS);
  const { texts: common } = useWords();
  const { timeZone } = me.office;
  const { counts } = useContext(NewsContext);
  const places = useLoaded(placesApi.points, counts.points);
  const points = (places.value?.points ?? []).filter(({ activities }) =>
    activities.some(({ slotMinutes }) => slotMinutes !== null),
  );
  const [point, setPoint] = useRememberedPoint(points);
  const today = dayAt(now, timeZone);
  // Nothing chosen means today, also when a new day has begun.
  const [chosen, setChosen] = useState<string>();
  const date = chosen ?? today;
  const { day, failure, trouble, act } = useDay(point, date, news);
  const isMarkable = date <= today && date >= addDays(today, -MARK_DAYS);
  const stage = { timeZone, now, act };
  return (
    <div class="visits-view">
      <Page title={texts.title} failure={trouble ?? failure ?? places.failure}>
        <DayHead
          {...{ points, point, date, today }}
          onPoint={setPoint}
          onDate={(picked) => setChosen(picked === today ? undefined : picked)}
        />
        {places.value && points.length === 0 && <p class="empty">{texts.noPoints}</p>}
        {!day && failure === undefined && points.length > 0 && <p class="quiet">{common.loading}</p>}
        {day && (
          <>
            <Totals day={day} />
            {day.closed !== null && <ClosedNote day={day} />}
            <div class="visit-day">
              <VisitList {...{ day, isMarkable }} {...stage} />
              {date === today && <QueuePanel day={day} {...stage} />}
            </div>
            <DaySheet
              day={day}
              office={me.office.name}
              printedAt={now}
              zone={zoneName(timeZone)}
              {...stage}
            />
          </>
        )}
      </Page>
    </div>
  );
}

function Totals({ day: { totals } }: { day: VisitDay }) {
  const texts = useTexts(VISIT_TEXTS);
  const figures = [
    [texts.capacity, totals.capacity],
    [texts.booked, totals.booked],
    [texts.arrived, totals.arrived],
    [texts.served, totals.served],
    [texts.missed, totals.missed],
  ] as const;
  return (
    <dl class="totals" aria-label={texts.totals}>
      {figures.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

function ClosedNote({ day }: { day: VisitDay }) {
  const texts = useTexts(VISIT_TEXTS);
  return (
    <p class="day-closed" role="status">
      <strong>
        {texts.closed}: {day.closed}
      </strong>{' '}
      {day.totals.booked > 0 && texts.closedButBooked}
    </p>
  );
}
