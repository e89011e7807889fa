/** What the page remembers in this browser: chosen numbers, drafts, texts on their way. It works without, too. */

/** The value under a name, or `fallback` when there is none that can be read. */
export function recall(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`loket.${name}`)) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Keeps a value; an empty one (undefined, '' or []) forgets the name. */
export function remember(name, value) {
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  try {
    if (isEmpty) localStorage.removeItem(`loket.${name}`);
    else localStorage.setItem(`loket.${name}`, JSON.stringify(value));
  } catch {
    // A private window may keep nothing: then a draft lives as long as the page.
  }
}
