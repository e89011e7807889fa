import type { FieldView } from '../../schemas/requests.ts';
import { useTexts } from '../shell/language.tsx';
import { useDraft } from './drafts.ts';
import { ReasonField } from './reason-field.tsx';
import { DOCUMENT_REASONS, FIELD_REASONS } from './reasons.ts';
import { REQUEST_TEXTS } from './texts.ts';
import type { Act } from './use-request.ts';

/** Refuses one document or answer; nothing is said to the citizen until the correction is asked for. */
export function RefuseForm(props: {
  number: string;
  field: FieldView;
  isBusy: boolean;
  act: Act;
  onClose: () => void;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { field } = props;
  const [text, setText] = useDraft(props.number, `refuse.${field.id}`);
  const send = async () => {
    const reason = text.trim();
    if (reason === '') return;
    const isDone = await props.act((calls, version) =>
      calls.judge({ version, step: field.id, verdict: 'refused', reason }),
    );
    if (!isDone) return;
    setText('');
    props.onClose();
  };
  return (
    <form
      class="decision-form"
      aria-label={`${texts.refuse}: ${field.label}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p>
        <strong>{field.label}.</strong> {texts.refuseHint}
      </p>
      <ReasonField
        common={field.kind === 'document' ? DOCUMENT_REASONS : FIELD_REASONS}
        text={text}
        maxLength={300}
        onText={setText}
        onSend={send}
        onCancel={props.onClose}
      >
        <div class="row">
          <button type="submit" class="button sure" disabled={props.isBusy || text.trim() === ''}>
            {texts.refuse}
          </button>
          <button type="button" class="button" onClick={props.onClose}>
            {texts.cancel}
          </button>
        </div>
      </ReasonField>
    </form>
  );
}
