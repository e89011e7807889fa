/** The finished document as SIAK made it, and its PIN: two messages, never one. */
import { useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import type { RequestView } from '../../schemas/requests.ts';
import { fileUrl } from '../shell/api.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { REQUEST_TEXTS } from './texts.ts';
import { DropZone, useUpload } from './upload.tsx';
import type { Act } from './use-request.ts';

const NO_FILE = '';

/** `canSend`: SIAK may have made something. `onPending`: a file lies here that was not sent yet. */
export function ResultPanel(props: {
  request: RequestView;
  canSend: boolean;
  attach: (file: File, onProgress: (part: number) => void) => Promise<FileView>;
  onPending: (isPending: boolean) => void;
  isBusy: boolean;
  act: Act;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { request } = props;
  return (
    <section class="panel" aria-labelledby="result">
      <h2 id="result">{texts.result}</h2>
      {request.result.length > 0 && (
        <ul class="sent-files">
          {request.result.map(({ file }, index) => (
            <li key={file}>
              ✓ {texts.resultSent}:{' '}
              <a href={fileUrl(file)} target="_blank" rel="noreferrer">
                {texts.openPdf} {request.result.length > 1 ? index + 1 : NO_FILE}
              </a>
            </li>
          ))}
        </ul>
      )}
      {props.canSend && (
        <>
          <NewResult {...props} />
          <PinForm {...props} />
        </>
      )}
    </section>
  );
}

function NewResult(props: Parameters<typeof ResultPanel>[0]) {
  const texts = useTexts(REQUEST_TEXTS);
  const { explain } = useWords();
  const { progress, failure, send } = useUpload(props.attach);
  const [pending, setPending] = useState<FileView>();
  const [isWrong, setWrong] = useState(false);
  const keep = (file: FileView | undefined) => {
    setPending(file);
    props.onPending(file !== undefined);
  };
  const choose = async (file: File) => {
    const isPdf = file.type === 'application/pdf' || file.name.toLowerCase().endsWith('.pdf');
    setWrong(!isPdf);
    if (isPdf) keep(await send(file));
  };
  const sendResult = async (file: string) => {
    if (await props.act((calls, version) => calls.sendResult({ version, file }))) keep(undefined);
  };
  if (pending) {
    const max = props.request.maxFileBytes;
    const isFile = max === null || pending.sizeBytes <= max;
    return (
      <div class="pending">
        <p>
          {texts.resultLook} {isFile ? texts.resultAsFile : texts.resultAsLink}
        </p>
        <iframe class="stage-pdf" src={fileUrl(pending.file)} title={texts.result} />
        <div class="row">
          <button
            type="button"
            class="button primary"
            disabled={props.isBusy}
            onClick={() => sendResult(pending.file)}
          >
            {texts.resultSend}
          </button>
          <a class="button" href={fileUrl(pending.file)} target="_blank" rel="noreferrer">
            {texts.openPdf}
          </a>
          <button type="button" class="button" onClick={() => keep(undefined)}>
            {texts.resultOther}
          </button>
        </div>
      </div>
    );
  }
  return (
    <>
      <DropZone
        hint={texts.resultHint}
        label={texts.choose}
        accept="application/pdf,.pdf"
        progress={progress}
        onFile={choose}
      />
      {(isWrong || failure !== undefined) && (
        <p class="failure" role="alert">
          {isWrong ? texts.onlyPdf : explain(failure)}
        </p>
      )}
    </>
  );
}

function PinForm(props: { isBusy: boolean; act: Act }) {
  const texts = useTexts(REQUEST_TEXTS);
  const [pin, setPin] = useState('');
  const [isSent, setSent] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    const isDone = await props.act((calls, version) => calls.sendPin({ version, pin: pin.trim() }));
    if (isDone) setPin('');
    setSent(isDone);
  };
  return (
    <form class="pin" onSubmit={send}>
      <label for="siak-pin">{texts.pin}</label>
      <div class="row">
        <input
          id="siak-pin"
          autoComplete="off"
          spellcheck={false}
          pattern="[0-9A-Za-z\-]{4,20}"
          required
          aria-describedby="siak-pin-hint"
          value={pin}
          onInput={(event) => setPin(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={props.isBusy || pin.trim() === ''}>
          {texts.pinSend}
        </button>
      </div>
      <p class="quiet" id="siak-pin-hint">
        {texts.pinHint}
      </p>
      <p role="status">{isSent ? texts.pinSent : ''}</p>
    </form>
  );
}
