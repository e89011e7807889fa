import { useState } from 'preact/hooks';
import { copyText } from '../requests/copy.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useTexts } from '../shell/language.tsx';
import type { WithPassword } from './admin-api.ts';
import { ADMIN_TEXTS } from './texts.ts';

/** The password of somebody else's first sign-in: on the screen until this is closed, and nowhere afterwards. */
export function OneTimePassword({ given, onClose }: { given: WithPassword; onClose: () => void }) {
  const texts = useTexts(ADMIN_TEXTS);
  const [said, setSaid] = useState('');
  const { account, password } = given;
  const copy = async () => setSaid((await copyText(password)) ? texts.copied : texts.copyFailed);
  return (
    <Dialog title={texts.oneTime} onClose={onClose}>
      <div class="form">
        <p>
          {account.name} · <strong>{account.username}</strong>
        </p>
        <output class="one-time">{password}</output>
        <p class="quiet">{texts.oneTimeHint}</p>
        <div class="row">
          <button type="button" class="button primary" data-focus onClick={copy}>
            {texts.copy}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {texts.done}
          </button>
        </div>
        <p role="status">{said}</p>
      </div>
    </Dialog>
  );
}
