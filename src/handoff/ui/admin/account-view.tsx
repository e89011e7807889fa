/** One's own account, at `#/account`: the password and the second factor. */
import { useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { api } from '../shell/api.ts';
import { useTexts } from '../shell/language.tsx';
import { Page, useLoaded } from '../shell/page.tsx';
import type { ViewProps } from '../shell/view.ts';
import { OwnPassword } from './own-password.tsx';
import { ADMIN_TEXTS, ROLE_NAMES } from './texts.ts';
import { TotpPanel } from './totp-panel.tsx';
import './admin.css';

export function AccountView({ me }: ViewProps) {
  const texts = useTexts(ADMIN_TEXTS);
  const roles = useTexts(ROLE_NAMES);
  const [said, setSaid] = useState('');
  // What was set here before is not known to the page that was given at sign-in.
  const { value, failure, reload } = useLoaded<Me>(api.me);
  const { operator } = value ?? me;
  const onDone = (words: string) => {
    setSaid(words);
    reload();
  };
  return (
    <Page
      title={texts.account}
      hint={`${operator.name} · ${operator.username} · ${roles[operator.role].name}`}
      failure={failure}
      said={said}
    >
      <div class="own">
        <OwnPassword onDone={onDone} />
        {value && <TotpPanel isOn={operator.hasTotp} onDone={onDone} />}
      </div>
    </Page>
  );
}
