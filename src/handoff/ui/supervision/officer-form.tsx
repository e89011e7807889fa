import { useState } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import { supervisionApi } from './supervision-api.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

/** Says whose phone it is: a village officer may file for many. */
export function OfficerForm(props: {
  conversation: string;
  address: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { explain } = useWords();
  const [name, setName] = useState('');
  const [village, setVillage] = useState('');
  const { isSending, failure, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      await supervisionApi.setOfficer(props.conversation, { name, village });
      props.onDone();
    });
  };
  return (
    <Dialog title={`${texts.mark}: ${props.address}`} onClose={props.onClose}>
      <form class="form" onSubmit={submit}>
        <Labelled id="officer" label={texts.officerName}>
          <input
            id="officer"
            data-focus
            required
            maxLength={80}
            autoComplete="off"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </Labelled>
        <Labelled id="village" label={texts.village}>
          <input
            id="village"
            required
            maxLength={80}
            autoComplete="off"
            value={village}
            onInput={({ currentTarget }) => setVillage(currentTarget.value)}
          />
        </Labelled>
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        <button type="submit" class="button primary" aria-disabled={isSending}>
          {texts.mark}
        </button>
      </form>
    </Dialog>
  );
}
