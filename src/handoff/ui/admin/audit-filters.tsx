import type { TargetedInputEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import type { AuditFilter } from './admin-api.ts';
import { ACTIONS, AUDIT_TEXTS } from './audit-texts.ts';

export const EVERYTHING: AuditFilter = { actor: '', action: '', subject: '', from: '', until: '' };

/** Which lines; typed first, and looked up when sent. */
export function AuditFilters(props: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const texts = useTexts(AUDIT_TEXTS);
  const [typed, setTyped] = useState(props.filter);
  useEffect(() => setTyped(props.filter), [props.filter]);
  const field = (name: 'actor' | 'subject' | 'from' | 'until') => ({
    id: `audit-${name}`,
    autoComplete: 'off',
    value: typed[name],
    onInput: ({ currentTarget }: TargetedInputEvent<HTMLInputElement>) =>
      setTyped({ ...typed, [name]: currentTarget.value }),
  });
  const submit = (event: Event) => {
    event.preventDefault();
    props.onFilter({ ...typed, actor: typed.actor.trim(), subject: typed.subject.trim() });
  };
  return (
    <form class="panel audit-filter" onSubmit={submit}>
      <Labelled id="audit-actor" label={texts.actor}>
        <input maxLength={200} autoCapitalize="none" placeholder={texts.actorHint} {...field('actor')} />
      </Labelled>
      <ActionField action={typed.action} onAction={(action) => setTyped({ ...typed, action })} />
      <Labelled id="audit-subject" label={texts.subject}>
        <input maxLength={200} autoCapitalize="none" placeholder={texts.subjectHint} {...field('subject')} />
      </Labelled>
      <Labelled id="audit-from" label={texts.from}>
        <input type="date" {...field('from')} />
      </Labelled>
      <Labelled id="audit-until" label={texts.until}>
        <input type="date" {...field('until')} />
      </Labelled>
      <div class="row">
        <button type="submit" class="button primary">
          {texts.show}
        </button>
        <button type="button" class="button" onClick={() => props.onFilter({ ...EVERYTHING })}>
          {texts.clear}
        </button>
      </div>
    </form>
  );
}

/** One action, or all of a group. */
function ActionField(props: { action: string; onAction: (action: string) => void }) {
  const texts = useTexts(AUDIT_TEXTS);
  const { language } = useWords();
  return (
    <Labelled id="audit-action" label={texts.action}>
      <select
        id="audit-action"
        value={props.action}
        onChange={({ currentTarget }) => props.onAction(currentTarget.value)}
      >
        <option value="">{texts.all}</option>
        {ACTIONS.map(({ group, actions }) => (
          <optgroup key={group.en} label={group[language]}>
            <option value={Object.keys(actions).join()}>
              {texts.all}: {group[language]}
            </option>
            {Object.entries(actions).map(([action, words]) => (
              <option key={action} value={action}>
                {words[language]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </Labelled>
  );
}
