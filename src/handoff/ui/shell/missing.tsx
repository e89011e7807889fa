import { ApiFailure } from './api.ts';
import { useWords } from './language.tsx';

/** In place of what could not be fetched: still loading, not there, or in trouble. */
export function Missing(props: {
  failure: unknown;
  words: { loading: string; gone: string; back: string };
  /** Where `back` leads. */
  href: string;
  onRetry: () => void;
}) {
  const { explain, texts } = useWords();
  const { failure, words } = props;
  if (failure === undefined) return <p class="empty quiet">{words.loading}</p>;
  const isGone = failure instanceof ApiFailure && failure.code === 'NOT_FOUND';
  return (
    <div class="empty" role="alert">
      <p>{isGone ? words.gone : explain(failure)}</p>
      {!isGone && (
        <button type="button" class="button" onClick={props.onRetry}>
          {texts.retry}
        </button>
      )}
      <a href={props.href}>{words.back}</a>
    </div>
  );
}
