import type { Decision, RequestView } from '../../schemas/requests.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { DecisionForm, needsForm } from './decision-form.tsx';
import { NEEDS_REASON } from './groups.ts';
import { DECISION_NAMES } from './names.ts';
import { REQUEST_TEXTS } from './texts.ts';
import type { Act } from './use-request.ts';

/** The decisions that this operator may take now, and the form of the one that was begun. */
export function RequestActions(props: {
  request: RequestView;
  begun: Decision | undefined;
  onBegin: (decision: Decision | undefined) => void;
  isBusy: boolean;
  act: Act;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const { language } = useWords();
  const { request, begun } = props;
  // What leads on stands first, what ends or turns back last.
  const actions = [...request.actions].sort((one, other) => rank(one) - rank(other));
  const begin = (decision: Decision) => {
    if (needsForm(decision, request)) props.onBegin(begun === decision ? undefined : decision);
    else props.act((calls, version) => calls.decide({ version, decision }));
  };
  if (actions.length === 0 && !begun) return null;
  return (
    <section class={`request-actions ${begun ? 'is-open' : ''}`} aria-label={texts.actions}>
      <div class="row">
        {actions.map((decision, index) => (
          <button
            key={decision}
            type="button"
            class={`button ${index === 0 && rank(decision) === 0 ? 'primary' : ''}`}
            aria-expanded={needsForm(decision, request) ? begun === decision : undefined}
            disabled={props.isBusy}
            onClick={() => begin(decision)}
          >
            {DECISION_NAMES[language][decision]}
          </button>
        ))}
      </div>
      {begun && (
        <DecisionForm
          key={begun}
          request={request}
          decision={begun}
          isBusy={props.isBusy}
          act={props.act}
          onClose={() => props.onBegin(undefined)}
        />
      )}
    </section>
  );
}

function rank(decision: Decision): number {
  if (NEEDS_REASON.includes(decision)) return 2;
  return decision === 'ask-correction' ? 1 : 0;
}
