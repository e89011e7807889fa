/** The slots of a day, each activity apart, with those who are booked; marks are put on by mouse or by keys alone. */
import { useRef } from 'preact/hooks';
import type { Visit, VisitDay } from '../../schemas/places.ts';
import { moveFocus, placeOf, useKeptFocus } from '../requests/kept-focus.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts } from '../shell/language.tsx';
import { withMark } from './day-patches.ts';
import type { VisitActivity, VisitMark } from './place-types.ts';
import { placesApi } from './places-api.ts';
import { mayMark, SlotRows } from './slot-rows.tsx';
import type { Act } from './use-day.ts';
import { VISIT_TEXTS } from './visit-texts.ts';

export function VisitList(props: {
  day: VisitDay;
  timeZone: string;
  now: number;
  /** Whether it is a day on which the counter notes who came. */
  isMarkable: boolean;
  act: Act;
}) {
  const texts = useTexts(VISIT_TEXTS);
  const { day, isMarkable, act } = props;
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  const toggle = (visit: Visit, mark: VisitMark) => {
    if (!mayMark(visit, mark, props.now)) return;
    const isOn = !visit.marks.some((each) => each.mark === mark);
    act(withMark(visit.booking, { mark, isOn, at: props.now }), () =>
      placesApi.mark(visit.booking, mark, isOn),
    );
  };
  const isIn = () => placeOf(box.current) !== undefined;
  const toggleFocused = (mark: VisitMark) => () => {
    const booking = placeOf(box.current)?.number;
    const visit = visitsOf(day).find((each) => each.booking === booking);
    if (visit && isMarkable) toggle(visit, mark);
  };
  useKeys([
    { keys: 'ArrowDown', words: texts.keyDown, run: () => moveFocus(box.current, 1), when: isIn },
    { keys: 'ArrowUp', words: texts.keyUp, run: () => moveFocus(box.current, -1), when: isIn },
    { keys: 'j', words: texts.keyDown, run: () => moveFocus(box.current, 1) },
    { keys: 'k', words: texts.keyUp, run: () => moveFocus(box.current, -1) },
    { keys: 'd', words: texts.arrived, run: toggleFocused('arrived'), when: isIn },
    { keys: 's', words: texts.served, run: toggleFocused('served'), when: isIn },
    { keys: 't', words: texts.missed, run: toggleFocused('missed'), when: isIn },
  ]);
  return (
    <div class="visit-list" ref={box}>
      {day.activities.every(({ slots }) => slots.length === 0) && <p class="quiet">{texts.nothing}</p>}
      {day.activities.map((activity) => (
        <ActivityPanel
          key={activity.id}
          activity={activity}
          timeZone={props.timeZone}
          now={props.now}
          onMark={isMarkable ? toggle : undefined}
        />
      ))}
      <p class="keys-line quiet">{isMarkable ? texts.keys : texts.tooOld}</p>
    </div>
  );
}

function ActivityPanel(props: {
  activity: VisitActivity;
  timeZone: string;
  now: number;
  onMark: ((visit: Visit, mark: VisitMark) => void) | undefined;
}) {
  const { activity, ...stage } = props;
  const title = `visits-${activity.id}`;
  if (activity.slots.length === 0) return null;
  return (
    <section class="panel" aria-labelledby={title}>
      <div class="panel-head">
        <h2 id={title} class="activity-name">
          {activity.name}
        </h2>
        <span class="quiet">
          {bookedIn(activity)}/{capacityOf(activity)}
        </span>
      </div>
      <ul class="slots">
        {activity.slots.map((slot) => (
          <SlotRows key={`${slot.startAt}-${slot.endAt}`} slot={slot} {...stage} />
        ))}
      </ul>
    </section>
  );
}

/** How many an activity takes on its day. */
function capacityOf({ slots }: VisitActivity): number {
  return slots.reduce((sum, { capacity }) => sum + capacity, 0);
}

/** How many are booked, with those held for an answer. */
function bookedIn({ slots }: VisitActivity): number {
  return slots.reduce((sum, { visits }) => sum + visits.length, 0);
}

function visitsOf(day: VisitDay): Visit[] {
  return day.activities.flatMap(({ slots }) => slots.flatMap(({ visits }) => visits));
}
