/** Effect `correct`: the applicant has sent what was refused. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EffectHandler, Hub } from '../conversation/ports.ts';
import type { Json } from '../json.ts';
import { changeApplication } from './change.ts';
import { withHistory } from './history.ts';
import { nextState } from './lifecycle.ts';
import type { Marks } from './marks.ts';
import type { Application, ApplicationStore } from './ports.ts';
import { workingDays } from './submit.ts';

/** What correcting needs. */
export interface CorrectDeps {
  applications: ApplicationStore;
  clock: Clock;
  hub: Hub;
  marks: Marks;
  /** The promise (ISO 8601 duration); undefined when the service has left flows.yaml: the old time stays. */
  serviceFacts(service: string): { promise: string } | undefined;
  /** The end of the n-th working day after the day of `from`. */
  addWorkingDays(from: number, n: number): number;
}

const paramsSchema = z.object({
  number: z.string(),
  answers: z.record(z.string(), z.custom<Json>()),
});

/**
 * `{ number, answers }` -> `{ ok: true, dueAt }`, or `{ ok: false, reason: 'closed' }` when it waits for no correction
 * any more. The promise is counted anew: it holds from complete and correct papers. The same answers again change
 * nothing.
 */
export function createCorrectHandler(deps: CorrectDeps): EffectHandler {
  return {
    type: 'correct',
    run: async (effect, { conversation }) => {
      const { number, answers } = paramsSchema.parse(effect.params);
      const outcome = await changeApplication<Closed | Done>(deps.applications, number, (application) => {
        if (application.conversation !== conversation.id) return CLOSED;
        const state = nextState(application.state, 'correct', 'citizen');
        if (state) return corrected(deps, { ...application, state }, answers);
        return isIn(application, answers) ? { ok: false, done: application } : CLOSED;
      });
      const after = outcome.ok ? outcome.application : 'done' in outcome ? outcome.done : undefined;
      if (!after) return { result: { ok: false, reason: 'closed' } };
      deps.hub.publish('requests', number);
      return { result: { ok: true, dueAt: after.dueAt } };
    },
  };
}

interface Closed {
  ok: false;
  reason: 'closed';
}
interface Done {
  ok: false;
  done: Application;
}
const CLOSED: Closed = { ok: false, reason: 'closed' };

function corrected(
  deps: CorrectDeps,
  application: Application,
  answers: { [step: string]: Json },
): Application {
  const now = deps.clock.now();
  const verdicts = Object.fromEntries(
    Object.entries(application.verdicts).filter(([step]) => !(step in answers)),
  );
  const facts = deps.serviceFacts(application.service);
  const after = { ...application, verdicts, answers: { ...application.answers, ...answers } };
  return withHistory(
    {
      ...after,
      marks: deps.marks.of(after),
      dueAt: facts ? deps.addWorkingDays(now, workingDays(facts.promise)) : application.dueAt,
    },
    { at: now, event: 'correct', by: 'citizen', state: application.state },
  );
}

/** An earlier run has put them in, and its result was lost. */
function isIn(application: Application, answers: { [step: string]: Json }): boolean {
  const isOpen = !['cancelled', 'expired', 'rejected'].includes(application.state);
  return (
    isOpen &&
    Object.entries(answers).every(([step, answer]) => isDeepStrictEqual(application.answers[step], answer))
  );
}
