/** What is open now, and the ways there. */
import type { Statistics } from '../../schemas/supervision.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatCount } from './figures.ts';
import { SUPERVISION_TEXTS } from './texts.ts';

/** The list of requests has what is late on top, and is where work is given to others. */
const PLACES = {
  waiting: '#/inbox/waiting',
  claimed: '#/inbox/all',
  requests: '#/requests',
  late: '#/requests',
} as const;

export function OpenNow({ open }: { open: Statistics['open'] }) {
  const texts = useTexts(SUPERVISION_TEXTS);
  const { language } = useWords();
  return (
    <section aria-labelledby="open-now" class="open-now">
      <h2 id="open-now" class="hidden">
        {texts.now}
      </h2>
      <ul class="numbers">
        {(['waiting', 'claimed', 'requests', 'late'] as const).map((kind) => (
          <li key={kind} class={kind === 'late' && open.late > 0 ? 'is-late' : undefined}>
            <a href={PLACES[kind]}>
              <strong>{formatCount(open[kind], language)}</strong> <span>{texts[kind]}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class="ways">
        <a href="#/requests">{texts.reassign}</a> <a href="#/inbox/complaints">{texts.complaints}</a>
      </p>
    </section>
  );
}
