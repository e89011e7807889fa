import { useState } from 'preact/hooks';
import { ApiFailure, api } from '../shell/api.ts';
import { Field, useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { ADMIN_TEXTS } from './texts.ts';

const NOTHING = { old: '', fresh: '', again: '' };

/** Changes the own password. */
export function OwnPassword({ onDone }: { onDone: (words: string) => void }) {
  const { texts: common } = useWords();
  const texts = useTexts(ADMIN_TEXTS);
  const [typed, setTyped] = useState(NOTHING);
  const { isSending, failure, run } = useSending();
  const isDifferent = typed.again !== '' && typed.fresh !== typed.again;
  const submit = (event: Event) => {
    event.preventDefault();
    if (typed.fresh !== typed.again) return;
    run(async () => {
      await api.changePassword(typed.old, typed.fresh);
      setTyped(NOTHING);
      onDone(texts.passwordChanged);
    });
  };
  const set = (part: Partial<typeof NOTHING>) => setTyped((before) => ({ ...before, ...part }));
  return (
    <form class="panel form" aria-labelledby="own-password" onSubmit={submit}>
      <h2 id="own-password">{texts.password}</h2>
      <p class="quiet">{texts.passwordHint}</p>
      <Field
        name="own-old"
        label={common.oldPassword}
        isSecret
        complete="current-password"
        value={typed.old}
        onValue={(old) => set({ old })}
      />
      <Field
        name="own-new"
        label={common.newPassword}
        isSecret
        complete="new-password"
        value={typed.fresh}
        onValue={(fresh) => set({ fresh })}
      />
      <Field
        name="own-again"
        label={common.repeatPassword}
        isSecret
        complete="new-password"
        value={typed.again}
        onValue={(again) => set({ again })}
      />
      {(isDifferent || failure !== undefined) && (
        <p class="failure" role="alert">
          {isDifferent ? common.differ : <Refused failure={failure} />}
        </p>
      )}
      <div class="row">
        <button type="submit" class="button primary" aria-disabled={isSending || isDifferent}>
          {common.changePassword}
        </button>
      </div>
    </form>
  );
}

/** Who is signed in knows the username: only the password was wrong. */
export function Refused({ failure }: { failure: unknown }) {
  const { explain } = useWords();
  const texts = useTexts(ADMIN_TEXTS);
  const isPassword = failure instanceof ApiFailure && failure.code === 'BAD_LOGIN';
  return <>{isPassword ? texts.wrongPassword : explain(failure)}</>;
}
