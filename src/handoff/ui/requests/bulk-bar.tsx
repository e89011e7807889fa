/** What can be done with many requests at once, and what became of each. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Colleague, Me } from '../../schemas/accounts.ts';
import type { RequestItem } from '../../schemas/requests.ts';
import { ApiFailure } from '../shell/api.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { useSure } from '../shell/use-sure.ts';
import { can } from '../shell/view.ts';
import { DECISION_NAMES } from './names.ts';
import { receivers } from './request-head.tsx';
import { type BulkDecision, type BulkResult, decideMany } from './requests-api.ts';
import { REQUEST_TEXTS } from './texts.ts';

/** In which state each is possible; those for which nothing is selected are not offered. */
const DECISIONS = [
  ['take', 'submitted'],
  ['approve', 'verification'],
  ['produce', 'approved'],
  ['finish', 'production'],
] as const;

/** `onDone` is given what became of each; those that failed stay selected. */
export function BulkBar(props: {
  selected: RequestItem[];
  colleagues: Colleague[];
  me: Me;
  onDone: (results: BulkResult[]) => void;
  onClear: () => void;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language, explain } = useWords();
  const { isSending, failure, run } = useSending();
  const [to, setTo] = useState('');
  const offered = DECISIONS.filter(
    ([decision, from]) =>
      props.selected.some(({ state }) => state === from) &&
      (decision !== 'approve' || can(props.me, 'decide')),
  );
  const send = (decision: BulkDecision) =>
    run(async () => {
      const requests = props.selected.map(({ number, version }) => ({ number, version }));
      props.onDone(await decideMany(requests, decision, decision === 'assign' ? to : undefined));
    });
  return (
    <section class="bulk" aria-label={texts.bulk}>
      <strong role="status">
        {props.selected.length} {texts.selected}
      </strong>
      {offered.map(([decision]) => (
        <SureButton
          key={decision}
          words={DECISION_NAMES[language][decision]}
          isBusy={isSending}
          onSure={() => send(decision)}
        />
      ))}
      <span class="row">
        <label>
          <span class="hidden">{texts.giveTo}</span>
          <select value={to} onChange={(event) => setTo(event.currentTarget.value)}>
            <option value="">{texts.giveTo}</option>
            {receivers(props.colleagues, props.me).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {to !== '' && (
          <button type="button" class="button" disabled={isSending} onClick={() => send('assign')}>
            OK
          </button>
        )}
      </span>
      <button type="button" class="link" onClick={props.onClear}>
        {texts.clear}
      </button>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
    </section>
  );
}

/** A line for each that was tried. */
export function BulkResults(props: { results: BulkResult[]; onClose: () => void }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { explain } = useWords();
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  const failed = props.results.filter(({ ok }) => !ok);
  return (
    <section class="bulk-results" role="status" tabIndex={-1} ref={box}>
      <p>
        <strong>
          {props.results.length - failed.length} {texts.bulkDone}
          {failed.length > 0 && `, ${failed.length} ${texts.bulkFailed}`}
        </strong>
      </p>
      <ul>
        {props.results.map(({ number, ok, error }) => (
          <li key={number}>
            {ok ? '✓' : '✗'} {number}
            {!ok && `: ${explain(new ApiFailure(error ?? 'TROUBLE'))}`}
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={props.onClose}>
        {texts.closeResults}
      </button>
    </section>
  );
}

/** Asks once more before it acts: many citizens hear of it. */
function SureButton(props: { words: string; isBusy: boolean; onSure: () => void }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { isSure, press } = useSure(props.onSure);
  return (
    <button type="button" class={`button ${isSure ? 'sure' : ''}`} disabled={props.isBusy} onClick={press}>
      {isSure ? `${texts.sure} ${props.words.toLowerCase()}` : props.words}
    </button>
  );
}
