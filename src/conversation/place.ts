/** What flows.yaml has at the place where a conversation stands. */
import type { Flows, Service, Step } from '../flows/schema.ts';
import type { TalkState } from '../flows/talk-machine.ts';

/** The services of the numbered menu, in the order of the file. */
export function menuServices(flows: Flows): [string, Service][] {
  return Object.entries(flows.services).filter(([, service]) => service.menu !== undefined);
}

/** A state, or the place behind a handoff. */
export type Place = Pick<TalkState, 'where' | 'talk'>;

/** The step that is being asked, if any. */
export function stepAt(flows: Flows, { where }: Pick<Place, 'where'>): Step | undefined {
  if (where.room !== 'service' || where.state !== 'ask') return undefined;
  return flows.services[where.service]?.steps.find(({ id }) => id === where.step);
}

/** The service that the conversation is in, if any. */
export function serviceAt(flows: Flows, { where, talk }: Place): Service | undefined {
  if (where.room === 'service') return flows.services[where.service];
  return talk.service === undefined ? undefined : flows.services[talk.service];
}
