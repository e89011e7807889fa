import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  assign,
  createMachine,
  initialTransition,
  transition,
} from 'xstate';
import { readFiles } from '../../src/config.ts';
import { type Args, remember } from '../../src/flows/actions.ts';
import type { TalkEvent } from '../../src/flows/talk.ts';
import { createTalkMachine } from '../../src/flows/talk-machine.ts';
import { readFlows } from '../../src/read-files.ts';

const talk = createTalkMachine(readFlows(readFiles({})));
const at = 1_790_000_000_000;

const events: fc.Arbitrary<TalkEvent> = fc.constantFrom<TalkEvent[]>(
  { type: 'START', service: 'akta-kelahiran', at },
  { type: 'START', service: 'cek-status', at },
  { type: 'AGREE', at },
  { type: 'ANSWER', at, answer: { v: 'Siti' } },
  { type: 'INVALID', at, reason: 'unreadable' },
  { type: 'BACK', at },
  { type: 'CANCEL', at },
  { type: 'RESUME', at },
  { type: 'OPERATOR', at },
  { type: 'CLAIM', at, reason: 'opened' },
  { type: 'FILL', at, step: 'pemohon_nama', answer: { v: 'Siti' }, isOpen: true },
  { type: 'HUNG_UP', at },
  { type: 'RESOLVE', at },
);

describe('the talk machine', () => {
  it("goes the way of XState's own transition, through whatever citizens do", () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 25 }), (told) => {
        let state = talk.begin();
        let [snapshot] = initialTransition(talk.machine) as [AnyMachineSnapshot, unknown];
        for (const event of told) {
          const [next, actions] = transition(talk.machine, snapshot, event);
          snapshot = next;
          const step = talk.advance(talk.restore(state.stored()), event);
          state = step.state;
          expect(state.snapshot.value).toEqual(snapshot.value);
          expect(state.talk).toEqual(snapshot.context);
          expect(step.actions.map(kindOf)).toEqual(actions.map(({ type }) => type).filter(isOurs(actions)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the beginning as it was, however often it begins', () => {
    const before = structuredClone(talk.begin().stored());
    talk.advance(talk.begin(), { type: 'START', service: 'akta-kelahiran', at });
    expect(talk.begin().stored()).toEqual(before);
  });

  it('refuses what was stored by another machine', () => {
    for (const stored of [
      { status: 'active', value: { bot: 'nowhere' }, context: {}, historyValue: {}, children: {} },
      null,
      'idle',
    ]) {
      expect(() => talk.restore(stored)).toThrow(RangeError);
    }
  });
});

describe('what the machine remembers', () => {
  it("is what XState's own assign would have made of it, on leaving, going and entering", () => {
    const [ours, theirs] = [remember, (change: Change) => assign(change as never)].map(countingMachine);
    let [mine] = initialTransition(ours as AnyStateMachine) as [AnyMachineSnapshot, unknown];
    let [other] = initialTransition(theirs as AnyStateMachine) as [AnyMachineSnapshot, unknown];
    for (const type of ['GO', 'STAY', 'UNKNOWN', 'GO']) {
      [mine] = transition(ours as AnyStateMachine, mine, { type });
      [other] = transition(theirs as AnyStateMachine, other, { type });
      expect(mine.context).toEqual(other.context);
      expect(mine.value).toEqual(other.value);
      expect(mine.can({ type: 'GO' })).toBe(other.can({ type: 'GO' }));
    }
    expect(mine.context.misses).toBe(8);
  });
});

type Change = Parameters<typeof remember>[0];

/** Two places; everything that happens counts one more, or leaves a word. */
function countingMachine(note: (change: Change) => unknown): AnyStateMachine {
  const count = note(({ context }: Args) => ({ misses: context.misses + 1, service: undefined }));
  const place = (target: string) => ({
    entry: count,
    exit: count,
    always: { guard: ({ context }: Args) => context.misses > 100, target },
    on: {
      GO: { target, actions: [count, note(({ event }) => ({ handoff: event.type }))] },
      STAY: { actions: count },
    },
  });
  return createMachine({
    context: { language: 'id', answers: {}, misses: 0 },
    initial: 'here',
    states: { here: place('there'), there: place('here') },
  } as never);
}

function kindOf({ type }: { type: string }): string {
  if (type === 'timer') return 'xstate.raise';
  return type === 'cancel-timer' ? 'xstate.cancel' : type;
}

/** Of XState's built-in actions only delayed events are ours to do; `say` and `effect` may find nothing to do. */
function isOurs(actions: { type: string; params?: unknown }[]) {
  return (type: string, index: number): boolean => {
    const params = actions[index]?.params as { delay?: number } | undefined;
    if (type === 'xstate.raise') return params?.delay !== undefined;
    if (type === 'say' || type === 'effect') return Boolean(params);
    return ['prompt', 'xstate.cancel'].includes(type);
  };
}
