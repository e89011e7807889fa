/** The answers in the order of the form, to be copied into SIAK one after the other. */
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { FieldView, RequestView } from '../../schemas/requests.ts';
import { useTexts } from '../shell/language.tsx';
import { copyText } from './copy.ts';
import { moveFocus, placeOf } from './kept-focus.ts';
import { RefuseForm } from './refuse-form.tsx';
import { REQUEST_TEXTS } from './texts.ts';
import type { Act } from './use-request.ts';
import { Verdict } from './verdict.tsx';
import { Warnings } from './warnings.tsx';

const REVEAL = 'reveal-fields';

/** Copying: which are copied, and the copying of the one in focus (key `c`). */
export function useCopying(fields: FieldView[], box: RefObject<HTMLElement | null>) {
  /** By id, the value that was copied: another value is not copied yet. */
  const [copied, setCopied] = useState<{ [id: string]: string }>({});
  const [hasFailed, setFailed] = useState(false);
  const copy = async ({ id, copy: value }: FieldView) => {
    if (value === null) return;
    const isDone = await copyText(value);
    setFailed(!isDone);
    if (isDone) setCopied((before) => ({ ...before, [id]: value }));
  };
  const copyFocused = async () => {
    // What is masked cannot be copied: first it is shown.
    const reveal = document.getElementById(REVEAL);
    if (reveal) return reveal.focus();
    const place = placeOf(box.current);
    const field = fields.find(({ id }) => id === place?.number);
    if (!field) return moveFocus(box.current, 0);
    await copy(field);
    moveFocus(box.current, 1);
  };
  return { isCopied: (field: FieldView) => copied[field.id] === field.copy, hasFailed, copy, copyFocused };
}

/** `refusing` is the step whose reason is being written. */
export function FieldPanel(props: {
  request: RequestView;
  fields: FieldView[];
  box: RefObject<HTMLUListElement | null>;
  copying: ReturnType<typeof useCopying>;
  canJudge: boolean;
  refusing: string | undefined;
  onRefuse: (step: string | undefined) => void;
  onReveal: () => void;
  isBusy: boolean;
  act: Act;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { request, copying } = props;
  return (
    <>
      {request.form && (
        <p class="quiet">
          {texts.fieldsForm} {request.form}.
        </p>
      )}
      {request.masked && (
        <p class="mask">
          <span>
            {texts.masked} {texts.revealHint}
          </span>
          <button type="button" class="button" id={REVEAL} disabled={props.isBusy} onClick={props.onReveal}>
            {texts.reveal}
          </button>
        </p>
      )}
      {copying.hasFailed && (
        <p class="failure" role="alert">
          {texts.copyFailed}
        </p>
      )}
      <ul class="fields" ref={props.box}>
        {props.fields.map((field) => (
          <li key={field.id} data-number={field.id}>
            <div class="field-main">
              <span class="field-label" id={`label-${field.id}`}>
                {field.label}
              </span>
              <span class="field-text">{field.text || '–'}</span>
            </div>
            <CopyButton field={field} copying={copying} />
            <Warnings codes={field.warnings} />
            {field.photo !== null && (
              <p class="warning">
                {texts.photoSays} {field.photo}
              </p>
            )}
            {field.verdict && <Verdict verdict={field.verdict} />}
            <FieldVerdict {...props} field={field} />
          </li>
        ))}
      </ul>
    </>
  );
}

function CopyButton({ field, copying }: { field: FieldView; copying: ReturnType<typeof useCopying> }) {
  const texts = useTexts(REQUEST_TEXTS);
  const isCopied = field.copy !== null && copying.isCopied(field);
  return (
    <button
      type="button"
      class={`button copy ${isCopied ? 'is-copied' : ''}`}
      aria-label={`${isCopied ? texts.copied : texts.copy}: ${field.label}`}
      aria-disabled={field.copy === null}
      onClick={() => copying.copy(field)}
    >
      {isCopied ? `✓ ${texts.copied}` : texts.copy}
    </button>
  );
}

function FieldVerdict(
  props: Pick<
    Parameters<typeof FieldPanel>[0],
    'request' | 'canJudge' | 'refusing' | 'onRefuse' | 'isBusy' | 'act'
  > & { field: FieldView },
) {
  const texts = useTexts(REQUEST_TEXTS);
  const { field, refusing, onRefuse } = props;
  if (!props.canJudge) return null;
  if (refusing === field.id) {
    return (
      <RefuseForm
        number={props.request.number}
        field={field}
        isBusy={props.isBusy}
        act={props.act}
        onClose={() => onRefuse(undefined)}
      />
    );
  }
  const takeBack = () =>
    props.act((calls, version) => calls.judge({ version, step: field.id, verdict: null }));
  return (
    <button
      type="button"
      class="link field-verdict"
      disabled={props.isBusy}
      aria-label={`${field.verdict ? texts.takeBack : texts.fieldWrong}: ${field.label}`}
      onClick={() => (field.verdict ? takeBack() : onRefuse(field.id))}
    >
      {field.verdict ? texts.takeBack : texts.fieldWrong}
    </button>
  );
}
