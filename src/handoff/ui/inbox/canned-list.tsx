import { useTexts } from '../shell/language.tsx';
import type { CannedReply } from './canned.ts';
import { TEXTS } from './texts.ts';

/** The canned replies that match; the keyboard stays in the field, which moves `at`. */
export function CannedList(props: {
  found: readonly CannedReply[];
  at: number;
  choose: (reply: CannedReply) => void;
}) {
  const texts = useTexts(TEXTS);
  const { found, at, choose } = props;
  if (found.length === 0) return <p class="canned empty">{texts.cannedNone}</p>;
  return (
    <div class="canned" id="canned" role="listbox" aria-label={texts.canned}>
      {found.map((reply, index) => (
        <div
          key={reply.id}
          id={`canned-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          ref={index === at ? scrollTo : null}
          // Not on click: the field would have lost the focus by then.
          onMouseDown={(event) => {
            event.preventDefault();
            choose(reply);
          }}
        >
          <strong>{reply.title}</strong>
          <span>{reply.text}</span>
        </div>
      ))}
    </div>
  );
}

function scrollTo(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}
