import { useState } from 'preact/hooks';
import type { Account } from '../../schemas/accounts.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled, SureButton } from '../shell/page.tsx';
import { type AccountChange, adminApi, type WithPassword } from './admin-api.ts';
import { RoleField } from './role-field.tsx';
import { ADMIN_TEXTS } from './texts.ts';

/** One account: its name and role, and what is done when somebody leaves, forgets, or loses a phone. */
export function ChangeAccount(props: {
  account: Account;
  isOwn: boolean;
  onChanged: (account: Account) => void;
  onReset: (given: WithPassword) => void;
  onClose: () => void;
}) {
  const texts = useTexts(ADMIN_TEXTS);
  const { explain } = useWords();
  const { account, isOwn } = props;
  const [name, setName] = useState(account.name);
  const [role, setRole] = useState(account.role);
  const { isSending, failure, run } = useSending();
  const change = (what: AccountChange) =>
    run(async () => props.onChanged(await adminApi.change(account.id, what)));
  const reset = () => run(async () => props.onReset(await adminApi.resetPassword(account.id)));
  const save = (event: Event) => {
    event.preventDefault();
    change({ name, ...(isOwn ? {} : { role }) });
  };
  return (
    <Dialog title={`${texts.changeOf}: ${account.username}`} onClose={props.onClose}>
      <form class="form" onSubmit={save}>
        <Labelled id="name" label={texts.name}>
          <input
            id="name"
            data-focus
            required
            maxLength={80}
            autoComplete="off"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </Labelled>
        {isOwn ? <p class="quiet">{texts.ownHint}</p> : <RoleField role={role} onRole={setRole} />}
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <button type="submit" class="button primary" aria-disabled={isSending}>
          {texts.save}
        </button>
      </form>
      {!isOwn && <Measures account={account} isOff={isSending} onChange={change} onReset={reset} />}
    </Dialog>
  );
}

function Measures(props: {
  account: Account;
  isOff: boolean;
  onChange: (what: AccountChange) => void;
  onReset: () => void;
}) {
  const texts = useTexts(ADMIN_TEXTS);
  const { account, isOff, onChange } = props;
  return (
    <div class="measures">
      <SureButton label={texts.reset} sure={texts.resetSure} isOff={isOff} onSure={props.onReset} />
      {account.hasTotp && (
        <SureButton
          label={texts.totpOff}
          sure={texts.totpOffSure}
          isOff={isOff}
          onSure={() => onChange({ totp: false })}
        />
      )}
      {account.disabled ? (
        <button
          type="button"
          class="button"
          aria-disabled={isOff}
          onClick={() => onChange({ disabled: false })}
        >
          {texts.enable}
        </button>
      ) : (
        <SureButton
          label={texts.disable}
          sure={texts.disableSure}
          isOff={isOff}
          onSure={() => onChange({ disabled: true })}
        />
      )}
    </div>
  );
}
