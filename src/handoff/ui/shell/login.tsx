import { useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { ApiFailure, api } from './api.ts';
import { Door, Field, useSending } from './form.tsx';
import { useWords } from './language.tsx';

/** Signing in; who has a second factor is asked for its code then. `isOver`: the session ended under the operator's hands. */
export function Login(props: { isOver: boolean; onEnter: (me: Me) => void; onLanguage?: () => void }) {
  const { texts, explain } = useWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [code, setCode] = useState('');
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      try {
        props.onEnter(await api.login(username, password, code.replace(/\s/g, '')));
      } catch (caught) {
        // The password was right: from here on a refusal is about the code as well.
        if (caught instanceof ApiFailure && caught.code === 'CODE_NEEDED') setNeedsCode(true);
        else setCode('');
        throw caught;
      }
    });
  };
  const isAsked = failure instanceof ApiFailure && failure.code === 'CODE_NEEDED';
  const refusal = (caught: unknown) =>
    needsCode && caught instanceof ApiFailure && ['BAD_LOGIN', 'INVALID_REQUEST'].includes(caught.code)
      ? texts.codeRefused
      : explain(caught);
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
        {needsCode && (
          <Field
            name="code"
            label={texts.code}
            isDigits
            complete="one-time-code"
            value={code}
            onValue={setCode}
            focus
          />
        )}
        {failure !== undefined && (
          <p class={isAsked ? 'quiet' : 'failure'} role="alert">
            {refusal(failure)}
          </p>
        )}
        <button type="submit" class="button primary wide" disabled={isSending}>
          {texts.login}
        </button>
      </form>
    </Door>
  );
}
