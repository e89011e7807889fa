import type { Colleague, Me } from '../../schemas/accounts.ts';
import type { Requests } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { STATE_NAMES } from '../shell/names.ts';
import { GROUP_NAMES, GROUPS, type Group } from './groups.ts';
import { REQUEST_TEXTS } from './texts.ts';
import type { Choice } from './use-requests.ts';

/** States with their counts, service, and whose. */
export function Filters(props: {
  choice: Choice;
  counts: Requests['counts'];
  colleagues: Colleague[];
  me: Me;
  onChoice: (choice: Choice) => void;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { choice, me } = props;
  return (
    <>
      <nav class="groups" aria-label={texts.filterState}>
        {GROUP_NAMES.map((group) => (
          <GroupButton
            key={group}
            group={group}
            counts={props.counts}
            isOpen={group === choice.group}
            onOpen={() => props.onChoice({ ...choice, group })}
          />
        ))}
      </nav>
      <div class="request-filters">
        <label>
          <span class="hidden">{texts.service}</span>
          <select
            value={choice.service}
            onChange={(event) => props.onChoice({ ...choice, service: event.currentTarget.value })}
          >
            <option value="">{texts.allServices}</option>
            {me.office.services.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="hidden">{texts.assigneeFilter}</span>
          <select
            value={choice.assignee}
            onChange={(event) => props.onChoice({ ...choice, assignee: event.currentTarget.value })}
          >
            <option value="">{texts.everybody}</option>
            <option value="me">{texts.mine}</option>
            <option value="none">{texts.nobodys}</option>
            {props.colleagues
              .filter(({ id }) => id !== me.operator.id)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </select>
        </label>
      </div>
    </>
  );
}

function GroupButton(props: {
  group: Group;
  counts: Requests['counts'];
  isOpen: boolean;
  onOpen: () => void;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const { group } = props;
  const own = props.counts.filter(({ state }) => GROUPS[group].includes(state));
  const late = own.reduce((sum, one) => sum + one.late, 0);
  const name = group === 'open' || group === 'closed' ? texts[group] : STATE_NAMES[language][group];
  return (
    <button type="button" aria-pressed={props.isOpen} onClick={props.onOpen}>
      {name} <span class="count">{own.reduce((sum, { count }) => sum + count, 0)}</span>
      {late > 0 && (
        <span class="late-count">
          {late} {texts.lateCount}
        </span>
      )}
    </button>
  );
}
