/** A letter of the office: written, looked at, signed, sent. What is typed to sign lives as long as this dialog. */
import { useRef, useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import type { LetterBody, PapersView, Written } from '../../schemas/papers.ts';
import { createActId } from '../inbox/drafts.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { type LetterDraft, LetterFields } from './letter-fields.tsx';
import { PAPER_TEXTS } from './paper-texts.ts';

type Head = PapersView['letter'];
type Tried = { id: string; content: string };

export function LetterDialog(props: {
  number: string;
  letter: Head;
  write: (letter: LetterBody) => Promise<Written>;
  onClose: () => void;
  onWritten: (file: FileView) => void;
}) {
  const texts = useTexts(PAPER_TEXTS);
  const { explain } = useWords();
  const { letter, number } = props;
  const [draft, setDraft] = useState<LetterDraft>(() => empty(letter));
  const [isLooking, setLooking] = useState(false);
  const { isSending, failure, run } = useSending();
  const signer = letter.signers.find(({ id }) => id === draft.signer);
  const change = (fresh: Partial<LetterDraft>) => setDraft((before) => ({ ...before, ...fresh }));
  const tried = useRef<Tried>(undefined);
  const make = () =>
    run(async () => {
      const written = wordsOf(draft, letter);
      const content = JSON.stringify(written);
      // Tried again it is the same letter, other words are another.
      tried.current = { id: createActId(tried.current, content), content };
      const { file } = await props.write({ id: tried.current.id, ...written, ...signOf(draft) });
      props.onWritten(file);
    });
  return (
    <Dialog title={texts.letter} onClose={props.onClose}>
      {isLooking ? (
        <div class="letter">
          <p class="quiet">{texts.lookHint}</p>
          <article class="letter-sheet" lang="id">
            {draft.number && <p>Nomor: {draft.number}</p>}
            <p>
              Hal: <strong>{draft.subject}</strong>
            </p>
            <p>Permohonan: {number}</p>
            <p>Yth. {draft.to}</p>
            {[letter.opening, ...draft.body.split(/\n\s*\n/), letter.closing].map(
              (text, index) => text.trim() !== '' && <p key={`${index}${text}`}>{text}</p>,
            )}
            <p class="letter-signer">
              {signer?.title ?? draft.title}
              <strong>{signer?.name ?? draft.name}</strong>
            </p>
          </article>
          {failure !== undefined && (
            <p class="failure" role="alert">
              {explain(failure)}
            </p>
          )}
          <div class="row">
            <button type="button" class="button primary" aria-disabled={isSending} onClick={make} data-focus>
              {isSending ? texts.making : draft.isSent ? texts.makeAndSend : texts.make}
            </button>
            <button type="button" class="button" onClick={() => setLooking(false)}>
              {texts.edit}
            </button>
          </div>
        </div>
      ) : (
        <form
          class="letter"
          onSubmit={(event) => {
            event.preventDefault();
            setLooking(true);
          }}
        >
          <LetterFields letter={letter} draft={draft} onChange={change} />
          <button type="submit" class="button primary">
            {texts.look}
          </button>
        </form>
      )}
    </Dialog>
  );
}

function empty({ to, signers }: Head): LetterDraft {
  return {
    ...{ number: '', subject: '', to, body: '', signer: signers[0]?.id ?? '', title: '', name: '' },
    ...{ isSent: false, isSigned: false, isVisible: true, nik: '', passphrase: '' },
  };
}

function wordsOf(draft: LetterDraft, { signers }: Head): Omit<LetterBody, 'id' | 'sign'> {
  const { number, subject, to, body, signer, title, name, isSent } = draft;
  return {
    ...{ subject: subject.trim(), to: to.trim(), body: body.trim(), send: isSent },
    signer: signers.length > 0 ? { id: signer } : { title, name },
    ...(number.trim() === '' ? {} : { number: number.trim() }),
  };
}

function signOf({ isSigned, isVisible, nik, passphrase }: LetterDraft): Pick<LetterBody, 'sign'> {
  if (!isSigned) return {};
  return {
    sign: {
      visible: isVisible,
      ...(passphrase === '' ? {} : { passphrase }),
      ...(nik === '' ? {} : { nik }),
    },
  };
}
