/** All points with the state of each activity at a glance; a province has hundreds, so they can be narrowed. */
import { useState } from 'preact/hooks';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { formatInstant, formatShortDay } from './dates.ts';
import { KIND_NAMES, PLACE_TEXTS, STATUS_NAMES } from './place-texts.ts';
import type { Point, PointActivity } from './place-types.ts';
import type { Opened } from './places-view.tsx';
import { activityOn, isInTrouble, standingOn, toneOf } from './standing.ts';

interface Stage {
  today: string;
  timeZone: string;
  onOpen: (opened: Opened) => void;
}

/** So many are seen at a glance; more are searched. */
const FEW = 6;

export function PointList({ points, ...stage }: Stage & { points: readonly Point[] }) {
  const texts = useTexts(PLACE_TEXTS);
  const [words, setWords] = useState('');
  const [isTroubleOnly, setTroubleOnly] = useState(false);
  const wanted = words.trim().toLowerCase();
  const shown = points.filter(
    (point) =>
      `${point.name} ${point.address}`.toLowerCase().includes(wanted) &&
      (!isTroubleOnly || isInTrouble(stage.today, point)),
  );
  return (
    <section class="points" aria-labelledby="points">
      <h2 id="points">{texts.points}</h2>
      {points.length > FEW && (
        <div class="form in-row">
          <Labelled id="find-point" label={texts.find}>
            <input
              id="find-point"
              type="search"
              value={words}
              onInput={({ currentTarget }) => setWords(currentTarget.value)}
            />
          </Labelled>
          <label class="check">
            <input type="checkbox" checked={isTroubleOnly} onChange={() => setTroubleOnly(!isTroubleOnly)} />{' '}
            {texts.onlyTrouble}
          </label>
        </div>
      )}
      {shown.length === 0 && <p class="quiet">{texts.noneFound}</p>}
      <ul class="point-list">
        {shown.map((point) => (
          <PointCard key={point.id} point={point} {...stage} />
        ))}
      </ul>
    </section>
  );
}

function PointCard({ point, ...stage }: Stage & { point: Point }) {
  const texts = useTexts(PLACE_TEXTS);
  const kinds = useTexts(KIND_NAMES);
  const title = `point-${point.id}`;
  const { onOpen } = stage;
  return (
    <li class="panel point" aria-labelledby={title}>
      <div class="panel-head">
        <h3 id={title}>{point.name}</h3>
        <StatusTag {...standingOn(stage.today, point)} />
      </div>
      <p class="quiet">
        {kinds[point.kind]} · {point.address}
      </p>
      <Why standing={standingOn(stage.today, point)} changed={point.changed} timeZone={stage.timeZone} />
      <ul class="activities">
        {point.activities.map((activity) => (
          <ActivityRow key={activity.id} point={point} activity={activity} {...stage} />
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class="button"
          aria-label={`${texts.change}: ${point.name}`}
          onClick={() => onOpen({ kind: 'change', point })}
        >
          {texts.change}
        </button>
        <button
          type="button"
          class="button"
          aria-label={`${texts.markOut}: ${point.name}`}
          onClick={() => onOpen({ kind: 'outage', point })}
        >
          {texts.markOut}
        </button>
        <StockButton point={point} onOpen={onOpen} />
      </div>
    </li>
  );
}

function ActivityRow({ point, activity, ...stage }: Stage & { point: Point; activity: PointActivity }) {
  const texts = useTexts(PLACE_TEXTS);
  const { capacity, slotMinutes, booked } = activity;
  const own = standingOn(stage.today, activity);
  return (
    <li class="activity">
      <div class="activity-line">
        <strong class="activity-name">{activity.name}</strong>
        <StatusTag {...activityOn(stage.today, point, activity)} />
        <span class="grow" />
        <button
          type="button"
          class="link"
          aria-label={`${texts.change}: ${activity.name}, ${point.name}`}
          onClick={() => stage.onOpen({ kind: 'change', point, activity })}
        >
          {texts.change}
        </button>
        {activity.id !== 'print' && (
          <button
            type="button"
            class="link"
            aria-label={`${texts.markOut}: ${activity.name}, ${point.name}`}
            onClick={() => stage.onOpen({ kind: 'outage', point, activity })}
          >
            {texts.markOut}
          </button>
        )}
      </div>
      <p class="quiet">
        {booked > 0 && (
          <strong class="booked">
            {booked} {texts.bookedAhead} ·{' '}
          </strong>
        )}
        {activity.hours || texts.noHours}
        {capacity !== null && ` · ${capacity} ${texts.perSlot} ${slotMinutes} ${texts.minutes}`}
      </p>
      <Why standing={own} changed={activity.changed} timeZone={stage.timeZone} />
    </li>
  );
}

function StatusTag({ status }: Pick<Point, 'status'>) {
  const names = useTexts(STATUS_NAMES);
  return <span class={`tag status ${toneOf(status)}`}>{names[status]}</span>;
}

/** Why it is not open and how long, and who has changed it. */
function Why(props: {
  standing: Pick<Point, 'status' | 'reason' | 'until'>;
  changed: Point['changed'];
  timeZone: string;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const { language } = useWords();
  const { standing, changed } = props;
  const end =
    standing.until === null
      ? texts.untilUnknown
      : `${texts.until} ${formatShortDay(standing.until, language)}`;
  if (standing.status === 'active' && changed === null) return null;
  return (
    <p class="why">
      {standing.status !== 'active' && (
        <span>
          {standing.reason?.[language]}{' '}
          {standing.status !== 'planned' || standing.until !== null ? `(${end})` : ''}
        </span>
      )}{' '}
      {changed && (
        <span class="quiet">
          {texts.changedBy} {formatInstant(changed.at, { language, timeZone: props.timeZone })}, {changed.by}
        </span>
      )}
    </p>
  );
}

/** Where cards are picked up or printed, somebody counts the blank ones. */
function StockButton({ point, onOpen }: { point: Point; onOpen: Stage['onOpen'] }) {
  const texts = useTexts(PLACE_TEXTS);
  const { stock } = point;
  if (stock === null && !point.activities.some(({ id }) => id === 'pickup' || id === 'print')) return null;
  const state =
    stock === null ? texts.noLedger : stock.isOut ? texts.stockOut : `${stock.count} ${texts.stockLeft}`;
  return (
    <button
      type="button"
      class={`button ${stock?.isOut ? 'is-out' : ''}`}
      aria-label={`${texts.stock}: ${state}, ${point.name}`}
      onClick={() => onOpen({ kind: 'stock', point })}
    >
      {texts.stock}: {state}
    </button>
  );
}
