/** One slot: how full it is, and who comes. */
import type { Visit } from '../../schemas/places.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { requestAddress } from '../shell/route.ts';
import { formatTime } from '../shell/time.ts';
import type { VisitActivity, VisitMark } from './place-types.ts';
import { VISIT_TEXTS } from './visit-texts.ts';

type Slot = VisitActivity['slots'][number];
type OnMark = (visit: Visit, mark: VisitMark) => void;

/** Nobody has missed what has not begun, and who has not answered yet has no visit. */
export function mayMark(visit: Visit, mark: VisitMark, now: number): boolean {
  return !visit.isHeld && (mark !== 'missed' || visit.startAt <= now);
}

export function SlotRows(props: { slot: Slot; timeZone: string; now: number; onMark: OnMark | undefined }) {
  const texts = useTexts(VISIT_TEXTS);
  const { language } = useWords();
  const { slot } = props;
  const { capacity, visits } = slot;
  const where = { language, timeZone: props.timeZone };
  return (
    <li class={`slot ${visits.length === 0 ? 'is-empty' : ''}`}>
      <div class="slot-head">
        <strong>
          {formatTime(slot.startAt, where)}–{formatTime(slot.endAt, where)}
        </strong>
        <Fullness booked={visits.length} capacity={capacity} />
        <span class={visits.length > capacity ? 'is-over' : 'quiet'}>
          {visits.length}/{capacity}
        </span>
        {capacity === 0 && <span class="tag late">{texts.outside}</span>}
      </div>
      {visits.length > 0 && (
        <ul class="visits">
          {visits.map((visit) => (
            <VisitRow key={visit.booking} visit={visit} now={props.now} onMark={props.onMark} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** A bar; the figures beside it say the same. */
function Fullness({ booked, capacity }: { booked: number; capacity: number }) {
  const part = capacity === 0 ? 1 : Math.min(1, booked / capacity);
  const grade = booked > capacity ? 'is-over' : part === 1 ? 'is-full' : '';
  return (
    <svg class={`fullness ${grade}`} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={booked === 0 ? 0 : part * 100} height="10" />
    </svg>
  );
}

const MARKS: readonly VisitMark[] = ['arrived', 'served', 'missed'];

function VisitRow({ visit, now, onMark }: { visit: Visit; now: number; onMark: OnMark | undefined }) {
  const texts = useTexts(VISIT_TEXTS);
  const has = (mark: string) => visit.marks.some((each) => each.mark === mark);
  return (
    <li class={`visit ${lookOf(visit)}`} data-number={visit.booking}>
      <a href={requestAddress(visit.number)} title={texts.openRequest}>
        {visit.number}
      </a>
      <span class="visit-who">
        {visit.name !== null && <strong>{visit.name}</strong>} <span class="quiet">{visit.service}</span>
      </span>
      <span class="tags">
        {visit.isHeld && <span class="tag">{texts.held}</span>}
        {has('on-way') && !has('arrived') && <span class="tag here">{texts.onWay}</span>}
        {has('late') && !has('arrived') && <span class="tag late">{texts.late}</span>}
      </span>
      {!visit.isHeld && (
        <span class="visit-marks">
          {MARKS.map((mark) => (
            <MarkButton key={mark} {...{ visit, mark, now, isOn: has(mark), onMark }} />
          ))}
        </span>
      )}
    </li>
  );
}

function lookOf({ isHeld, marks }: Visit): string {
  const has = (mark: string) => marks.some((each) => each.mark === mark);
  if (isHeld) return 'is-held';
  if (has('missed')) return 'is-missed';
  return has('served') ? 'is-served' : has('arrived') ? 'is-here' : '';
}

/** A button while it may be pressed; afterwards the word alone, where it was. */
function MarkButton(props: {
  visit: Visit;
  mark: VisitMark;
  now: number;
  isOn: boolean;
  onMark: OnMark | undefined;
}) {
  const texts = useTexts(VISIT_TEXTS);
  const { visit, mark, isOn, onMark } = props;
  if (!onMark) return isOn ? <span class={`tag mark-${mark}`}>{texts[mark]}</span> : null;
  return (
    <button
      type="button"
      class={`button mark mark-${mark}`}
      aria-pressed={isOn}
      aria-disabled={!mayMark(visit, mark, props.now)}
      aria-label={`${texts[mark]}: ${visit.number}`}
      onClick={() => onMark(visit, mark)}
    >
      {texts[mark]}
    </button>
  );
}
