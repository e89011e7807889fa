/** Who is signed in, and in which language. */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { Desk } from '../inbox/desk.tsx';
import { clearDrafts } from '../inbox/drafts.ts';
import { ApiFailure, api, watchSession } from './api.ts';
import { createWords, loadLanguage, saveLanguage, WordsContext } from './language.tsx';
import { Login } from './login.tsx';
import { PasswordForm } from './password-form.tsx';

type Session =
  | { state: 'loading' }
  | { state: 'out'; isOver: boolean }
  | { state: 'trouble'; failure: unknown }
  | { state: 'in'; me: Me };

/** The whole application. */
export function App() {
  const [session, setSession] = useState<Session>({ state: 'loading' });
  const [language, setLanguage] = useState(loadLanguage);
  const words = useMemo(() => createWords(language), [language]);
  useEffect(() => saveLanguage(language), [language]);

  const load = useCallback(() => {
    api.me().then(
      (me) => setSession({ state: 'in', me }),
      (failure) => setSession(without(failure)),
    );
  }, []);
  useEffect(() => {
    watchSession(() =>
      setSession((before) => (before.state === 'in' ? { state: 'out', isOver: true } : before)),
    );
    load();
  }, [load]);

  const enter = (me: Me) => setSession({ state: 'in', me });
  const leave = () => {
    clearDrafts();
    location.hash = '';
    // A session that could not be ended lives on: whoever sits here next must not be told otherwise.
    api.logout().then(
      () => setSession({ state: 'out', isOver: false }),
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
        return <Login isOver={session.isOver} onEnter={enter} onLanguage={toggleLanguage} />;
      case 'in':
        if (session.me.mustChangePassword) {
          return <PasswordForm isForced onDone={enter} onCancel={leave} onLanguage={toggleLanguage} />;
        }
        return <Desk me={session.me} onMe={enter} onLeave={leave} onLanguage={toggleLanguage} />;
    }
  }
}

/** What the page shows when the service did not say who is here. */
function without(failure: unknown): Session {
  const isSignedOut = failure instanceof ApiFailure && failure.code === 'UNAUTHENTICATED';
  return isSignedOut ? { state: 'out', isOver: false } : { state: 'trouble', failure };
}
