import { useEffect, useState } from 'preact/hooks';
import type { Colleague, Me } from '../../schemas/accounts.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { inboxApi } from './inbox-api.ts';
import { TEXTS } from './texts.ts';

/** To whom a chat may be given: who is here first. `withMe`: it is not one's own yet. */
export function TransferDialog(props: {
  me: Me;
  withMe?: boolean;
  onTo: (id: string) => void;
  onClose: () => void;
}) {
  const { texts: common, explain } = useWords();
  const texts = useTexts(TEXTS);
  const [colleagues, setColleagues] = useState<Colleague[]>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    inboxApi.colleagues().then(setColleagues, setFailure);
  }, []);
  const others = colleagues
    ?.filter(({ id }) => props.withMe || id !== props.me.operator.id)
    .sort((one, other) => Number(other.isHere) - Number(one.isHere) || one.name.localeCompare(other.name));
  return (
    <Dialog title={texts.transferTitle} onClose={props.onClose}>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      {!others && failure === undefined && <p class="quiet">{common.loading}</p>}
      {others?.length === 0 && <p>{texts.transferNone}</p>}
      <ul class="choices">
        {others?.map(({ id, name, isHere }) => (
          <li key={id}>
            <button type="button" class="choice" onClick={() => props.onTo(id)}>
              {name} {isHere && <span class="tag here">{texts.isHere}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
