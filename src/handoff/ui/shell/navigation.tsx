/** The way between views: a rail on wide screens, a bar at the foot of narrow ones. Only what the role may see. */
import { useWords } from './language.tsx';
import type { View } from './views.ts';

/** `counts` stand beside a view's name; `isUrgent` ones are coloured, and `what` says what is counted. */
export interface NavCount {
  count: number;
  what: string;
  isUrgent?: boolean;
}

export function Navigation(props: {
  views: readonly View[];
  open: string;
  counts: { [view: string]: NavCount | undefined };
}) {
  const { texts, language } = useWords();
  return (
    <nav class="rail" aria-label={texts.views}>
      <ul>
        {props.views.map(({ name, label, icon }) => {
          const count = props.counts[name];
          return (
            <li key={name}>
              <a href={`#/${name}`} aria-current={name === props.open ? 'page' : undefined}>
                <Icon path={icon} />
                <span>{label[language]}</span>
                {count && count.count > 0 && (
                  <span class={`badge ${count.isUrgent ? 'urgent' : ''}`}>
                    {count.count}
                    <span class="hidden"> {count.what}</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
