/** Messages that WhatsApp takes at any time: one is chosen, its fields are filled in, and it is read before it goes. */
import { useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { factsOf } from './canned.ts';
import { createActId, type Draft } from './drafts.ts';
import type { ChatCalls } from './inbox-api.ts';
import { TEXTS } from './texts.ts';
import type { Chat } from './use-chat.ts';

export function TemplateForm(props: {
  chat: ConversationView;
  me: Me;
  calls: ChatCalls;
  act: Chat['act'];
  onDone: () => void;
}) {
  const { texts: common } = useWords();
  const texts = useTexts(TEXTS);
  const { chat, me, calls, act, onDone } = props;
  const { templates } = me.office;
  const [chosen, setChosen] = useState(templates[0]?.id);
  const [typed, setTyped] = useState<{ [field: string]: string }>({});
  const [isSending, setSending] = useState(false);
  const tried = useRef<Draft['tried']>(undefined);
  const template = templates.find(({ id }) => id === chosen);
  if (!template) return <p class="composer-note">{texts.templateNone}</p>;

  const facts = factsOf(chat, me);
  const valueFor = (field: string) => typed[field] ?? facts[field.toLowerCase()] ?? '';
  const values = Object.fromEntries(template.fields.map((field) => [field, valueFor(field).trim()]));
  const isComplete = template.fields.every((field) => values[field] !== '');
  const send = async () => {
    if (!isComplete || isSending) return;
    const content = JSON.stringify([template.id, values]);
    tried.current = { id: createActId(tried.current, content), content };
    const { id } = tried.current;
    setSending(true);
    const failure = await act(() => calls.reply({ id, template: { id: template.id, values } }));
    if (failure === undefined) return onDone();
    // The chat says what went wrong; what was filled in stays, with the id of this attempt.
    setSending(false);
  };
  return (
    <form
      class="template-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label>
        {texts.templateChoose}
        <select value={chosen} onChange={({ currentTarget: { value } }) => setChosen(value)}>
          {templates.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {template.fields.map((field) => (
        <label key={field}>
          {field.charAt(0).toUpperCase() + field.slice(1)}
          <input
            maxLength={200}
            autoComplete="off"
            required
            value={valueFor(field)}
            onInput={({ currentTarget: { value } }) => setTyped({ ...typed, [field]: value })}
          />
        </label>
      ))}
      <p class="template-text">{preview(template, values)}</p>
      <div class="row">
        <button type="submit" class="button primary" disabled={!isComplete || isSending}>
          {isSending ? texts.sending : texts.send}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {common.cancel}
        </button>
      </div>
    </form>
  );
}

/** What the citizen will read; `{{1}}` is the first field. */
function preview(
  { text, fields }: Me['office']['templates'][number],
  values: { [field: string]: string },
): string {
  return text.replace(/\{\{(\d+)\}\}/g, (place, number: string) => {
    const field = fields[Number(number) - 1];
    return (field && (values[field] || `[${field}]`)) ?? place;
  });
}
