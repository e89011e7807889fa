/** The own second factor: setting it up on a phone, and taking it away. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Totp } from '../../schemas/accounts.ts';
import { Field, useSending } from '../shell/form.tsx';
import { useTexts } from '../shell/language.tsx';
import { adminApi } from './admin-api.ts';
import { Refused } from './own-password.tsx';
import { ADMIN_TEXTS } from './texts.ts';

/** `onDone` is told what was done. */
export function TotpPanel(props: { isOn: boolean; onDone: (words: string) => void }) {
  const texts = useTexts(ADMIN_TEXTS);
  const [totp, setTotp] = useState<Totp>();
  const title = useRef<HTMLHeadingElement>(null);
  const settle = (words: string) => {
    setTotp(undefined);
    props.onDone(words);
    // The form goes.
    title.current?.focus();
  };
  return (
    <section class="panel" aria-labelledby="totp">
      <h2 id="totp" tabIndex={-1} ref={title}>
        {texts.totp}
      </h2>
      <p class="quiet">{props.isOn ? texts.totpIsOn : texts.totpHint}</p>
      {props.isOn ? (
        <PasswordForm
          key="remove"
          act={texts.totpRemove}
          run={async (password) => {
            await adminApi.removeTotp(password);
            settle(texts.totpRemoved);
          }}
        />
      ) : totp ? (
        <CodeForm totp={totp} onSet={() => settle(texts.totpSet)} />
      ) : (
        <PasswordForm
          key="begin"
          act={texts.totpBegin}
          run={async (password) => setTotp(await adminApi.beginTotp(password))}
        />
      )}
    </section>
  );
}

function PasswordForm(props: { act: string; run: (password: string) => Promise<void> }) {
  const texts = useTexts(ADMIN_TEXTS);
  const [password, setPassword] = useState('');
  return (
    <Sending act={props.act} run={() => props.run(password)}>
      <Field
        name="totp-password"
        label={texts.ownPassword}
        isSecret
        complete="current-password"
        value={password}
        onValue={setPassword}
      />
    </Sending>
  );
}

function CodeForm({ totp, onSet }: { totp: Totp; onSet: () => void }) {
  const texts = useTexts(ADMIN_TEXTS);
  const [code, setCode] = useState('');
  const { size, path } = totp.qr;
  const confirm = async () => {
    await adminApi.confirmTotp(totp.secret, code.replace(/\s/g, ''));
    onSet();
  };
  return (
    <>
      <p>{texts.totpScan}</p>
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={texts.totpQr}>
        <path d={path} />
      </svg>
      <p>
        {texts.totpSecret} <code class="secret">{totp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Sending act={texts.totpConfirm} run={confirm}>
        <Field
          name="totp-code"
          label={texts.totpCode}
          isDigits
          complete="one-time-code"
          value={code}
          onValue={setCode}
          focus
        />
      </Sending>
    </>
  );
}

function Sending(props: { act: string; run: () => Promise<void>; children: ComponentChildren }) {
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    run(props.run);
  };
  return (
    <form class="form" onSubmit={submit}>
      {props.children}
      {failure !== undefined && (
        <p class="failure" role="alert">
          <Refused failure={failure} />
        </p>
      )}
      <div class="row">
        <button type="submit" class="button primary" aria-disabled={isSending}>
          {props.act}
        </button>
      </div>
    </form>
  );
}
