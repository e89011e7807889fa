import { useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { api } from './api.ts';
import { Door, Field, useSending } from './form.tsx';
import { useWords } from './language.tsx';

/** Changing the password; `isForced` after the one that was given for once. */
export function PasswordForm(props: {
  isForced: boolean;
  onDone: (me: Me) => void;
  onCancel: () => void;
  onLanguage?: () => void;
}) {
  const { texts, explain } = useWords();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const { isSending, failure, run } = useSending();
  const isDifferent = again !== '' && fresh !== again;
  const submit = (event: Event) => {
    event.preventDefault();
    if (fresh !== again) return;
    run(async () => props.onDone(await api.changePassword(old, fresh)));
  };
  return (
    <Door title={texts.changePassword} hint={texts.changePasswordHint} onLanguage={props.onLanguage}>
      <form onSubmit={submit}>
        <Field
          name="old"
          label={texts.oldPassword}
          isSecret
          complete="current-password"
          value={old}
          onValue={setOld}
          focus
        />
        <Field
          name="new"
          label={texts.newPassword}
          isSecret
          complete="new-password"
          value={fresh}
          onValue={setFresh}
        />
        <Field
          name="again"
          label={texts.repeatPassword}
          isSecret
          complete="new-password"
          value={again}
          onValue={setAgain}
        />
        {(isDifferent || failure !== undefined) && (
          <p class="failure" role="alert">
            {isDifferent ? texts.differ : explain(failure)}
          </p>
        )}
        <div class="row">
          <button type="submit" class="button primary" disabled={isSending || isDifferent}>
            {texts.save}
          </button>
          <button type="button" class="button" onClick={props.onCancel}>
            {props.isForced ? texts.logout : texts.cancel}
          </button>
        </div>
      </form>
    </Door>
  );
}
