/** XState behind two pure functions: state and event in, next state and actions out. Nothing runs by itself. */
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  initialTransition,
  transition,
} from 'xstate';
import type { Json } from '../json.ts';
import { compileFlows } from './compile.ts';
import type { Flows } from './schema.ts';
import type { Say, Talk, TalkAction, TalkEvent } from './talk.ts';
import { type Where, whereIs } from './where.ts';

/** Where the talk stands, what it remembers, and the form in which it is stored. */
export interface TalkState {
  where: Where;
  talk: Talk;
  /** XState's persisted snapshot; plain data. */
  stored(): Json;
  snapshot: AnyMachineSnapshot;
}

export interface TalkStep {
  state: TalkState;
  actions: TalkAction[];
}

export interface TalkMachine {
  begin(): TalkState;
  /** Throws RangeError when the stored snapshot is of another machine: check the service's hash before. */
  restore(stored: Json): TalkState;
  advance(state: TalkState, event: TalkEvent): TalkStep;
  /** For graphs and model-based tests. */
  machine: AnyStateMachine;
}

/** Compiles the flows once. */
export function createTalkMachine(flows: Flows): TalkMachine {
  const machine = compileFlows(flows);
  const stateOf = (snapshot: AnyMachineSnapshot): TalkState => ({
    where: whereIs(snapshot.value),
    talk: snapshot.context as Talk,
    stored: () => slim(machine.getPersistedSnapshot(snapshot) as unknown as { [key: string]: Json }),
    snapshot,
  });
  return {
    machine,
    begin: () => stateOf(initialTransition(machine)[0]),
    restore: (stored) => stateOf(restored(machine, stored)),
    advance(state, event) {
      const [snapshot, actions] = transition(machine, state.snapshot, event);
      return { state: stateOf(snapshot), actions: actions.flatMap(asTalkAction) };
    },
  };
}

/** A snapshot that names an unknown state comes back with status `error` (seen on XState 5.33). */
function restored(machine: AnyStateMachine, stored: Json): AnyMachineSnapshot {
  const snapshot = createActor(machine, { snapshot: stored as never }).getSnapshot() as AnyMachineSnapshot;
  if (snapshot.status !== 'active') throw new RangeError('the stored snapshot does not fit the machine');
  return snapshot;
}

/**
 * Children are never spawned; the status is always `active`. Only a handoff looks back: elsewhere the history would
 * keep names of states that a later `flows.yaml` may not have.
 */
function slim({ value, context, historyValue }: { [key: string]: Json }): Json {
  const isAway = typeof value === 'object' && value !== null && 'handoff' in value;
  return {
    status: 'active',
    value: value ?? null,
    context: context ?? null,
    historyValue: (isAway && historyValue) || {},
    children: {},
  };
}

function asTalkAction(action: { type: string; params?: unknown }): TalkAction[] {
  switch (action.type) {
    case 'prompt':
      return [{ type: 'prompt' }];
    case 'say':
      return action.params ? [{ type: 'say', say: action.params as Say }] : [];
    case 'effect':
      return action.params
        ? [{ type: 'effect', effect: action.params as { type: string; params: { [key: string]: Json } } }]
        : [];
    case 'xstate.raise': {
      const { id, delay } = action.params as { id?: string; delay?: number };
      return id !== undefined && delay !== undefined ? [{ type: 'timer', id, delayMs: delay }] : [];
    }
    case 'xstate.cancel':
      return [{ type: 'cancel-timer', id: (action.params as { sendId: string }).sendId }];
    default:
      return [];
  }
}
