/** Filed applications and looks of a supervisor, for the suites of supervision. */
import type { Application, NewApplication } from '../../src/applications/ports.ts';
import { type Counter, START } from './counter.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

let serial = 0;

/** Files an application as a citizen did; what is not said is of today and nothing has happened to it yet. */
export async function fileApplication(
  { store }: Counter,
  fields: Partial<NewApplication & Pick<Application, 'history'>> = {},
): Promise<Application> {
  serial += 1;
  return store.applications.create({
    filedBy: `talk.${serial}`,
    conversation: 'talk',
    service: 'akta-kelahiran',
    state: 'submitted',
    submittedAt: START,
    dueAt: START + DAY,
    pinFailures: 0,
    pinLockedUntil: 0,
    answers: {},
    pin: '123456',
    numberFor: (number) => `KL-2611-${String(number).padStart(4, '0')}-0`,
    series: 'KL-2611',
    ...fields,
  });
}

/** A page of the API, read by a supervisor. */
export async function openSupervisor(counter: Counter) {
  await counter.addOperator('rina', { role: 'supervisor' });
  const rina = await counter.login('rina');
  return { ...rina, read: async <T>(path: string) => JSON.parse((await rina.get(path)).text) as T };
}
