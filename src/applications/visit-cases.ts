/** Applications as those see them who look after the booked visits (the pick-up room's port). */
import type { Application, ApplicationState, ApplicationStore } from './ports.ts';
import type { TellVisit } from './tell-visit.ts';

const STAGES: { [state in ApplicationState]?: 'ready' | 'ended' } = {
  ready: 'ready',
  completed: 'ended',
  rejected: 'ended',
  cancelled: 'ended',
  expired: 'ended',
};

/** Builds it; `mayGo`: whether something unasked may go to a conversation at that instant. */
export function createVisitCases(deps: {
  applications: Pick<ApplicationStore, 'find'>;
  tell: TellVisit;
  mayGo(conversation: string, at: number): Promise<boolean>;
}) {
  return {
    tell: deps.tell,
    async find(number: string, now: number) {
      const application = await deps.applications.find(number);
      if (!application) return undefined;
      return {
        stage: STAGES[application.state] ?? ('making' as const),
        mayBeTold: await deps.mayGo(application.conversation, now),
        movedAt: movedAt(application),
      };
    },
  };
}

/** Notes are no progress. */
function movedAt({ history, submittedAt }: Application): number {
  return history.findLast(({ event }) => event !== 'note' && event !== 'assign')?.at ?? submittedAt;
}
