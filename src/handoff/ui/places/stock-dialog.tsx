/** Blank cards of a point: how many are left, what came and went, and the next entry. */
import { useCallback } from 'preact/hooks';
import type { StockView } from '../../schemas/places.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { useLoaded } from '../shell/page.tsx';
import { Table } from '../shell/table.tsx';
import { formatInstant } from './dates.ts';
import { PLACE_TEXTS, STOCK_KINDS } from './place-texts.ts';
import type { Point } from './place-types.ts';
import { placesApi } from './places-api.ts';
import { StockForm } from './stock-form.tsx';

/** `onMove`: who is booked for a card there is to be moved. */
export function StockDialog(props: {
  point: Point;
  timeZone: string;
  news: number;
  onMove: () => void;
  onClose: () => void;
}) {
  const texts = useTexts(PLACE_TEXTS);
  const { texts: common, explain } = useWords();
  const { id, name } = props.point;
  const load = useCallback(() => placesApi.stock(id), [id]);
  const { value, failure, reload } = useLoaded(load, props.news);
  return (
    <Dialog title={`${texts.stock}: ${name}`} onClose={props.onClose}>
      <div class="stock">
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        {!value && failure === undefined && <p class="quiet">{common.loading}</p>}
        {value && <Count stock={value} />}
        {value?.isOut && (
          <button type="button" class="button" onClick={props.onMove}>
            {texts.moveCards}
          </button>
        )}
        {value && <StockForm point={id} isFirst={value.lines.length === 0} onDone={reload} />}
        {value && value.lines.length > 0 && <Ledger lines={value.lines} timeZone={props.timeZone} />}
      </div>
    </Dialog>
  );
}

function Count({ stock }: { stock: StockView }) {
  const texts = useTexts(PLACE_TEXTS);
  if (stock.lines.length === 0) return <p>{texts.startLedger}</p>;
  return (
    <div class={`stock-count ${stock.isOut ? 'is-out' : ''}`} role="status">
      <strong>{stock.isOut ? texts.stockOut : stock.count}</strong>
      <span>{stock.isOut ? texts.stockOutHint : texts.stockLeft}</span>
    </div>
  );
}

function Ledger({ lines, timeZone }: { lines: StockView['lines']; timeZone: string }) {
  const texts = useTexts(PLACE_TEXTS);
  const kinds = useTexts(STOCK_KINDS);
  const { language } = useWords();
  return (
    <>
      <h3>{texts.ledger}</h3>
      <Table
        caption={texts.ledger}
        rows={lines}
        keyOf={({ id }) => id}
        columns={[
          { head: texts.when, cell: ({ at }) => formatInstant(at, { language, timeZone }) },
          { head: texts.kind, cell: ({ kind }) => kinds[kind] },
          {
            head: texts.changeBy,
            isNumber: true,
            cell: ({ change }) => (change > 0 ? `+${change}` : String(change)),
          },
          { head: texts.reference, cell: ({ reference }) => reference },
          { head: texts.who, cell: ({ by }) => by },
        ]}
      />
    </>
  );
}
