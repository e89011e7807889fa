/** Spans of a day, put together: what of some is left by others. All lists are in order and without overlap. */
import type { Window } from './week-hours.ts';

/** The parts of `windows` that lie within one of `limits`. */
export function intersect(windows: readonly Window[], limits: readonly Window[]): Window[] {
  return windows.flatMap((window) =>
    limits
      .map((limit) => ({
        startMinute: Math.max(window.startMinute, limit.startMinute),
        endMinute: Math.min(window.endMinute, limit.endMinute),
      }))
      .filter(isSpan),
  );
}

/** What `breaks` leave of `windows`. */
export function subtract(windows: readonly Window[], breaks: readonly Window[]): Window[] {
  return breaks.reduce<Window[]>(
    (left, { startMinute, endMinute }) =>
      left.flatMap((window) =>
        [
          { ...window, endMinute: Math.min(window.endMinute, startMinute) },
          { ...window, startMinute: Math.max(window.startMinute, endMinute) },
        ].filter(isSpan),
      ),
    [...windows],
  );
}

function isSpan({ startMinute, endMinute }: Window): boolean {
  return startMinute < endMinute;
}
