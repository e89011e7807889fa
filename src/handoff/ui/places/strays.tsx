/** Citizens who are booked at times that the calendar has no more: how many, when, and the button that moves them. */
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatInstant } from './dates.ts';
import { PLACE_TEXTS } from './place-texts.ts';
import type { Strays } from './place-types.ts';
import { placesApi } from './places-api.ts';

interface StraysProps {
  strays: Strays;
  timeZone: string;
  onMoved: () => void;
}

/** On top of the page, until nobody is left. */
export function StraysPanel(props: StraysProps) {
  const texts = useTexts(PLACE_TEXTS);
  return (
    <section class="panel strays" aria-labelledby="strays">
      <h2 id="strays">
        {props.strays.visits} {texts.strays}
      </h2>
      <Span {...props} />
      <p>{texts.straysHint}</p>
      <MoveButton {...props} />
    </section>
  );
}

/** Asks right after days off were saved. */
export function StraysDialog({ onClose, ...props }: StraysProps & { onClose: () => void }) {
  const texts = useTexts(PLACE_TEXTS);
  return (
    <Dialog title={texts.dayAdded} onClose={onClose}>
      <div class="form">
        <p class="outage-preview">
          <strong>
            {props.strays.visits} {texts.strays}
          </strong>
        </p>
        <Span {...props} />
        <p>{texts.straysHint}</p>
        <MoveButton {...props} onLater={onClose} />
      </div>
    </Dialog>
  );
}

function Span({ strays, timeZone }: StraysProps) {
  const texts = useTexts(PLACE_TEXTS);
  const { language } = useWords();
  const write = (at: number) => formatInstant(at, { language, timeZone });
  const { firstAt, lastAt } = strays;
  return <p>{firstAt === lastAt ? write(firstAt) : `${write(firstAt)} ${texts.upTo} ${write(lastAt)}`}</p>;
}

function MoveButton({ strays, onMoved, onLater }: StraysProps & { onLater?: () => void }) {
  const texts = useTexts(PLACE_TEXTS);
  const { explain } = useWords();
  const { isSending, failure, run } = useSending();
  const move = () =>
    run(async () => {
      await placesApi.startOutage({ cause: 'calendar' });
      onMoved();
    });
  return (
    <>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <div class="row">
        <button type="button" class="button primary" data-focus aria-disabled={isSending} onClick={move}>
          {texts.moveStrays} ({strays.visits})
        </button>
        {onLater && (
          <button type="button" class="button" onClick={onLater}>
            {texts.later}
          </button>
        )}
      </div>
    </>
  );
}
