/** What a decision needs to be told, and what the citizen will hear of it, before it is taken. */
import { useState } from 'preact/hooks';
import type { Decision, FieldView, RequestView } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { useDraft } from './drafts.ts';
import { NEEDS_REASON } from './groups.ts';
import { DECISION_NAMES } from './names.ts';
import { ReasonField } from './reason-field.tsx';
import { DECISION_REASONS } from './reasons.ts';
import { REQUEST_TEXTS } from './texts.ts';
import type { Act } from './use-request.ts';

/** Those that are asked about first; the others happen at once. */
export function needsForm(decision: Decision, request: RequestView): boolean {
  if (decision === 'ask-correction' || NEEDS_REASON.includes(decision)) return true;
  if (decision === 'hand-over') return request.delivery.includes('pickup');
  return decision === 'approve';
}

/** Stays, with all that was typed, until the decision is taken or the operator leaves it. */
export function DecisionForm(props: {
  request: RequestView;
  decision: Decision;
  isBusy: boolean;
  act: Act;
  onClose: () => void;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const { request, decision } = props;
  const [text, setText] = useDraft(request.number, decision);
  const [oldCard, setOldCard] = useState<OldCard>();
  const needsReason = NEEDS_REASON.includes(decision);
  const refused = request.fields.filter(({ verdict }) => verdict?.verdict === 'refused');
  const isPossible = request.actions.includes(decision);
  const isReady =
    isPossible &&
    (!needsReason || text.trim() !== '') &&
    (decision !== 'ask-correction' || refused.length > 0) &&
    (decision !== 'hand-over' || oldCard !== undefined);
  const send = async () => {
    if (!isReady) return;
    const isDone = await props.act((calls, version) =>
      calls.decide({
        version,
        decision,
        ...(needsReason ? { reason: text.trim() } : {}),
        ...(oldCard === 'yes' || oldCard === 'no' ? { oldCard: oldCard === 'yes' } : {}),
      }),
    );
    if (!isDone) return;
    setText('');
    props.onClose();
  };
  const buttons = (
    <div class="row">
      <button
        type="submit"
        class={`button ${needsReason && decision !== 'reopen' ? 'sure' : 'primary'}`}
        disabled={props.isBusy || !isReady}
      >
        {props.isBusy ? texts.sending : DECISION_NAMES[language][decision]}
      </button>
      <button type="button" class="button" onClick={props.onClose}>
        {texts.cancel}
      </button>
    </div>
  );
  return (
    <form
      class="decision-form"
      aria-label={DECISION_NAMES[language][decision]}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {decision === 'ask-correction' && <Correction refused={refused} />}
      {decision === 'approve' && <Approval fields={request.fields} />}
      {decision === 'hand-over' && <OldCardField value={oldCard} onValue={setOldCard} />}
      {!isPossible && <p class="warning">{texts.notPossible}</p>}
      {needsReason ? (
        <ReasonField
          common={DECISION_REASONS[decision] ?? []}
          text={text}
          maxLength={500}
          onText={setText}
          onSend={send}
          onCancel={props.onClose}
        >
          {buttons}
        </ReasonField>
      ) : (
        buttons
      )}
    </form>
  );
}

/** What the citizen will be told, for each that was refused. */
function Correction({ refused }: { refused: FieldView[] }) {
  const texts = useTexts(REQUEST_TEXTS);
  if (refused.length === 0) return <p>{texts.correctionNone}</p>;
  return (
    <>
      <p>{texts.correctionTold}</p>
      <ul class="told">
        {refused.map(({ id, label, verdict }) => (
          <li key={id}>
            {label}: {verdict?.reason}
          </li>
        ))}
      </ul>
      <p class="quiet">{texts.correctionAsk}</p>
    </>
  );
}

function Approval({ fields }: { fields: FieldView[] }) {
  const texts = useTexts(REQUEST_TEXTS);
  const undecided = fields.filter(
    ({ kind, verdict, files }) => kind === 'document' && !verdict && files.length > 0,
  );
  return (
    <>
      <p>{texts.approveHint}</p>
      {undecided.length > 0 && (
        <p class="warning">
          {undecided.map(({ label }) => label).join(', ')}: {texts.approveUndecided}
        </p>
      )}
    </>
  );
}

type OldCard = 'yes' | 'no' | 'none';

function OldCardField(props: { value: OldCard | undefined; onValue: (value: OldCard) => void }) {
  const texts = useTexts(REQUEST_TEXTS);
  const names = { yes: texts.oldCardYes, no: texts.oldCardNo, none: texts.oldCardNone };
  return (
    <fieldset class="choices">
      <legend>{texts.oldCard}</legend>
      {(['yes', 'no', 'none'] as const).map((value) => (
        <label key={value}>
          <input
            type="radio"
            name="old-card"
            checked={props.value === value}
            onChange={() => props.onValue(value)}
          />
          {names[value]}
        </label>
      ))}
    </fieldset>
  );
}
