/** Whether the office kept its times, by the applications and what happened to them. */
import type { RequestState } from '../schemas/requests.ts';
import { eachApplication } from './pages.ts';
import type { Period } from './period.ts';
import type { FiledApplication, FiledApplications } from './ports.ts';

/** Where the office is to act; in `correction` the citizen is. */
export const IN_HAND: readonly RequestState[] = ['submitted', 'verification', 'approved', 'production'];
/** What is done in a period was filed in it, or so long before; what lay longer is not counted as done. */
const CARRY_OVER_MS = 92 * 24 * 3_600_000;

export interface ServicePromises {
  submitted: number;
  kept: number;
  broken: number;
  overdue: number;
}

export interface Promises {
  /** One for each day of the period. */
  days: { submitted: number; completed: number }[];
  services: Map<string, ServicePromises>;
}

/** `overdue` is what lies past its time now, whenever it was filed; the rest is of the period. */
export async function readPromises(
  applications: FiledApplications,
  period: Period,
  now: number,
): Promise<Promises> {
  const days = period.days.map(() => ({ submitted: 0, completed: 0 }));
  const services = new Map<string, ServicePromises>();
  const of = (service: string) => {
    const found = services.get(service) ?? { submitted: 0, kept: 0, broken: 0, overdue: 0 };
    services.set(service, found);
    return found;
  };

  const span = { submittedFrom: period.startAt - CARRY_OVER_MS, submittedUntil: period.endAt };
  for await (const application of eachApplication(applications, span)) {
    const submittedOn = days[period.indexOf(application.submittedAt)];
    if (submittedOn) {
      submittedOn.submitted += 1;
      of(application.service).submitted += 1;
    }
    const doneAt = findDone(application);
    const doneOn = doneAt === undefined ? undefined : days[period.indexOf(doneAt)];
    if (doneAt !== undefined && doneOn) {
      doneOn.completed += 1;
      of(application.service)[doneAt <= application.dueAt ? 'kept' : 'broken'] += 1;
    }
  }
  for await (const { service, dueAt } of eachApplication(applications, { states: IN_HAND })) {
    if (dueAt >= now) break;
    of(service).overdue += 1;
  }
  return { days, services };
}

/** When the result was sent or lay ready for pick-up; a mistake that was found later takes that back. */
function findDone({ history }: FiledApplication): number | undefined {
  const returned = history.findLastIndex(({ event }) => event === 'return');
  return history
    .slice(returned + 1)
    .find(({ event, state }) => event === 'attach' || state === 'ready' || state === 'completed')?.at;
}
