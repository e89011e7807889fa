/** Attaches the checklist of a service to a reply. */
import { useState } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { TEXTS } from './texts.ts';

export function ChecklistButton(props: {
  services: readonly { id: string; title: string }[];
  onChoose: (service: string) => Promise<void>;
}) {
  const { explain } = useWords();
  const texts = useTexts(TEXTS);
  const [isOpen, setOpen] = useState(false);
  const { isSending, failure, run } = useSending();
  const choose = (service: string) =>
    run(async () => {
      await props.onChoose(service);
      setOpen(false);
    });
  return (
    <>
      <button type="button" class="link" onClick={() => setOpen(true)}>
        {texts.checklist}
      </button>
      {isOpen && (
        <Dialog title={texts.checklistTitle} onClose={() => setOpen(false)}>
          {failure !== undefined && (
            <p class="failure" role="alert">
              {explain(failure)}
            </p>
          )}
          <ul class="choices">
            {props.services.map(({ id, title }) => (
              <li key={id}>
                <button type="button" class="choice" aria-disabled={isSending} onClick={() => choose(id)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
