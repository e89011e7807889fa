/** The bar on top: whose office, whether the line stands, who is signed in and what is theirs to set. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import icon from '../icon.svg';
import { askForNotifications, isSoundOn, notificationState, setSound } from './alerts.ts';
import { useWords } from './language.tsx';
import type { View } from './views.ts';

export function Header(props: {
  me: Me;
  isLive: boolean;
  /** Views of one's own. */
  own: readonly View[];
  onLanguage: () => void;
  onKeys: () => void;
  onLeave: () => void;
}) {
  const { texts, language } = useWords();
  const { operator, office } = props.me;
  const menu = useRef<HTMLDetailsElement>(null);
  useMenuThatCloses(menu);
  return (
    <header class="bar">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {texts.skip}
      </button>
      <img src={icon} alt="" width="26" height="26" />
      <strong>Loket</strong>
      <span class="office">{office.name}</span>
      <span class={`line ${props.isLive ? 'is-live' : ''}`} role="status">
        {props.isLive ? texts.live : texts.reconnecting}
      </span>
      <span class="grow" />
      <button type="button" class="link" onClick={props.onLanguage} lang={language === 'id' ? 'en' : 'id'}>
        {texts.language}
      </button>
      <details class="menu" ref={menu}>
        <summary>{operator.name}</summary>
        <div>
          <p class="quiet">{operator.username}</p>
          {props.own.map(({ name, label }) => (
            <a key={name} href={`#/${name}`}>
              {label[language]}
            </a>
          ))}
          <SoundSwitch />
          <NotificationButton />
          <button type="button" onClick={props.onKeys}>
            {texts.keys}
          </button>
          <button type="button" onClick={props.onLeave}>
            {texts.logout}
          </button>
        </div>
      </details>
    </header>
  );
}

function SoundSwitch() {
  const { texts } = useWords();
  const [isOn, setOn] = useState(isSoundOn);
  const toggle = () => {
    setSound(!isOn);
    setOn(!isOn);
  };
  return (
    <button type="button" role="switch" aria-checked={isOn} onClick={toggle}>
      {isOn ? texts.soundOn : texts.soundOff}
    </button>
  );
}

function NotificationButton() {
  const { texts } = useWords();
  const [state, setState] = useState(notificationState);
  if (state === 'missing') return null;
  if (state !== 'default') {
    return <p class="quiet">{state === 'granted' ? texts.notificationsOn : texts.notificationsDenied}</p>;
  }
  return (
    <button type="button" onClick={() => askForNotifications().then(setState)}>
      {texts.notificationsAsk}
    </button>
  );
}

/** What opens by a click closes by the next one anywhere, and by Escape. */
function useMenuThatCloses(menu: { current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event) => {
      const { current } = menu;
      if (!current?.open) return;
      const isInside = event.target instanceof Node && current.contains(event.target);
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        current.open = false;
        if (isInside) current.querySelector('summary')?.focus();
      } else if (!isInside || (event.target instanceof Element && event.target.closest('a')))
        current.open = false;
    };
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    };
  }, [menu]);
}
