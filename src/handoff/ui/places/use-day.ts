/** A day of a point as last told, with what was pressed since. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { VisitDay } from '../../schemas/places.ts';
import type { Patch } from './day-patches.ts';
import { placesApi } from './places-api.ts';

interface Pending {
  patch: Patch;
  /** The last look that was begun before the server had done it; absent: it is on its way. */
  settledAfter?: number;
}

/**
 * Follows one point on one day. `act` shows what was pressed at once, sends it, and looks again: until an answer that was asked
 * for afterwards is here, the press stands; what the server refuses is taken back, and told in `trouble`. Acts are sent one
 * after the other, in the order of the presses.
 */
export function useDay(point: string | undefined, date: string, news: number) {
  const [shown, setShown] = useState<{ day: VisitDay; look: number }>();
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [trouble, setTrouble] = useState<unknown>();
  const looks = useRef(0);
  const line = useRef<Promise<unknown>>(Promise.resolve());

  const load = useCallback(async () => {
    if (point === undefined) return;
    looks.current += 1;
    const look = looks.current;
    try {
      const day = await placesApi.visits(point, date);
      setShown((before) => (before && before.look > look ? before : { day, look }));
      setPending((all) =>
        all.filter(({ settledAfter }) => settledAfter === undefined || settledAfter >= look),
      );
      setFailure(undefined);
    } catch (caught) {
      if (look === looks.current) setFailure(caught);
    }
  }, [point, date]);
  useEffect(() => void load(), [load, news]);
  // The failure of another day says nothing about this one.
  useEffect(() => setTrouble(undefined), [point, date]);

  const act = <T>(patch: Patch, send: () => Promise<T>): Promise<T | undefined> => {
    const mine: Pending = { patch };
    const replace = (by?: Pending) =>
      setPending((all) => all.flatMap((one) => (one === mine ? (by ?? []) : one)));
    setPending((all) => [...all, mine]);
    setTrouble(undefined);
    const work = line.current.then(send).then(
      (answer) => {
        replace({ patch, settledAfter: looks.current });
        return answer;
      },
      (caught) => {
        replace();
        setTrouble(caught);
        return undefined;
      },
    );
    line.current = work.then(load);
    return work;
  };

  const isThis = shown !== undefined && shown.day.point === point && shown.day.date === date;
  const day = isThis ? pending.reduce((seen, { patch }) => patch(seen), shown.day) : undefined;
  return { day, failure, trouble, act };
}

/** How the parts of the page do something about the day. */
export type Act = ReturnType<typeof useDay>['act'];
