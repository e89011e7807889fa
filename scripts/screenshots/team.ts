/** Three operators, and what they do over the API. */
import { randomUUID } from 'node:crypto';
import type { Clerk, Office, Said } from './office.ts';
import type { Person } from './people.ts';

export interface Team {
  office: Office;
  /** At the counter, a verifier, and who supervises both. */
  siti: Clerk;
  budi: Clerk;
  rina: Clerk;
}

/** Files, and answers the request's number. */
export async function file({ office, rina }: Team, who: Person, said: readonly Said[]): Promise<string> {
  const chat = await office.say(who, said);
  const { applications } = await rina.call<{ applications: { number: string }[] }>(
    'GET',
    `/conversations/${chat}`,
  );
  const latest = applications
    .map(({ number }) => number)
    .toSorted()
    .at(-1);
  if (latest === undefined) throw new Error(`${who.name} has filed nothing`);
  return latest;
}

/** One decision after the other. */
export async function decide(by: Clerk, number: string, ...decisions: (string | object)[]): Promise<void> {
  for (const one of decisions) {
    const { version } = await by.call<{ version: number }>('GET', `/requests/${number}`);
    const body = typeof one === 'string' ? { decision: one } : one;
    await by.call('POST', `/requests/${number}/decide`, { version, ...body });
  }
}

/** Refuses one document. */
export async function refuse(by: Clerk, number: string, step: string, reason: string): Promise<void> {
  const { version } = await by.call<{ version: number }>('GET', `/requests/${number}`);
  await by.call('POST', `/requests/${number}/verdict`, { version, step, verdict: 'refused', reason });
}

/** Words of an operator, as one act. */
export const act = (text: string) => ({ id: randomUUID(), text });
