/** The day on paper: shown by the printer only. */
import type { VisitDay } from '../../schemas/places.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatTime } from '../shell/time.ts';
import { formatInstant, formatLongDay } from './dates.ts';
import type { VisitActivity } from './place-types.ts';
import { VISIT_TEXTS } from './visit-texts.ts';

interface Where {
  timeZone: string;
  zone: string;
}

export function DaySheet(props: Where & { day: VisitDay; office: string; printedAt: number }) {
  const texts = useTexts(VISIT_TEXTS);
  const { language } = useWords();
  const { day, zone } = props;
  const where = { language, timeZone: props.timeZone };
  return (
    <div class="sheet">
      <p>{props.office}</p>
      <h2>
        {texts.sheetTitle}: {day.pointName}
      </h2>
      <p>{day.address}</p>
      <p>
        <strong>{formatLongDay(day.date, language)}</strong> · {texts.printedAt}{' '}
        {formatInstant(props.printedAt, where)} {zone}
      </p>
      {day.closed !== null && (
        <p>
          {texts.closed}: {day.closed}
        </p>
      )}
      {day.activities
        .filter(({ slots }) => slots.length > 0)
        .map((activity) => (
          <ActivitySheet key={activity.id} activity={activity} timeZone={props.timeZone} zone={zone} />
        ))}
    </div>
  );
}

function ActivitySheet({ activity, timeZone, zone }: Where & { activity: VisitActivity }) {
  const texts = useTexts(VISIT_TEXTS);
  const { language } = useWords();
  // Who has not answered yet is not expected.
  const visits = activity.slots.flatMap((slot) => slot.visits).filter(({ isHeld }) => !isHeld);
  const capacity = activity.slots.reduce((sum, slot) => sum + slot.capacity, 0);
  return (
    <section>
      <h3 class="activity-name">{activity.name}</h3>
      <p>
        {texts.capacity} {capacity} · {texts.booked} {visits.length} · {texts.free}{' '}
        {Math.max(0, capacity - visits.length)}
      </p>
      {visits.length === 0 ? (
        <p>{texts.nobodyBooked}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>
                {texts.time} ({zone})
              </th>
              <th>{texts.number}</th>
              <th>{texts.service}</th>
              <th>{texts.name}</th>
              <th>{texts.here}</th>
            </tr>
          </thead>
          <tbody>
            {visits.map((visit) => (
              <tr key={visit.booking}>
                <td>{formatTime(visit.startAt, { language, timeZone })}</td>
                <td>{visit.number}</td>
                <td>{visit.service}</td>
                <td>{visit.name}</td>
                <td class="box" />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
