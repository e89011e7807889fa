/** One request as last fetched, and deciding about the version that the operator has looked at. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RequestView } from '../../schemas/requests.ts';
import { ApiFailure } from '../shell/api.ts';
import { callsOf, type RequestCalls, revealRequest } from './requests-api.ts';

/** Who changed it under the operator's hands; `stale`: before what the operator has just tried to send. */
export interface Changed {
  by: string;
  isStale: boolean;
}

/** Runs one change about the version that was looked at; false when it was refused, and the page says why. */
export type Act = (work: (calls: RequestCalls, version: number) => Promise<RequestView>) => Promise<boolean>;

/**
 * Follows a request. While `isHolding` (something is being typed or looked at) the version that decisions are made about
 * stays the one that was looked at, so that what a colleague changes meanwhile is never decided over.
 */
export function useRequest(number: string, options: { news: number; me: string; isHolding: boolean }) {
  const { news, me, isHolding } = options;
  const [request, setRequest] = useState<RequestView>();
  const [failure, setFailure] = useState<unknown>();
  const [changed, setChanged] = useState<Changed>();
  const [reveal, setReveal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const calls = useMemo(() => callsOf(number, reveal), [number, reveal]);
  const asked = useRef(0);
  const latest = useRef<RequestView>(undefined);
  const seen = useRef<number>(undefined);
  const holding = useRef(isHolding);
  holding.current = isHolding;

  const show = useCallback((fresh: RequestView) => {
    asked.current += 1;
    latest.current = fresh;
    setRequest(fresh);
  }, []);

  const load = useCallback(
    async (isStale = false) => {
      asked.current += 1;
      const mine = asked.current;
      try {
        const fresh = await calls.load();
        if (mine !== asked.current) return;
        const before = latest.current;
        show(fresh);
        if (isStale || (before && fresh.version > before.version)) {
          const by = whoChanged(fresh);
          if (by !== me) setChanged({ by, isStale });
        }
        if (isStale || !holding.current || seen.current === undefined) seen.current = fresh.version;
        if (!isStale) setFailure(undefined);
      } catch (caught) {
        if (mine === asked.current) setFailure(caught);
      }
    },
    [calls, me, show],
  );
  useEffect(() => void load(), [load, news]);
  useEffect(() => {
    if (!isHolding) seen.current = latest.current?.version;
  }, [isHolding]);

  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (isBusy) return false;
    setBusy(true);
    setFailure(undefined);
    setChanged(undefined);
    try {
      await work();
      return true;
    } catch (caught) {
      const code = caught instanceof ApiFailure ? caught.code : '';
      if (code === 'STALE' || code === 'NOT_POSSIBLE') await load(true);
      if (code !== 'STALE') setFailure(caught);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const act: Act = (work) =>
    run(async () => {
      const to = latest.current;
      if (!to) return;
      const fresh = await work(calls, seen.current ?? to.version);
      seen.current = fresh.version;
      show(fresh);
    });
  const unmask = () => run(async () => setReveal(await revealRequest(number)));
  /** The key that shows what is masked, asked for once; undefined when it was refused, and the page says why. */
  const revealKey = async (): Promise<string | undefined> => {
    if (reveal !== undefined) return reveal;
    let key: string | undefined;
    await run(async () => {
      key = await revealRequest(number);
      setReveal(key);
    });
    return key;
  };
  return { request, failure, changed, isBusy, act, load, unmask, revealKey, calls };
}

/** Whoever changed it last: what is in the history, or a verdict, which is not. */
function whoChanged({ history, fields }: RequestView): string {
  const verdicts = fields.flatMap(({ verdict }) => (verdict ? [verdict] : []));
  const [newest] = [...history, ...verdicts].sort((one, other) => other.at - one.at);
  return newest?.by ?? 'system';
}
