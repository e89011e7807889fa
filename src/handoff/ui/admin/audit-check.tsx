import { useState } from 'preact/hooks';
import type { AuditCheck } from '../../schemas/supervision.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { adminApi } from './admin-api.ts';
import { AUDIT_TEXTS } from './audit-texts.ts';

/** Has the whole log read by the server, and says whether it is whole. */
export function CheckPanel() {
  const texts = useTexts(AUDIT_TEXTS);
  const { explain } = useWords();
  const [found, setFound] = useState<AuditCheck>();
  const { isSending, failure, run } = useSending();
  const check = () =>
    run(async () => {
      setFound(undefined);
      setFound(await adminApi.check());
    });
  return (
    <section class="panel" aria-labelledby="chain">
      <h2 id="chain">{texts.chain}</h2>
      <p class="quiet">{texts.chainHint}</p>
      <div class="chain">
        <button type="button" class="button" aria-disabled={isSending} onClick={check}>
          {texts.check}
        </button>
        <div role="status">{isSending ? texts.checking : found && <Found found={found} />}</div>
      </div>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
    </section>
  );
}

function Found({ found: { ok, entries, brokenAt } }: { found: AuditCheck }) {
  const texts = useTexts(AUDIT_TEXTS);
  const { language } = useWords();
  const number = (count: number | null) => (count ?? 0).toLocaleString(language);
  if (ok) {
    return (
      <p class="good">
        {texts.whole} {number(entries)}
      </p>
    );
  }
  return (
    <p class="failure">
      <strong>
        {texts.broken} {number(brokenAt)}.
      </strong>{' '}
      {texts.brokenHint}
    </p>
  );
}
