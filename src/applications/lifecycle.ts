/**
 * The states of an application and who may move it on (ARCHITECTURE.md, "Applications"). An XState machine, so that it can be
 * drawn; nothing in it acts.
 */
import { setup, transition } from 'xstate';
import type { ApplicationEvent, ApplicationState } from './ports.ts';

/** Who acts. `citizen` is the applicant in a chat, `system` a timer of ours, the others are roles of the office. */
export type Actor = 'citizen' | 'system' | 'operator' | 'verifier' | 'supervisor';

const by = (...actors: Actor[]) => ({ type: 'isActor' as const, params: { actors } });
const byOffice = by('operator', 'verifier', 'supervisor');
const byCitizenOrOffice = by('citizen', 'operator', 'verifier', 'supervisor');

/** The chart: state, event, who may. Of the final states only `rejected` has a way back. */
export const lifecycle = setup({
  types: { events: {} as { type: ApplicationEvent; actor: Actor } },
  guards: {
    isActor: ({ event }, params: { actors: Actor[] }) => params.actors.includes(event.actor),
  },
}).createMachine({
  id: 'application',
  initial: 'draft',
  states: {
    draft: {
      on: {
        submit: { target: 'submitted', guard: by('citizen', 'operator') },
        cancel: { target: 'cancelled', guard: byCitizenOrOffice },
        expire: { target: 'expired', guard: by('system') },
      },
    },
    submitted: {
      on: {
        take: { target: 'verification', guard: byOffice },
        cancel: { target: 'cancelled', guard: byCitizenOrOffice },
      },
    },
    verification: {
      on: {
        'ask-correction': { target: 'correction', guard: byOffice },
        approve: { target: 'approved', guard: by('verifier', 'supervisor') },
        reject: { target: 'rejected', guard: by('verifier', 'supervisor') },
        cancel: { target: 'cancelled', guard: byCitizenOrOffice },
      },
    },
    correction: {
      on: {
        correct: { target: 'verification', guard: by('citizen', 'operator') },
        cancel: { target: 'cancelled', guard: byCitizenOrOffice },
        expire: { target: 'expired', guard: by('system') },
      },
    },
    approved: { on: { produce: { target: 'production', guard: byOffice } } },
    production: {
      on: {
        finish: { target: 'ready', guard: byOffice },
        return: { target: 'verification', guard: by('verifier', 'supervisor') },
      },
    },
    ready: {
      on: {
        'hand-over': { target: 'completed', guard: by('operator', 'verifier', 'supervisor', 'system') },
        expire: { target: 'expired', guard: by('system') },
      },
    },
    rejected: { on: { reopen: { target: 'verification', guard: by('supervisor') } } },
    completed: { type: 'final' },
    cancelled: { type: 'final' },
    expired: { type: 'final' },
  },
});

/** The state after the event; undefined when it cannot happen in this state or this actor may not do it. */
export function nextState(
  state: ApplicationState,
  event: ApplicationEvent,
  actor: Actor,
): ApplicationState | undefined {
  const before = lifecycle.resolveState({ value: state, context: {} });
  if (before.status !== 'active') return undefined;
  const [after] = transition(lifecycle, before, { type: event, actor });
  return after.value === before.value ? undefined : after.value;
}
