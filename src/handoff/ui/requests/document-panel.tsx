/** The documents of a request, one by one. */
import type { FieldView } from '../../schemas/requests.ts';
import { useTexts } from '../shell/language.tsx';
import { DocumentStage } from './document-stage.tsx';
import { Readings } from './readings.tsx';
import { RefuseForm } from './refuse-form.tsx';
import { REQUEST_TEXTS } from './texts.ts';
import type { Act } from './use-request.ts';
import { Verdict } from './verdict.tsx';
import { Warnings } from './warnings.tsx';

const MARKS = { accepted: '✓', refused: '✗' } as const;

/** `at` is the one that is shown; `refusing` the step whose reason is being written. */
export function DocumentPanel(props: {
  number: string;
  documents: FieldView[];
  at: number;
  onAt: (at: number) => void;
  canJudge: boolean;
  refusing: string | undefined;
  onRefuse: (step: string | undefined) => void;
  onAccept: () => void;
  isBusy: boolean;
  act: Act;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { documents, at } = props;
  const open = documents[at];
  if (!open) return <p class="quiet">{texts.noDocuments}</p>;
  const takeBack = () =>
    props.act((calls, version) => calls.judge({ version, step: open.id, verdict: null }));
  return (
    <>
      <ol class="document-tabs">
        {documents.map((document, index) => (
          <li key={document.id}>
            <button
              type="button"
              class={document.verdict ? `is-${document.verdict.verdict}` : ''}
              aria-current={index === at ? 'true' : undefined}
              onClick={() => props.onAt(index)}
            >
              {document.label}
              {document.verdict && (
                <span>
                  {' '}
                  <span aria-hidden="true">{MARKS[document.verdict.verdict]}</span>
                  <span class="hidden">{texts[document.verdict.verdict]}</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      <DocumentStage key={open.id} document={open} />
      <Readings readings={open.readings} />
      <Warnings codes={open.warnings} />
      <Verdict verdict={open.verdict} />
      {props.canJudge && (
        <div class="row">
          <button
            type="button"
            class="button primary"
            aria-keyshortcuts="a"
            disabled={props.isBusy || open.verdict?.verdict === 'accepted'}
            onClick={props.onAccept}
          >
            {texts.accept} <kbd>a</kbd>
          </button>
          <button
            type="button"
            class="button"
            aria-keyshortcuts="x"
            aria-expanded={props.refusing === open.id}
            disabled={props.isBusy}
            onClick={() => props.onRefuse(props.refusing === open.id ? undefined : open.id)}
          >
            {texts.refuse} <kbd>x</kbd>
          </button>
          {open.verdict && (
            <button type="button" class="link" disabled={props.isBusy} onClick={takeBack}>
              {texts.takeBack}
            </button>
          )}
        </div>
      )}
      {props.refusing === open.id && (
        <RefuseForm
          key={open.id}
          number={props.number}
          field={open}
          isBusy={props.isBusy}
          act={props.act}
          onClose={() => props.onRefuse(undefined)}
        />
      )}
    </>
  );
}
