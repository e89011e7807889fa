/** What an operator's decision makes of an application. Pure: nothing is written or told here. */
import type { ApplicationNews, NewsKind, OperatorRef } from '../conversation/types.ts';
import type { Service } from '../flows/schema.ts';
import type { OfferedSlot } from '../flows/talk.ts';
import { DECISIONS, type Decision } from '../flows/vocabulary.ts';
import { withHistory } from './history.ts';
import { type Actor, nextState } from './lifecycle.ts';
import type { Application, HistoryEntry, Verdict } from './ports.ts';
import { asAnswers, goesOutAsFile, isUndecidedDocument, labelOf, refusedIn } from './service-facts.ts';

/** Who decides, and as what. */
export interface Person {
  by: OperatorRef;
  actor: Extract<Actor, 'operator' | 'verifier' | 'supervisor'>;
}

/** One decision. The citizen reads `reason`; `refused` stands in for the verdicts; `oldCard`: it came back. */
export interface Decided {
  decision: Decision;
  reason?: string | undefined;
  refused?: { step: string; reason: string }[] | undefined;
  oldCard?: boolean | undefined;
}

/**
 * `forbidden`: others may do it; `not-possible`: nobody may in this state; `reason-needed`; `nothing-refused`: a
 * correction of nothing; `unknown-step`.
 */
export interface Refusal {
  ok: false;
  reason: 'forbidden' | 'not-possible' | 'reason-needed' | 'nothing-refused' | 'unknown-step';
}

/** The world of a decision. `service` is undefined when it has left flows.yaml. */
export interface Setting {
  now: number;
  service: Service | undefined;
  /** Until when a correction that is asked for now may come. */
  correctBy: number;
  /** The visit that is booked to pick up what is finished now. */
  pickup?: OfferedSlot | undefined;
}

/** The citizen is told why. */
const NEEDS_REASON: readonly Decision[] = ['reject', 'reopen', 'return', 'cancel'];
const ACTORS = ['operator', 'verifier', 'supervisor'] as const;

/** What each decision tells the citizen; of the others nothing is heard. */
const NEWS: { [decision in Decision]?: NewsKind } = {
  'ask-correction': 'correction',
  approve: 'approved',
  reject: 'rejected',
  reopen: 'reopened',
  // What was approved is being looked at again.
  return: 'reopened',
  finish: 'ready',
  'hand-over': 'handed-over',
  cancel: 'cancelled',
};

/** The application after the decision, with its history and the news for the citizen. */
export function decide(
  application: Application,
  given: Decided,
  person: Person,
  setting: Setting,
): Application | Refusal {
  const { decision, reason } = given;
  const state = nextState(application.state, decision, person.actor);
  if (!state) return { ok: false, reason: isAnybodys(application, decision) ? 'forbidden' : 'not-possible' };
  if (NEEDS_REASON.includes(decision) && !reason) return { ok: false, reason: 'reason-needed' };
  const moved = { ...application, state };
  const entry = { at: setting.now, event: decision, by: person.by, state };
  const told = { decision, entry: reason ? { ...entry, reason } : entry, setting };
  switch (decision) {
    case 'take':
      return happened({ ...moved, assignee: person.by }, told);
    case 'ask-correction':
      return askCorrection(moved, { ...told, person, refused: given.refused });
    case 'approve':
      return approve(moved, { ...told, person });
    case 'finish':
      return finish(moved, told);
    case 'return':
      // It was wrong: the next one takes its place.
      return happened({ ...moved, result: [] }, told);
    case 'hand-over':
      return happened(moved, {
        ...told,
        entry: given.oldCard === undefined ? told.entry : { ...told.entry, oldCard: given.oldCard },
      });
    default:
      return happened(moved, told);
  }
}

/** The decisions that this person may take now. */
export function possibleDecisions(
  application: Pick<Application, 'state' | 'verdicts'>,
  actor: Person['actor'],
): Decision[] {
  return DECISIONS.filter(
    (decision) =>
      nextState(application.state, decision, actor) !== undefined &&
      !(decision === 'approve' && refusedIn(application).length > 0),
  );
}

interface Told {
  decision: Decision;
  entry: HistoryEntry;
  setting: Setting;
}

function askCorrection(
  application: Application,
  { person, refused, ...told }: Told & { person: Person; refused: Decided['refused'] },
): Application | Refusal {
  const wrong = refused ?? refusedIn(application);
  if (wrong.length === 0) return { ok: false, reason: 'nothing-refused' };
  if (wrong.some(({ step }) => !(step in application.answers))) return { ok: false, reason: 'unknown-step' };
  const verdicts = { ...application.verdicts };
  const { now, service, correctBy } = told.setting;
  for (const { step, reason } of wrong)
    verdicts[step] = { verdict: 'refused', reason, by: person.by, at: now };
  const reason = wrong.map((one) => `${labelOf(service, one.step)}: ${one.reason}`).join('; ');
  const entry = { ...told.entry, reason };
  const answers = asAnswers(application.answers);
  return happened(
    { ...application, verdicts },
    { ...told, entry },
    { refused: wrong, answers, dueAt: correctBy },
  );
}

/** Documents that nobody looked at one by one are accepted with it, and the history says which. */
function approve(
  application: Application,
  { person, ...told }: Told & { person: Person },
): Application | Refusal {
  if (refusedIn(application).length > 0) return { ok: false, reason: 'not-possible' };
  const { now, service } = told.setting;
  const undecided = Object.keys(application.answers).filter((step) => isUndecidedDocument(application, step));
  const accepted: Verdict = { verdict: 'accepted', by: person.by, at: now };
  const verdicts = {
    ...application.verdicts,
    ...Object.fromEntries(undecided.map((step) => [step, accepted])),
  };
  const labels = undecided.map((step) => labelOf(service, step)).join(', ');
  const entry = labels ? { ...told.entry, reason: `Diterima sekaligus: ${labels}` } : told.entry;
  return happened({ ...application, verdicts }, { ...told, entry });
}

/** What went out as a file, or by SIAK's PIN, is in the citizen's hands already: nothing is left to be fetched. */
function finish(application: Application, told: Told): Application {
  const { service, now, pickup } = told.setting;
  if (!isSent(application) || !goesOutAsFile(service, application.answers, now))
    return happened(application, told, pickup ? { slot: pickup } : {});
  const state = nextState(application.state, 'hand-over', 'system') ?? application.state;
  const handedOver: HistoryEntry = { at: now, event: 'hand-over', by: 'system', state };
  return { ...application, state, history: [...application.history, told.entry, handedOver] };
}

/** Since it was last in production: what was sent before a mistake was found does not count. */
function isSent({ history }: Application): boolean {
  const begun = history.findLastIndex(({ event }) => event === 'produce');
  return history.slice(begun + 1).some(({ event }) => event === 'attach' || event === 'pin-sent');
}

function isAnybodys({ state }: Application, decision: Decision): boolean {
  return ACTORS.some((actor) => nextState(state, decision, actor) !== undefined);
}

function happened(
  application: Application,
  { decision, entry }: Told,
  more: Partial<ApplicationNews> = {},
): Application {
  const kind = NEWS[decision];
  const { reason } = entry;
  const isReasonTold = reason !== undefined && NEEDS_REASON.includes(decision);
  return withHistory(
    application,
    entry,
    kind ? { kind, ...(isReasonTold ? { reason } : {}), ...more } : undefined,
  );
}
