import { useState } from 'preact/hooks';

const KEY = 'loket.point';

/** The chosen point's id, remembered on this computer: a desk stands where it stands. The first one at first. */
export function useRememberedPoint(
  points: readonly { id: string }[],
): [string | undefined, (id: string) => void] {
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY));
  const known = points.find(({ id }) => id === chosen) ?? points[0];
  const choose = (id: string) => {
    localStorage.setItem(KEY, id);
    setChosen(id);
  };
  return [known?.id, choose];
}
