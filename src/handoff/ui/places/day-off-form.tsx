/** One day off, or some in a row, for the whole office or for some points. */
import { useState } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { PLACE_TEXTS } from './place-texts.ts';
import type { DayOff, NewDayOff, Point } from './place-types.ts';

export function DayOffForm(props: {
  /** The one that is changed; absent: a new one. */
  day?: DayOff;
  points: readonly Point[];
  today: string;
  onSave: (day: NewDayOff) => Promise<void>;
  onClose: () => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const { texts: common, explain } = useWords();
  const { day } = props;
  const [date, setDate] = useState(day?.date ?? '');
  const [until, setUntil] = useState(day?.until ?? '');
  const [reason, setReason] = useState(day?.reason.id ?? '');
  const [points, setPoints] = useState<readonly string[]>(day?.points ?? []);
  const { isSending, failure, run } = useSending();
  const toggle = (id: string) =>
    setPoints(points.includes(id) ? points.filter((each) => each !== id) : [...points, id]);
  const submit = (event: Event) => {
    event.preventDefault();
    const entered: NewDayOff = {
      ...{ date, reason: reason.trim() },
      ...(until === '' || until === date ? {} : { until }),
      ...(points.length === 0 ? {} : { points: [...points] }),
    };
    run(() => props.onSave(entered));
  };
  return (
    <Dialog title={day ? texts.editDay : texts.addDay} onClose={props.onClose}>
      <form class="form" onSubmit={submit}>
        <Labelled id="day-date" label={texts.day}>
          <input
            id="day-date"
            type="date"
            required
            data-focus
            min={day ? undefined : props.today}
            value={date}
            onInput={({ currentTarget }) => setDate(currentTarget.value)}
          />
        </Labelled>
        <Labelled id="day-until" label={texts.lastDay}>
          <input
            id="day-until"
            type="date"
            min={date}
            value={until}
            onInput={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </Labelled>
        <Labelled id="day-reason" label={texts.why} hint={texts.reasonHint}>
          <input
            id="day-reason"
            type="text"
            required
            maxLength={200}
            autoComplete="off"
            aria-describedby="day-reason-hint"
            value={reason}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </Labelled>
        <details open={points.length > 0}>
          <summary>{texts.somePoints}</summary>
          <ul class="day-points">
            {props.points.map(({ id, name }) => (
              <li key={id}>
                <label class="check">
                  <input type="checkbox" checked={points.includes(id)} onChange={() => toggle(id)} /> {name}
                </label>
              </li>
            ))}
          </ul>
        </details>
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <button type="submit" class="button primary" aria-disabled={isSending}>
          {common.save}
        </button>
      </form>
    </Dialog>
  );
}
