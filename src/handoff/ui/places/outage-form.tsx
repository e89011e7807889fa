/** Marks a point or a device as out of order, after showing who will be moved by it. */
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { formatInstant } from './dates.ts';
import { CAUSE_NAMES, PLACE_TEXTS } from './place-texts.ts';
import type { DeskOutage, OutagePreview, Point, PointActivity } from './place-types.ts';
import { placesApi } from './places-api.ts';
import { ReasonField, UntilField } from './standing-fields.tsx';

const CAUSES = ['device', 'closed', 'blangko'] as const;

export function OutageForm(props: {
  point: Point;
  activity?: PointActivity;
  cause?: DeskOutage['cause'];
  today: string;
  timeZone: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const causes = useTexts(CAUSE_NAMES);
  const { explain } = useWords();
  const { point } = props;
  const [activity, setActivity] = useState(props.activity?.id ?? '');
  const [cause, setCause] = useState<DeskOutage['cause']>(
    props.cause ?? (props.activity ? 'device' : 'closed'),
  );
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const wanted: DeskOutage = {
    point: point.id,
    cause,
    ...(cause === 'blangko' || activity === ''
      ? {}
      : { activity: activity as NonNullable<DeskOutage['activity']> }),
    ...(until === '' ? {} : { until }),
  };
  const preview = usePreview(wanted);
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    if (!preview.value) return;
    run(async () => {
      const why = reason.trim();
      await placesApi.startOutage({ ...wanted, ...(why === '' ? {} : { reason: why }) });
      props.onDone();
    });
  };
  return (
    <Dialog title={`${texts.markOut}: ${point.name}`} onClose={props.onClose}>
      <form class="form" onSubmit={submit}>
        <Labelled id="outage-cause" label={texts.cause}>
          <select
            id="outage-cause"
            data-focus
            value={cause}
            onChange={({ currentTarget }) => setCause(currentTarget.value as DeskOutage['cause'])}
          >
            {CAUSES.map((each) => (
              <option key={each} value={each}>
                {causes[each]}
              </option>
            ))}
          </select>
        </Labelled>
        {cause === 'blangko' ? (
          <p class="quiet">{texts.onlyCards}</p>
        ) : (
          <Labelled id="outage-what" label={texts.what}>
            <select
              id="outage-what"
              value={activity}
              onChange={({ currentTarget }) => setActivity(currentTarget.value as typeof activity)}
            >
              <option value="">{texts.wholePoint}</option>
              {point.activities
                .filter(({ id }) => id !== 'print')
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </select>
          </Labelled>
        )}
        <ReasonField reason={reason} onReason={setReason} />
        <UntilField until={until} today={props.today} onUntil={setUntil} />
        <Preview {...preview} timeZone={props.timeZone} />
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <button type="submit" class="button primary" aria-disabled={isSending || !preview.value}>
          {preview.value && preview.value.visits > 0
            ? `${texts.confirm} (${preview.value.visits})`
            : texts.confirmNone}
        </button>
      </form>
    </Dialog>
  );
}

/** What would happen, asked anew with each change; nothing while the answer is on its way. */
function usePreview(wanted: DeskOutage): { value: OutagePreview | undefined; failure: unknown } {
  const key = JSON.stringify(wanted);
  const [known, setKnown] = useState<{ key: string; value?: OutagePreview; failure?: unknown }>();
  useEffect(() => {
    let isLatest = true;
    placesApi.preview(JSON.parse(key)).then(
      (value) => isLatest && setKnown({ key, value }),
      (failure) => isLatest && setKnown({ key, failure }),
    );
    return () => {
      isLatest = false;
    };
  }, [key]);
  return known?.key === key
    ? { value: known.value, failure: known.failure }
    : { value: undefined, failure: undefined };
}

function Preview(props: { value: OutagePreview | undefined; failure: unknown; timeZone: string }) {
  const texts = useTexts(PLACE_TEXTS);
  const { language, explain } = useWords();
  const { value } = props;
  const where = { language, timeZone: props.timeZone };
  if (props.failure !== undefined)
    return (
      <p class="failure" role="alert">
        {explain(props.failure)}
      </p>
    );
  return (
    <p class="outage-preview" role="status">
      {!value && texts.counting}
      {value?.visits === 0 && texts.nobodyBooked}
      {value && value.visits > 0 && (
        <>
          <strong>
            {value.visits} {texts.citizensBooked}
          </strong>
          {value.firstAt !== null && value.lastAt !== null && (
            <>
              , {formatInstant(value.firstAt, where)} {texts.upTo} {formatInstant(value.lastAt, where)},
            </>
          )}{' '}
          {texts.willMove}
        </>
      )}
    </p>
  );
}
