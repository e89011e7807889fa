import type { Me } from '../../schemas/accounts.ts';
import type { RequestItem } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { CHANNELS, STATE_NAMES } from '../shell/names.ts';
import { requestAddress } from '../shell/route.ts';
import { Due } from './due.tsx';
import { REQUEST_TEXTS } from './texts.ts';

/** One line of the list; `onSelect` is told whether everything since the last one is meant (Shift). */
export function RequestRow(props: {
  item: RequestItem;
  now: number;
  me: Me;
  isSelected: boolean;
  onSelect: (isRange: boolean) => void;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const { item, me } = props;
  const isMine = item.assignee?.id === me.operator.id;
  return (
    <li class={`request ${props.isSelected ? 'is-selected' : ''}`} data-number={item.number}>
      <label class="request-check">
        <input
          type="checkbox"
          checked={props.isSelected}
          onClick={(event) => props.onSelect(event.shiftKey)}
          aria-label={`${texts.select} ${item.number}`}
        />
      </label>
      <a href={requestAddress(item.number)}>
        <span class="request-title">{item.title}</span>
        <span class="request-number">{item.number}</span>
        <span class="tags">
          <span class={`tag state-${item.state}`}>{STATE_NAMES[language][item.state]}</span>
          <span class={`tag ${isMine ? 'holder' : ''}`}>{item.assignee?.name ?? texts.nobody}</span>
          <span class="tag">{CHANNELS[language][item.channel]}</span>
        </span>
        <Due request={item} now={props.now} me={me} />
      </a>
    </li>
  );
}
