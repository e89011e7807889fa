import type { z } from 'zod';

/** A check for a list of `office.yaml` whose entries are known by their id. */
export function uniqueIds(entries: readonly { id: string }[], context: z.RefinementCtx): void {
  entries.forEach(({ id }, i) => {
    if (entries.findIndex((other) => other.id === id) < i)
      context.addIssue({ code: 'custom', path: [i, 'id'], message: `there is another "${id}" above` });
  });
}
