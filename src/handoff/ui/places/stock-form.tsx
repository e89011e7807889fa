/** One entry of the ledger of blank cards. */
import { useRef, useState } from 'preact/hooks';
import { createActId } from '../inbox/drafts.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { PLACE_TEXTS, STOCK_KINDS } from './place-texts.ts';
import type { StockLine } from './place-types.ts';
import { placesApi } from './places-api.ts';

type Kind = StockLine['kind'];
const KINDS: readonly Kind[] = ['received', 'used', 'spoiled', 'counted'];

/** `isFirst`: a ledger begins with a count, or with cards that were received. */
export function StockForm(props: { point: string; isFirst: boolean; onDone: () => Promise<void> }) {
  const texts = useTexts(PLACE_TEXTS);
  const kinds = useTexts(STOCK_KINDS);
  const { explain } = useWords();
  const [kind, setKind] = useState<Kind>(props.isFirst ? 'counted' : 'received');
  const [count, setCount] = useState('');
  const [reference, setReference] = useState('');
  const [said, setSaid] = useState('');
  const tried = useRef<{ id: string; content: string }>(undefined);
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const line = {
        ...{ kind, count: Number(count) },
        ...(kind === 'received' ? { reference: reference.trim() } : {}),
      };
      const content = JSON.stringify(line);
      // Tried again it is the same entry.
      tried.current = { id: createActId(tried.current, content), content };
      await placesApi.addStock(props.point, { id: tried.current.id, ...line });
      tried.current = undefined;
      setCount('');
      setReference('');
      setSaid(texts.stockSaved);
      await props.onDone();
    });
  };
  return (
    <form class="form" onSubmit={submit} aria-label={texts.record}>
      <Labelled id="stock-kind" label={texts.entry}>
        <select
          id="stock-kind"
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {kinds[each]}
            </option>
          ))}
        </select>
      </Labelled>
      {kind === 'received' && (
        <Labelled id="stock-reference" label={texts.bast}>
          <input
            id="stock-reference"
            type="text"
            required
            maxLength={80}
            autoComplete="off"
            value={reference}
            onInput={({ currentTarget }) => setReference(currentTarget.value)}
          />
        </Labelled>
      )}
      <Labelled id="stock-number" label={kind === 'counted' ? texts.countNow : texts.count}>
        <input
          id="stock-number"
          type="number"
          required
          min={kind === 'counted' ? 0 : 1}
          max={1_000_000}
          value={count}
          onInput={({ currentTarget }) => setCount(currentTarget.value)}
        />
      </Labelled>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <p class="said" role="status">
        {said}
      </p>
      <button type="submit" class="button primary" aria-disabled={isSending}>
        {texts.record}
      </button>
    </form>
  );
}
