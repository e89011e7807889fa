import { useRef, useState } from 'preact/hooks';
import type { Colleague } from '../../schemas/accounts.ts';
import type { Decision, RequestView } from '../../schemas/requests.ts';
import { ApiFailure } from '../shell/api.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { Missing } from '../shell/missing.tsx';
import type { ViewProps } from '../shell/view.ts';
import { DocumentPanel } from './document-panel.tsx';
import { FieldPanel, useCopying } from './field-panel.tsx';
import { useFind } from './find-box.tsx';
import { HistoryPanel, nameOf } from './history-panel.tsx';
import { moveFocus, useKeptFocus } from './kept-focus.ts';
import { PapersPanel } from './papers-panel.tsx';
import { RequestActions } from './request-actions.tsx';
import { RequestHead } from './request-head.tsx';
import { ResultPanel } from './result-panel.tsx';
import { useScanner } from './scanner.ts';
import { REQUEST_TEXTS } from './texts.ts';
import { type Changed, useRequest } from './use-request.ts';

/** What is being written: one thing at a time; the drafts of the others stay. */
type Writing = { refusing: string } | { decision: Decision } | undefined;

/** One request, its documents beside its fields. */
export function RequestPage(props: ViewProps & { number: string; colleagues: Colleague[] }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { me, number } = props;
  const [writing, setWriting] = useState<Writing>();
  const [isPending, setPending] = useState(false);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLUListElement>(null);
  const { request, failure, changed, isBusy, act, load, unmask, revealKey, calls } = useRequest(number, {
    news: props.news,
    me: me.operator.name,
    isHolding: writing !== undefined || isPending,
  });
  const documents = request?.fields.filter(({ kind }) => kind === 'document') ?? [];
  const fields = request?.fields.filter(({ kind }) => kind !== 'document') ?? [];
  const canJudge = request?.state === 'verification';
  const refusing = writing && 'refusing' in writing ? writing.refusing : undefined;
  const copying = useCopying(fields, box);
  const { find } = useFind();
  const refuse = (step: string | undefined) =>
    setWriting(step === undefined ? undefined : { refusing: step });
  const accept = async () => {
    const open = documents[at];
    if (!open || !canJudge) return;
    const isDone = await act((one, version) => one.judge({ version, step: open.id, verdict: 'accepted' }));
    if (isDone) setAt(nextUndecided(documents, at));
  };
  const turnTo = (to: number) => setAt(Math.min(Math.max(to, 0), documents.length - 1));
  useKeptFocus(box);
  const { guard } = useScanner(find);
  useKeys([
    { keys: 'a', words: texts.keyAccept, run: guard(accept) },
    { keys: 'x', words: texts.keyRefuse, run: guard(() => canJudge && refuse(documents[at]?.id)) },
    { keys: 'n', words: texts.nextDocument, run: () => turnTo(at + 1) },
    { keys: 'p', words: texts.previousDocument, run: () => turnTo(at - 1) },
    { keys: 'j', words: texts.keyNextField, run: () => moveFocus(box.current, 1) },
    { keys: 'k', words: texts.keyPreviousField, run: () => moveFocus(box.current, -1) },
    { keys: 'c', words: texts.keyCopy, run: guard(copying.copyFocused) },
  ]);

  if (!request) return <Missing failure={failure} words={texts} href="#/requests" onRetry={() => load()} />;
  return (
    <article class="request-page">
      <RequestHead
        request={request}
        colleagues={props.colleagues}
        me={me}
        now={props.now}
        isBusy={isBusy}
        act={act}
      />
      <Trouble failure={failure} changed={changed} />
      <RequestActions
        request={request}
        begun={writing && 'decision' in writing ? writing.decision : undefined}
        onBegin={(decision) => setWriting(decision && { decision })}
        isBusy={isBusy}
        act={act}
      />
      <div class="request-body">
        <section class="panel documents" aria-labelledby="documents">
          <h2 id="documents">{texts.documents}</h2>
          <DocumentPanel
            number={number}
            documents={documents}
            at={Math.min(at, documents.length - 1)}
            onAt={setAt}
            canJudge={canJudge}
            refusing={refusing}
            onRefuse={refuse}
            onAccept={accept}
            isBusy={isBusy}
            act={act}
          />
          {documents.length > 0 && <p class="keys quiet">{texts.keysDocument}</p>}
        </section>
        <div class="request-side">
          {(canAttach(request) || request.result.length > 0) && (
            <ResultPanel
              request={request}
              canSend={canAttach(request)}
              attach={calls.attach}
              onPending={setPending}
              isBusy={isBusy}
              act={act}
            />
          )}
          <section class="panel" aria-labelledby="fields">
            <h2 id="fields">{texts.fields}</h2>
            <FieldPanel
              request={request}
              fields={fields}
              box={box}
              copying={copying}
              canJudge={canJudge}
              refusing={refusing}
              onRefuse={refuse}
              onReveal={unmask}
              isBusy={isBusy}
              act={act}
            />
            <p class="keys quiet">{texts.keysFields}</p>
          </section>
          <PapersPanel
            number={number}
            state={request.state}
            isMasked={request.masked}
            onReveal={revealKey}
            onPending={setPending}
          />
          <HistoryPanel request={request} me={me} />
        </div>
      </div>
    </article>
  );
}

/** SIAK makes it while it is in production; a card has no file. */
function canAttach({ state, delivery }: RequestView): boolean {
  return (state === 'production' || state === 'ready') && delivery.some((way) => way !== 'pickup');
}

function nextUndecided(documents: { verdict: unknown }[], at: number): number {
  const after = documents.findIndex(({ verdict }, index) => index > at && !verdict);
  return after === -1 ? at : after;
}

function Trouble({ failure, changed }: { failure: unknown; changed: Changed | undefined }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { explain } = useWords();
  const isImpossible = failure instanceof ApiFailure && failure.code === 'NOT_POSSIBLE';
  return (
    <div class="request-trouble" aria-live="assertive">
      {changed && (
        <p class="notice">
          {(changed.isStale ? texts.stale : texts.changed).replace('{by}', nameOf(changed.by, texts))}
        </p>
      )}
      {failure !== undefined && <p class="failure">{isImpossible ? texts.notPossible : explain(failure)}</p>}
    </div>
  );
}
