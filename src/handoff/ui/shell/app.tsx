/** Who is signed in, and in which language. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { clearDrafts } from '../inbox/drafts.ts';
import { ApiFailure, api, watchSession } from './api.ts';
import { useModal } from './dialog.tsx';
import { Frame } from './frame.tsx';
import { createWords, loadLanguage, saveLanguage, WordsContext } from './language.tsx';
import { Login } from './login.tsx';
import { PasswordForm } from './password-form.tsx';
import { viewsOf } from './views.ts';

type Session =
  | { state: 'loading' }
  | { state: 'out' }
  | { state: 'trouble'; failure: unknown }
  /** `isOver`: the session ended under the operator's hands; the page stays as it is, below the way back in. */
  | { state: 'in'; me: Me; isOver: boolean };

/** The whole application. */
export function App() {
  const [session, setSession] = useState<Session>({ state: 'loading' });
  const [language, setLanguage] = useState(loadLanguage);
  const words = useMemo(() => createWords(language), [language]);
  useEffect(() => saveLanguage(language), [language]);

  const enter = useCallback((me: Me) => {
    if (lastOperator() !== me.operator.id) clearDrafts();
    rememberOperator(me.operator.id);
    // Its code may come while the rest of the page is being made.
    viewsOf(me)[0]
      ?.load()
      .catch(() => {});
    setSession({ state: 'in', me, isOver: false });
  }, []);
  const load = useCallback(() => {
    api.me().then(enter, (failure) => setSession(without(failure)));
  }, [enter]);
  useEffect(() => {
    watchSession(() =>
      setSession((before) => (before.state === 'in' ? { ...before, isOver: true } : before)),
    );
    load();
  }, [load]);

  const leave = () => {
    clearDrafts();
    location.hash = '';
    // A session that could not be ended lives on: whoever sits here next must not be told otherwise.
    api.logout().then(
      () => setSession({ state: 'out' }),
      (failure) => setSession(without(failure)),
    );
  };
  const toggleLanguage = () => setLanguage(language === 'id' ? 'en' : 'id');

  return <WordsContext.Provider value={words}>{show()}</WordsContext.Provider>;

  function show() {
    switch (session.state) {
      case 'loading':
        return null;
      case 'trouble':
        return (
          <main class="door">
            <p role="alert">{words.explain(session.failure)}</p>
            <button type="button" class="button" onClick={load}>
              {words.texts.retry}
            </button>
          </main>
        );
      case 'out':
        return <Login isOver={false} onEnter={enter} onLanguage={toggleLanguage} />;
      case 'in':
        if (session.me.mustChangePassword) {
          return <PasswordForm isForced onDone={enter} onCancel={leave} onLanguage={toggleLanguage} />;
        }
        // Somebody else who signs in begins anew.
        return (
          <div key={session.me.operator.id} class="app">
            <Frame me={session.me} onLeave={leave} onLanguage={toggleLanguage} />
            {session.isOver && <LoginOver onEnter={enter} />}
          </div>
        );
    }
  }
}

/** Signing in again without leaving the page: what was typed there stays. */
function LoginOver({ onEnter }: { onEnter: (me: Me) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useModal(box);
  return (
    <div
      class="over login-over"
      role="dialog"
      aria-modal="true"
      aria-labelledby="door"
      tabIndex={-1}
      ref={box}
    >
      <Login isOver onEnter={onEnter} />
    </div>
  );
}

const OPERATOR = 'loket.operator';

/** Whose drafts lie on this computer. */
function lastOperator(): string | null {
  return localStorage.getItem(OPERATOR);
}

function rememberOperator(id: string): void {
  localStorage.setItem(OPERATOR, id);
}

/** What the page shows when the service did not say who is here. */
function without(failure: unknown): Session {
  const isSignedOut = failure instanceof ApiFailure && failure.code === 'UNAUTHENTICATED';
  return isSignedOut ? { state: 'out' } : { state: 'trouble', failure };
}
