/** Why something is not open, and until when: the fields that changes and outages share. */
import { useTexts } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { PLACE_TEXTS } from './place-texts.ts';

export function ReasonField(props: { reason: string; onReason: (reason: string) => void }) {
  const texts = useTexts(PLACE_TEXTS);
  return (
    <Labelled id="standing-reason" label={texts.reason} hint={texts.reasonHint}>
      <textarea
        id="standing-reason"
        rows={2}
        maxLength={200}
        aria-describedby="standing-reason-hint"
        value={props.reason}
        onInput={({ currentTarget }) => props.onReason(currentTarget.value)}
      />
    </Labelled>
  );
}

export function UntilField(props: { until: string; today: string; onUntil: (until: string) => void }) {
  const texts = useTexts(PLACE_TEXTS);
  return (
    <Labelled id="standing-until" label={texts.untilField} hint={texts.untilHint}>
      <input
        id="standing-until"
        type="date"
        min={props.today}
        aria-describedby="standing-until-hint"
        value={props.until}
        onInput={({ currentTarget }) => props.onUntil(currentTarget.value)}
      />
    </Labelled>
  );
}
