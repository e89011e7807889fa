/** Effect `submit`: files an application. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EffectHandler, Hub } from '../conversation/ports.ts';
import { AppError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Json } from '../json.ts';
import { nextState } from './lifecycle.ts';
import type { Marks } from './marks.ts';
import { formatNumber, formatSeries } from './number.ts';
import { PIN_LENGTH } from './pin.ts';
import type { ApplicationStore } from './ports.ts';

/** What filing needs. */
export interface SubmitDeps {
  applications: ApplicationStore;
  clock: Clock;
  ids: Pick<Ids, 'digits'>;
  hub: Hub;
  marks: Marks;
  timeZone: string;
  /** Of flows.yaml: the code in numbers and the promise (ISO 8601 duration); undefined for what cannot be filed. */
  serviceFacts(service: string): { code: string; promise: string } | undefined;
  /** The end of the n-th working day after the day of `from`. */
  addWorkingDays(from: number, n: number): number;
}

const paramsSchema = z.object({
  service: z.string(),
  answers: z.record(z.string(), z.custom<Json>()),
  /** When the draft was begun: filing the same draft again is filing once, whatever effect asks. */
  draft: z.number(),
});

/**
 * `{ service, answers, draft }` -> `{ number, pin, dueAt }`. The same draft again gives the same application, number and PIN.
 * Throws AppError NOT_FOUND when the service is no longer one that can be filed.
 */
export function createSubmitHandler(deps: SubmitDeps): EffectHandler {
  return {
    type: 'submit',
    run: async (effect, { conversation }) => {
      const { service, answers, draft } = paramsSchema.parse(effect.params);
      const { code, promise } = getService(deps, service);
      const at = deps.clock.now();
      const state = nextState('draft', 'submit', 'citizen') ?? 'draft';
      const { number, pin, dueAt } = await deps.applications.create({
        numberFor: (serial) => formatNumber({ code, at, timeZone: deps.timeZone, serial }),
        series: formatSeries({ code, at, timeZone: deps.timeZone }),
        filedBy: `${conversation.id}:${draft}`,
        conversation: conversation.id,
        service,
        state,
        answers,
        marks: deps.marks.of({ service, answers }),
        history: [{ at, event: 'submit', by: 'citizen', state }],
        pin: deps.ids.digits(PIN_LENGTH),
        submittedAt: at,
        dueAt: deps.addWorkingDays(at, workingDays(promise)),
        pinFailures: 0,
        pinLockedUntil: 0,
      });
      deps.hub.publish('requests', number);
      return { result: { number, pin, dueAt } };
    },
  };
}

function getService(deps: SubmitDeps, service: string): { code: string; promise: string } {
  const facts = deps.serviceFacts(service);
  if (facts) return facts;
  throw new AppError('NOT_FOUND', {
    detail: `flows.yaml has no service "${service}" that files applications`,
  });
}

/** `P1D` -> 1, `P1W` -> 5; a started day counts as a whole one (`PT3H` -> 1). Months are 22 working days. */
export function workingDays(promise: string): number {
  const { years, months, weeks, days, hours, minutes, seconds } = Temporal.Duration.from(promise);
  const hasRest = hours + minutes + seconds > 0;
  return (years * 12 + months) * 22 + weeks * 5 + days + (hasRest ? 1 : 0);
}
