/** Keeps the focus in a list that live updates put into another order. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const ROW = '[data-number]';
/** What a row is opened or copied by. */
const MAIN = 'a, button';

/**
 * A row that moves in the page loses the focus, and one that is gone leaves it nowhere: it goes to the same row again, or to
 * the one that took its place. `box` holds rows marked with `data-number`.
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  // Read before the update is drawn: this is where the focus still is.
  const before = placeOf(box.current);
  useLayoutEffect(() => {
    if (before === undefined || document.activeElement !== document.body) return;
    const rows = rowsOf(box.current);
    const row =
      rows.find(({ dataset }) => dataset.number === before.number) ??
      rows[before.at] ??
      rows[rows.length - 1];
    row?.querySelector<HTMLElement>(before.control)?.focus({ preventScroll: true });
  });
}

/** The row that has the focus, its place, and which of its controls. */
export function placeOf(
  box: HTMLElement | null,
): { number: string; at: number; control: string } | undefined {
  const focused = document.activeElement;
  if (!box || !focused || !box.contains(focused)) return undefined;
  const row = focused.closest<HTMLElement>(ROW);
  if (!row) return undefined;
  return {
    number: row.dataset.number ?? '',
    at: rowsOf(box).indexOf(row),
    control: focused instanceof HTMLInputElement ? 'input' : MAIN,
  };
}

/** Gives the focus to the row so many places away; to the first when none has it. */
export function moveFocus(box: HTMLElement | null, by: number): void {
  const rows = rowsOf(box);
  const at = placeOf(box)?.at;
  const next = at === undefined ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[next]?.querySelector<HTMLElement>(MAIN)?.focus();
}

function rowsOf(box: HTMLElement | null): HTMLElement[] {
  return box ? Array.from(box.querySelectorAll<HTMLElement>(ROW)) : [];
}
