/** Printing what there is for a request, and writing letters about it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import type { PapersView, PaperView } from '../../schemas/papers.ts';
import { useSending } from '../shell/form.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { FileViewer } from '../shell/viewer.tsx';
import { LetterDialog } from './letter-dialog.tsx';
import { PAPER_TEXTS } from './paper-texts.ts';
import { papersOf } from './papers-api.ts';

/** `state`: what can be printed changes with it. `onReveal` gives the key that shows what is masked. */
export function PapersPanel(props: {
  number: string;
  state: string;
  isMasked: boolean;
  onReveal: () => Promise<string | undefined>;
  onPending: (isPending: boolean) => void;
}) {
  const texts = useTexts(PAPER_TEXTS);
  const { explain } = useWords();
  const calls = useMemo(() => papersOf(props.number), [props.number]);
  const [found, setFound] = useState<PapersView>();
  const [shown, setShown] = useState<FileView>();
  const [isWriting, setWriting] = useState(false);
  const { isSending, failure, run } = useSending();
  useEffect(() => void run(async () => setFound(await calls.list())), [calls, props.state]);

  const print = ({ kind, form, isPersonal }: PaperView) =>
    run(async () => {
      const reveal = isPersonal ? await props.onReveal() : undefined;
      if (isPersonal && reveal === undefined) return;
      const { file } = await calls.print({ kind, ...(form === null ? {} : { form }) }, reveal);
      setShown(file);
    });
  const write = (isOpen: boolean) => {
    setWriting(isOpen);
    props.onPending(isOpen);
  };

  return (
    <section class="panel" aria-labelledby="papers">
      <h2 id="papers">{texts.print}</h2>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <ul class="papers">
        {found?.papers.map((paper) => (
          <li key={`${paper.kind}${paper.form}`}>
            <button type="button" class="button" aria-disabled={isSending} onClick={() => print(paper)}>
              {paper.form ?? texts.kinds[paper.kind]}
              {paper.title !== null && <small>{paper.title}</small>}
            </button>
          </li>
        ))}
      </ul>
      {props.isMasked && <p class="quiet">{texts.reveals}</p>}
      {found && (
        <button type="button" class="button" onClick={() => write(true)}>
          {texts.write}
        </button>
      )}
      {isWriting && found && (
        <LetterDialog
          number={props.number}
          letter={found.letter}
          write={calls.write}
          onClose={() => write(false)}
          onWritten={(file) => {
            write(false);
            setShown(file);
          }}
        />
      )}
      {shown && <FileViewer files={[shown]} at={0} onClose={() => setShown(undefined)} />}
    </section>
  );
}
