/** A table that becomes a pile of cards where the screen is narrow. */
import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  head: string;
  /** Numbers stand to the right. */
  isNumber?: boolean;
  cell: (row: Row) => ComponentChildren;
}

/** The first column names its row. `caption` is for those who hear the page. */
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}) {
  const { columns } = props;
  return (
    <table class="table">
      <caption class="hidden">{props.caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, isNumber }) => (
            <th key={head} scope="col" class={isNumber ? 'is-number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.keyOf(row)}>
            {columns.map(({ head, isNumber, cell }, at) =>
              at === 0 ? (
                <th key={head} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={head} class={isNumber ? 'is-number' : undefined} data-head={head}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
