/** Outages, newest first: how far the moving has come, live, and the way back. */
import { useEffect, useState } from 'preact/hooks';
import type { OutageView } from '../../schemas/places.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { SureButton, useLoaded } from '../shell/page.tsx';
import { formatInstant, formatShortDay } from './dates.ts';
import { CAUSE_NAMES, OUTAGE_STATES, PLACE_TEXTS } from './place-texts.ts';
import { placesApi } from './places-api.ts';

/** So many at first. */
const FEW = 3;

export function OutagesPanel(props: {
  news: number;
  timeZone: string;
  /** One has begun, come to its end or been undone: points are no longer what they were. */
  onChange: () => void;
  onUndone: () => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const { explain } = useWords();
  const { value, failure, reload } = useLoaded(placesApi.outages, props.news);
  const [isAll, setAll] = useState(false);
  const sending = useSending();
  const outages = value?.outages ?? [];
  const states = outages.map(({ id, state }) => `${id} ${state}`).join();
  useEffect(() => {
    if (states !== '') props.onChange();
  }, [states]);
  const undo = (id: string) =>
    sending.run(async () => {
      await placesApi.undoOutage(id);
      await reload();
      props.onUndone();
    });
  const trouble = sending.failure ?? failure;
  return (
    <section class="panel outages" aria-labelledby="outages">
      <h2 id="outages">{texts.outages}</h2>
      {trouble !== undefined && (
        <p class="failure" role="alert">
          {explain(trouble)}
        </p>
      )}
      {value && outages.length === 0 && <p class="quiet">{texts.noOutages}</p>}
      <ul class="outage-list">
        {outages.slice(0, isAll ? undefined : FEW).map((outage) => (
          <OutageRow
            key={outage.id}
            outage={outage}
            timeZone={props.timeZone}
            isSending={sending.isSending}
            onUndo={() => undo(outage.id)}
          />
        ))}
      </ul>
      {!isAll && outages.length > FEW && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {texts.older}
        </button>
      )}
    </section>
  );
}

const TONES = { running: 'late', done: 'good', undoing: 'late', undone: '' };

function OutageRow(props: { outage: OutageView; timeZone: string; isSending: boolean; onUndo: () => void }) {
  const texts = useTexts(PLACE_TEXTS);
  const causes = useTexts(CAUSE_NAMES);
  const states = useTexts(OUTAGE_STATES);
  const { language } = useWords();
  const { outage } = props;
  const { state } = outage;
  const mayUndo = state === 'running' || state === 'done';
  const name = outage.pointName ?? texts.wholeOffice;
  return (
    <li class="outage">
      <div class="activity-line">
        <strong>{name}</strong>
        <span>
          {causes[outage.cause]}
          {outage.reason !== null && `: ${outage.reason}`}
        </span>
        <span class={`tag status ${TONES[state]}`}>{states[state]}</span>
      </div>
      <p class="quiet">
        {formatInstant(outage.at, { language, timeZone: props.timeZone })}, {texts.by} {outage.by}
        {outage.cause !== 'calendar' &&
          ` · ${outage.until === null ? texts.untilUnknown : `${texts.until} ${formatShortDay(outage.until, language)}`}`}
      </p>
      {outage.total > 0 && (
        <progress max={outage.total} value={outage.done} aria-label={`${texts.progress}: ${name}`} />
      )}
      <p class="outage-counts">
        <strong>
          {outage.done} {texts.of} {outage.total}
        </strong>{' '}
        · {outage.moved} {texts.moved} · {outage.waiting} {texts.waiting} · {outage.own} {texts.own}
        {outage.untold > 0 && ` · ${outage.untold} ${texts.untold}`}
        {(state === 'undoing' || state === 'undone') && ` · ${outage.restored} ${texts.backAgain}`}
      </p>
      {mayUndo && (
        <div class="row">
          <SureButton
            label={texts.undo}
            sure={texts.undoSure}
            isOff={props.isSending}
            onSure={props.onUndo}
          />
        </div>
      )}
    </li>
  );
}
