/** What pages to read and fill in share: a title, what went wrong, and how their content is fetched. */
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from './language.tsx';
import { useSure } from './use-sure.ts';
import './page.css';

const TITLE = 'page-title';

/** For when what had the focus is gone: reading goes on from the top of the page. */
export function focusTitle(): void {
  document.getElementById(TITLE)?.focus();
}

/** A view of one column. `failure` is what went wrong last, `said` what was done last. */
export function Page(props: {
  title: string;
  hint?: string;
  failure?: unknown;
  said?: string;
  children: ComponentChildren;
}) {
  const { explain } = useWords();
  return (
    <section class="page" aria-labelledby={TITLE}>
      <h1 id={TITLE} tabIndex={-1}>
        {props.title}
      </h1>
      {props.hint && <p class="quiet">{props.hint}</p>}
      {props.said !== undefined && (
        <p class="said" role="status">
          {props.said}
        </p>
      )}
      {props.failure !== undefined && (
        <p class="failure" role="alert">
          {explain(props.failure)}
        </p>
      )}
      {props.children}
    </section>
  );
}

/**
 * What `load` answers, fetched again when `load` or `news` change; the last answer stands until the next, and answers that
 * come out of order are dropped. `load` is the same function from one rendering to the next.
 */
export function useLoaded<T>(load: () => Promise<T>, news = 0) {
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState<unknown>();
  const asked = useRef(0);
  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const fresh = await load();
      if (mine !== asked.current) return;
      setValue(fresh);
      setFailure(undefined);
    } catch (caught) {
      if (mine === asked.current) setFailure(caught);
    }
  }, [load]);
  useEffect(() => void reload(), [reload, news]);
  return { value, failure, reload };
}

/** A button that asks once more before it does something. */
export function SureButton(props: { label: string; sure: string; isOff?: boolean; onSure: () => void }) {
  const { isSure, press } = useSure(props.onSure);
  return (
    <button
      type="button"
      class={`button ${isSure ? 'sure' : ''}`}
      aria-disabled={props.isOff}
      onClick={press}
    >
      {isSure ? props.sure : props.label}
    </button>
  );
}

/** One labelled field of any kind; `children` is the input, with `id` as its id. */
export function Labelled(props: { id: string; label: string; hint?: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      {props.children}
      {props.hint && (
        <span class="field-hint" id={`${props.id}-hint`}>
          {props.hint}
        </span>
      )}
    </div>
  );
}
