/** The way between views: a rail on wide screens, a bar at the foot of narrow ones. Only what the role may see. */
import { useEffect, useRef } from 'preact/hooks';
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
  const rail = useRef<HTMLElement>(null);
  useEffect(() => bringIntoSight(rail.current), [props.open]);
  return (
    <nav class="rail" aria-label={texts.views} ref={rail}>
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

/** The bar of a phone is wider than its screen where a role sees many views. */
function bringIntoSight(rail: HTMLElement | null): void {
  const open = rail?.querySelector<HTMLElement>('[aria-current]');
  if (!rail || !open) return;
  rail.scrollLeft = open.offsetLeft + open.offsetWidth / 2 - rail.clientWidth / 2;
}

function Icon({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
