/** Finds one request by its number, typed or scanned: a USB scanner types the address of the receipt, then Enter. */
import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import { ApiFailure } from '../shell/api.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { requestAddress } from '../shell/route.ts';
import { CameraScan, canScan } from './camera-scan.tsx';
import { findRequest } from './requests-api.ts';
import { REQUEST_TEXTS } from './texts.ts';

/** Opens what was found; says so when there is nothing. */
export function useFind() {
  const { isSending, failure, run } = useSending();
  const find = (text: string) =>
    run(async () => {
      if (text.trim() === '') return;
      const { number } = await findRequest(text.trim());
      location.hash = requestAddress(number);
    });
  return { find, isFinding: isSending, failure };
}

/** The box, with the camera where there is one. */
export function FindBox(props: { finding: ReturnType<typeof useFind>; input: Ref<HTMLInputElement> }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { explain } = useWords();
  const { find, isFinding, failure } = props.finding;
  const [text, setText] = useState('');
  const [isScanning, setScanning] = useState(false);
  const isUnknown = failure instanceof ApiFailure && failure.code === 'NOT_FOUND';
  const onCode = (code: string) => {
    setScanning(false);
    find(code);
  };
  return (
    <>
      <form
        class="find"
        onSubmit={(event) => {
          event.preventDefault();
          find(text);
        }}
      >
        <label class="hidden" for="find-request">
          {texts.find}
        </label>
        <input
          id="find-request"
          type="search"
          ref={props.input}
          maxLength={300}
          autoComplete="off"
          spellcheck={false}
          placeholder={texts.findHint}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={isFinding || text.trim() === ''}>
          {texts.findButton}
        </button>
        {canScan && (
          <button type="button" class="button" onClick={() => setScanning(!isScanning)}>
            {isScanning ? texts.scanStop : texts.scan}
          </button>
        )}
      </form>
      {isScanning && <CameraScan onCode={onCode} onClose={() => setScanning(false)} />}
      {failure !== undefined && (
        <p class="failure" role="alert">
          {isUnknown ? texts.notFound : explain(failure)}
        </p>
      )}
    </>
  );
}
