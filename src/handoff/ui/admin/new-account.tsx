import { useState } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { adminApi, type Role, type WithPassword } from './admin-api.ts';
import { RoleField } from './role-field.tsx';
import { ADMIN_TEXTS } from './texts.ts';

/** Somebody new; `onAdded` is given the password of their first sign-in. */
export function NewAccount(props: { onAdded: (given: WithPassword) => void; onClose: () => void }) {
  const texts = useTexts(ADMIN_TEXTS);
  const { explain } = useWords();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => props.onAdded(await adminApi.add({ username, name, role })));
  };
  return (
    <Dialog title={texts.add} onClose={props.onClose}>
      <form class="form" onSubmit={submit}>
        <Labelled id="new-name" label={texts.name} hint={texts.nameHint}>
          <input
            id="new-name"
            data-focus
            required
            maxLength={80}
            autoComplete="off"
            aria-describedby="new-name-hint"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </Labelled>
        <Labelled id="new-username" label={texts.username} hint={texts.usernameHint}>
          <input
            id="new-username"
            required
            minLength={3}
            maxLength={40}
            pattern="[a-zA-Z0-9._\-]+"
            title={texts.usernameHint}
            autoCapitalize="none"
            autoComplete="off"
            spellcheck={false}
            aria-describedby="new-username-hint"
            value={username}
            onInput={({ currentTarget }) => setUsername(currentTarget.value)}
          />
        </Labelled>
        <RoleField role={role} onRole={setRole} />
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <button type="submit" class="button primary" aria-disabled={isSending}>
          {texts.add}
        </button>
      </form>
    </Dialog>
  );
}
