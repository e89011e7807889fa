import type { Me } from '../../schemas/accounts.ts';
import icon from '../icon.svg';
import { useWords } from './language.tsx';

/** The bar on top: whose inbox, whether the line stands, and who is signed in. */
export function Header(props: {
  me: Me;
  isLive: boolean;
  onLanguage: () => void;
  onChangePassword: () => void;
  onLeave: () => void;
}) {
  const { texts } = useWords();
  const { operator, office } = props.me;
  return (
    <header class="bar">
      <button type="button" class="skip" onClick={() => document.getElementById('chat')?.focus()}>
        {texts.skip}
      </button>
      <img src={icon} alt="" width="26" height="26" />
      <strong>Loket</strong>
      <span class="office">{office.name}</span>
      <span class={`line ${props.isLive ? 'is-live' : ''}`} role="status">
        {props.isLive ? texts.live : texts.reconnecting}
      </span>
      <span class="grow" />
      <button type="button" class="link" onClick={props.onLanguage}>
        {texts.language}
      </button>
      <details class="menu">
        <summary>{operator.name}</summary>
        <div>
          <p class="quiet">{operator.username}</p>
          <button type="button" onClick={props.onChangePassword}>
            {texts.changePassword}
          </button>
          <button type="button" onClick={props.onLeave}>
            {texts.logout}
          </button>
        </div>
      </details>
    </header>
  );
}
