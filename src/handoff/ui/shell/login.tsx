import { useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { api } from './api.ts';
import { Door, Field, useSending } from './form.tsx';
import { useWords } from './language.tsx';

/** Signing in. `isOver`: the session ended under the operator's hands. */
export function Login(props: { isOver: boolean; onEnter: (me: Me) => void; onLanguage?: () => void }) {
  const { texts, explain } = useWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => props.onEnter(await api.login(username, password)));
  };
  return (
    <Door
      title={texts.loginTitle}
      hint={props.isOver ? texts.sessionOver : texts.loginHint}
      onLanguage={props.onLanguage}
      isOver={props.isOver}
    >
      <form onSubmit={submit}>
        <Field
          name="username"
          label={texts.username}
          complete="username"
          value={username}
          onValue={setUsername}
          focus
        />
        <Field
          name="password"
          label={texts.password}
          isSecret
          complete="current-password"
          value={password}
          onValue={setPassword}
        />
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <button type="submit" class="button primary wide" disabled={isSending}>
          {texts.login}
        </button>
      </form>
    </Door>
  );
}
