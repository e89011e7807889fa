/** The chat's head: what it is about, who has it, and taking, passing on, handing back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { CHANNELS } from '../shell/names.ts';
import { counterAddress } from '../shell/route.ts';
import { useSure } from '../shell/use-sure.ts';
import { can } from '../shell/view.ts';
import type { ChatCalls } from './inbox-api.ts';
import { REASONS, TEXTS, titleOf } from './texts.ts';
import { TransferDialog } from './transfer-dialog.tsx';
import type { Chat } from './use-chat.ts';

interface Props {
  chat: ConversationView;
  me: Me;
  calls: ChatCalls;
  act: Chat['act'];
}

export function ChatHead(props: Props) {
  const texts = useTexts(TEXTS);
  const { texts: common, language } = useWords();
  const { chat, me } = props;
  const { reason, operator, isMine } = chat.attention;
  return (
    <header class="chat-head">
      <a class="back" href="#/inbox" aria-label={common.back}>
        ‹
      </a>
      <div class="grow">
        <h1 tabIndex={-1} id="chat-title">
          {titleOf(chat, language)}
        </h1>
        <p class="quiet">
          {[
            CHANNELS[language][chat.channel],
            chat.stepLabel,
            reason && REASONS[language][reason],
            operator && (isMine ? texts.you : operator.name),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {can(me, 'answer') && (isMine ? <OwnActions {...props} /> : <ClaimAction {...props} />)}
    </header>
  );
}

/** Of a chat that is not one's own. */
function ClaimAction({ chat, me, calls, act }: Props) {
  const texts = useTexts(TEXTS);
  const [isBusy, setBusy] = useState(false);
  const { status, operator } = chat.attention;
  const claim = async () => {
    setBusy(true);
    const failure = await act(calls.claim);
    setBusy(false);
    // The button is gone: on to what one took it for.
    if (failure === undefined) requestAnimationFrame(() => document.getElementById('reply')?.focus());
  };
  const isFree = status !== 'claimed';
  useKeys(isFree ? [{ keys: 'c', words: texts.claim, run: claim }] : []);
  if (!isFree)
    return (
      <div class="row">
        <p class="held">{texts.heldBy.replace('{by}', operator?.name ?? '')}</p>
        {can(me, 'supervise') && <ReassignAction {...{ me, calls, act }} />}
      </div>
    );
  return (
    <button type="button" class="button primary" disabled={isBusy} onClick={claim}>
      {status === 'bot' ? texts.reopen : texts.claim}
    </button>
  );
}

/** A supervisor gives a colleague's chat to somebody else. */
function ReassignAction({ me, calls, act }: Omit<Props, 'chat'>) {
  const texts = useTexts(TEXTS);
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setChoosing(true)}>
        {texts.reassign}
      </button>
      {isChoosing && (
        <TransferDialog
          me={me}
          withMe
          onClose={() => setChoosing(false)}
          onTo={(to) => {
            setChoosing(false);
            act(() => calls.transfer(to));
          }}
        />
      )}
    </>
  );
}

/** Of a chat that one has. */
function OwnActions({ chat, me, calls, act }: Props) {
  const texts = useTexts(TEXTS);
  const [isBusy, setBusy] = useState(false);
  const [isPassing, setPassing] = useState(false);
  const resolving = useRef<HTMLButtonElement>(null);
  const isAlive = useAlive();
  const run = async (work: () => Promise<ConversationView | undefined>) => {
    setBusy(true);
    await act(work);
    if (isAlive.current) setBusy(false);
    // These buttons are gone now; the focus must not be.
    else document.getElementById('chat-title')?.focus();
  };
  const resolve = useSure(() => run(calls.resolve));
  useKeys([
    {
      keys: 'e',
      words: texts.resolve,
      run: () => {
        resolving.current?.focus();
        resolve.press();
      },
    },
  ]);
  return (
    <div class="row">
      {can(me, 'walk-in') && (
        <a class="button" href={counterAddress(chat.id)}>
          {texts.fillIn}
        </a>
      )}
      <button type="button" class="button" disabled={isBusy} onClick={() => setPassing(true)}>
        {texts.transfer}
      </button>
      <button
        type="button"
        class="button"
        disabled={isBusy}
        title={texts.releaseHint}
        onClick={() => run(calls.release)}
      >
        {texts.release}
      </button>
      <button
        type="button"
        class={`button ${resolve.isSure ? 'sure' : ''}`}
        ref={resolving}
        disabled={isBusy}
        title={texts.resolveHint}
        onClick={resolve.press}
      >
        {resolve.isSure ? texts.resolveSure : texts.resolve}
      </button>
      {isPassing && (
        <TransferDialog
          me={me}
          onClose={() => setPassing(false)}
          onTo={(to) => {
            setPassing(false);
            run(() => calls.transfer(to));
          }}
        />
      )}
    </div>
  );
}

function useAlive(): { current: boolean } {
  const isAlive = useRef(true);
  useEffect(
    () => () => {
      isAlive.current = false;
    },
    [],
  );
  return isAlive;
}
