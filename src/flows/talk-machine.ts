/** XState behind two pure functions: state and event in, next state and actions out. Nothing runs by itself. */
import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type ExecutableActionObject,
  initialTransition,
} from 'xstate';
import type { Json } from '../json.ts';
import { compileFlows } from './compile.ts';
import type { Flows } from './schema.ts';
import type { Say, Talk, TalkAction, TalkEvent } from './talk.ts';
import { type Where, whereAt, whereIs } from './where.ts';

/** Where the talk stands, what it remembers, and the form in which it is stored. */
export interface TalkState {
  where: Where;
  talk: Talk;
  /** Where a person stepped in, and the bot goes on after them; undefined where the bot has the talk. */
  behind(): Where | undefined;
  /** XState's persisted snapshot; plain data. */
  stored(): Json;
  snapshot: AnyMachineSnapshot;
}

interface TalkStep {
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
  // What was stored a moment ago need not be read again: the very same object leads back to its state.
  const atHand = new WeakMap<object, TalkState>();
  const stateOf = (snapshot: AnyMachineSnapshot): TalkState => {
    const state: TalkState = {
      where: whereIs(snapshot.value),
      talk: snapshot.context as Talk,
      behind: () => behind(snapshot),
      stored() {
        const stored = slim(machine, snapshot);
        atHand.set(stored, state);
        return stored;
      },
      snapshot,
    };
    return state;
  };
  const scope = createScope(machine);
  const [initial] = initialTransition(machine);
  return {
    machine,
    begin: () => stateOf(initial),
    restore: (stored) =>
      (isObject(stored) && atHand.get(stored)) || stateOf(restored(machine, stored, scope.scope)),
    advance(state, event) {
      const { result: snapshot, actions } = scope.collect((own) =>
        machine.transition(state.snapshot, event, own),
      );
      return {
        state: stateOf(snapshot),
        actions: actions.map(asTalkAction).filter((one) => one !== undefined),
      };
    },
  };
}

/**
 * What XState's own `transition()` builds anew on each call: an actor that never runs, and a place for the actions.
 * One for all calls halves the time of a step. That is safe because the machine spawns no actors, which would
 * register with it; the test holds it against `transition()`, since XState promises nothing here.
 */
function createScope(machine: AnyStateMachine) {
  const self = createActor(machine);
  let actions: ExecutableActionObject[] = [];
  const nothing = () => {};
  const scope: AnyActorScope = {
    self,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    system: self.system,
    actionExecutor: (action) => actions.push(action),
  };
  return {
    scope,
    collect<Result>(work: (scope: AnyActorScope) => Result): {
      result: Result;
      actions: ExecutableActionObject[];
    } {
      actions = [];
      return { result: work(scope), actions };
    },
  };
}

/** XState throws its own errors for a state that it does not know, and for what is no snapshot at all. */
function restored(machine: AnyStateMachine, stored: Json, scope: AnyActorScope): AnyMachineSnapshot {
  try {
    return machine.restoreSnapshot(stored as never, scope);
  } catch (cause) {
    throw new RangeError('the stored snapshot does not fit the machine', { cause });
  }
}

/**
 * Children are never spawned; the status is always `active`. Only a handoff looks back: elsewhere the history would
 * keep names of states that a later `flows.yaml` may not have.
 */
function slim(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): { [key: string]: Json } {
  const isAway = 'handoff' in snapshot.value;
  const history = isAway ? historyOf(machine, snapshot) : {};
  return {
    status: 'active',
    value: snapshot.value,
    context: snapshot.context,
    historyValue: history,
    children: {},
  };
}

function behind(snapshot: AnyMachineSnapshot): Where | undefined {
  const isAway = typeof snapshot.value === 'object' && 'handoff' in snapshot.value;
  const [node] = isAway ? (snapshot.historyValue.back ?? []) : [];
  return node && whereAt(node.path);
}

function historyOf(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): Json {
  const { historyValue } = machine.getPersistedSnapshot(snapshot) as unknown as { historyValue?: Json };
  return historyValue ?? {};
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what XState does by itself, and for what finds nothing to do. */
function asTalkAction(action: { type: string; params?: unknown }): TalkAction | undefined {
  switch (action.type) {
    case 'prompt':
      return { type: 'prompt' };
    case 'say':
      return action.params ? { type: 'say', say: action.params as Say } : undefined;
    case 'effect':
      return action.params
        ? { type: 'effect', effect: action.params as { type: string; params: { [key: string]: Json } } }
        : undefined;
    case 'xstate.raise': {
      const { id, delay } = action.params as { id?: string; delay?: number };
      return id !== undefined && delay !== undefined ? { type: 'timer', id, delayMs: delay } : undefined;
    }
    case 'xstate.cancel':
      return { type: 'cancel-timer', id: (action.params as { sendId: string }).sendId };
    default:
      return undefined;
  }
}
