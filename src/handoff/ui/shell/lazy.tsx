/** A view whose code is fetched when it is first opened. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from './language.tsx';
import type { ViewProps } from './view.ts';
import type { View } from './views.ts';

const fetched = new Map<string, FunctionComponent<ViewProps>>();

/** Shows the view; while its code comes, that it is coming; when it does not come, the way to try again. */
export function LazyView({ view, ...props }: ViewProps & { view: View }) {
  const { texts } = useWords();
  const [tries, setTries] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const [, rerender] = useState(0);
  useEffect(() => {
    if (fetched.has(view.name)) return;
    let isOpen = true;
    setFailed(false);
    view.load().then(
      (component) => {
        fetched.set(view.name, component);
        if (isOpen) rerender((count) => count + 1);
      },
      () => isOpen && setFailed(true),
    );
    return () => {
      isOpen = false;
    };
  }, [view, tries]);
  const Component = fetched.get(view.name);
  if (Component) return <Component {...props} />;
  if (!hasFailed) return <p class="empty quiet">{texts.loading}</p>;
  return (
    <div class="empty" role="alert">
      <p>{texts.viewTrouble}</p>
      <div class="row">
        <button type="button" class="button" onClick={() => setTries((count) => count + 1)}>
          {texts.retry}
        </button>
        {/* After a new version the old parts are gone. */}
        <button type="button" class="button" onClick={() => location.reload()}>
          {texts.reloadPage}
        </button>
      </div>
    </div>
  );
}
