/** The log as last fetched, page after page. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Audit } from '../../schemas/supervision.ts';
import { type AuditFilter, adminApi } from './admin-api.ts';

/** Follows a filter; an answer to one that is left already is dropped. */
export function useAudit(filter: AuditFilter) {
  const [log, setLog] = useState<Audit>();
  const [failure, setFailure] = useState<unknown>();
  const asked = useRef(0);
  const load = useCallback(
    async (before?: Audit) => {
      asked.current += 1;
      const mine = asked.current;
      try {
        const page = await adminApi.audit(filter, before?.next ?? null);
        if (mine !== asked.current) return;
        setLog({ lines: [...(before?.lines ?? []), ...page.lines], next: page.next });
        setFailure(undefined);
      } catch (caught) {
        if (mine === asked.current) setFailure(caught);
      }
    },
    [filter],
  );
  useEffect(() => void load(), [load]);
  return { log, failure, loadMore: () => load(log) };
}
