/** How a point or one of its activities stands, changed for now; capacities are the supervisor's. */
import { useState } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled, SureButton } from '../shell/page.tsx';
import { PLACE_TEXTS, STATUS_NAMES } from './place-texts.ts';
import type { Point, PointActivity, PointChange, PointStatus } from './place-types.ts';
import { placesApi } from './places-api.ts';
import { standingOn } from './standing.ts';
import { ReasonField, UntilField } from './standing-fields.tsx';

const STATUSES: readonly PointStatus[] = ['active', 'suspended', 'broken', 'planned'];

export function ChangeForm(props: {
  point: Point;
  activity?: PointActivity;
  today: string;
  isSupervisor: boolean;
  onDone: (words: string) => void;
  onClose: () => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const names = useTexts(STATUS_NAMES);
  const { explain } = useWords();
  const { point, activity, today, onDone } = props;
  const before = standingOn(today, activity ?? point);
  const [status, setStatus] = useState(before.status);
  const [reason, setReason] = useState(before.reason?.id ?? '');
  const [until, setUntil] = useState(before.until ?? '');
  const [capacity, setCapacity] = useState(activity?.capacity ?? 0);
  const { isSending, failure, run } = useSending();
  const of = activity ? { activity: activity.id } : {};
  const mayCapacity = props.isSupervisor && activity !== undefined && activity.capacity !== null;

  const changes = (): PointChange => {
    const isSame =
      status === before.status && reason === (before.reason?.id ?? '') && until === (before.until ?? '');
    const isOut = status !== 'active';
    return {
      ...of,
      ...(isSame ? {} : { status }),
      ...(isSame || !isOut || reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(isSame || !isOut || until === '' ? {} : { until }),
      ...(mayCapacity && capacity !== activity?.capacity ? { capacity } : {}),
    };
  };
  const send = (change: PointChange, words: string) =>
    run(async () => {
      await placesApi.changePoint(point.id, change);
      onDone(words);
    });
  const submit = (event: Event) => {
    event.preventDefault();
    const change = changes();
    // Saved without a change.
    if (Object.keys(change).every((key) => key === 'activity')) return props.onClose();
    send(change, texts.saved);
  };
  const changed = (activity ?? point).changed;
  return (
    <Dialog title={nameOf(point, activity)} onClose={props.onClose}>
      <form class="form" onSubmit={submit}>
        <Labelled id="point-status" label={texts.status}>
          <select
            id="point-status"
            data-focus
            value={status}
            onChange={({ currentTarget }) => setStatus(currentTarget.value as PointStatus)}
          >
            {STATUSES.map((each) => (
              <option key={each} value={each}>
                {names[each]}
              </option>
            ))}
          </select>
        </Labelled>
        {status !== 'active' && (
          <>
            <ReasonField reason={reason} onReason={setReason} />
            <UntilField until={until} today={today} onUntil={setUntil} />
            <p class="quiet">{texts.noMove}</p>
          </>
        )}
        {mayCapacity && (
          <Labelled id="point-capacity" label={texts.capacityField} hint={texts.capacityHint}>
            <input
              id="point-capacity"
              type="number"
              min={0}
              max={1000}
              required
              aria-describedby="point-capacity-hint"
              value={capacity}
              onInput={({ currentTarget }) => setCapacity(Number(currentTarget.value))}
            />
          </Labelled>
        )}
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <div class="row">
          <SaveButton isSending={isSending} />
          {changed && (
            <SureButton
              label={texts.restore}
              sure={texts.restoreSure}
              isOff={isSending}
              onSure={() => send({ ...of, restore: true }, texts.restored)}
            />
          )}
        </div>
      </form>
    </Dialog>
  );
}

function SaveButton({ isSending }: { isSending: boolean }) {
  const { texts } = useWords();
  return (
    <button type="submit" class="button primary" aria-disabled={isSending}>
      {texts.save}
    </button>
  );
}

/** `Kantor Kecamatan Hulu: perekaman`. */
function nameOf(point: Point, activity: PointActivity | undefined): string {
  return activity ? `${point.name}: ${activity.name}` : point.name;
}
