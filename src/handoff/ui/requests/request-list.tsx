import { useEffect, useRef, useState } from 'preact/hooks';
import type { Colleague } from '../../schemas/accounts.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import type { ViewProps } from '../shell/view.ts';
import { BulkBar, BulkResults } from './bulk-bar.tsx';
import { Filters } from './filters.tsx';
import { FindBox, useFind } from './find-box.tsx';
import { moveFocus, placeOf, useKeptFocus } from './kept-focus.ts';
import { RequestRow } from './request-row.tsx';
import type { BulkResult } from './requests-api.ts';
import { useScanner } from './scanner.ts';
import { REQUEST_TEXTS } from './texts.ts';
import { useChoice, useRequests } from './use-requests.ts';
import { useSelection } from './use-selection.ts';

/** All requests of a choice, due soonest first. `last` is the one that was open before. */
export function RequestList(props: ViewProps & { colleagues: Colleague[]; last: string | undefined }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { explain } = useWords();
  const { me } = props;
  const [choice, setChoice] = useChoice();
  const { list, failure, load, loadMore } = useRequests(choice, props.news);
  const [results, setResults] = useState<BulkResult[]>();
  const requests = list?.requests ?? [];
  const selection = useSelection(requests);
  const finding = useFind();
  const box = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useKeptFocus(box);
  useReturn(box, props.last, list !== undefined);
  const { guard } = useScanner(finding.find);
  const toggleFocused = () => {
    const place = placeOf(box.current);
    if (place) selection.toggle(place.number, false);
  };
  useKeys([
    { keys: 'j', words: texts.keyNext, run: () => moveFocus(box.current, 1) },
    { keys: 'k', words: texts.keyPrevious, run: () => moveFocus(box.current, -1) },
    { keys: 'x', words: texts.select, run: guard(toggleFocused) },
    { keys: '/', words: texts.findButton, run: () => search.current?.focus() },
  ]);
  const onDone = (done: BulkResult[]) => {
    setResults(done);
    selection.keep(done.filter(({ ok }) => !ok).map(({ number }) => number));
    load();
  };
  return (
    <section class="requests" aria-labelledby="requests-title">
      <div class="requests-head">
        <h1 id="requests-title">{texts.title}</h1>
        <FindBox finding={finding} input={search} />
      </div>
      <Filters
        choice={choice}
        counts={list?.counts ?? []}
        colleagues={props.colleagues}
        me={me}
        onChoice={setChoice}
      />
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}{' '}
          <button type="button" class="link" onClick={load}>
            {texts.retry}
          </button>
        </p>
      )}
      {results && <BulkResults results={results} onClose={() => setResults(undefined)} />}
      {!list && failure === undefined && <p class="empty quiet">{texts.loading}</p>}
      {list?.requests.length === 0 && <p class="empty quiet">{texts.empty}</p>}
      <ul class="request-list" ref={box}>
        {requests.map((item) => (
          <RequestRow
            key={item.number}
            item={item}
            now={props.now}
            me={me}
            isSelected={selection.has(item.number)}
            onSelect={(isRange) => selection.toggle(item.number, isRange)}
          />
        ))}
      </ul>
      {list && list.next !== null && (
        <button type="button" class="button" onClick={loadMore}>
          {texts.more}
        </button>
      )}
      <p class="keys quiet">{texts.keysList}</p>
      {selection.items.length > 0 && (
        <BulkBar
          selected={selection.items}
          colleagues={props.colleagues}
          me={me}
          onDone={onDone}
          onClear={() => selection.keep([])}
        />
      )}
    </section>
  );
}

/** Who comes back from a request finds the focus where it was. */
function useReturn(box: { current: HTMLElement | null }, last: string | undefined, isThere: boolean): void {
  useEffect(() => {
    if (!isThere || last === undefined) return;
    box.current?.querySelector<HTMLElement>(`[data-number="${CSS.escape(last)}"] a`)?.focus();
  }, [box, last, isThere]);
}
