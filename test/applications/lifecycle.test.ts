import { describe, expect, it } from 'vitest';
import { type Actor, lifecycle, nextState } from '../../src/applications/lifecycle.ts';
import type { ApplicationEvent, ApplicationState } from '../../src/applications/ports.ts';

const ACTORS: Actor[] = ['citizen', 'system', 'operator', 'verifier', 'supervisor'];
const STATES = Object.keys(lifecycle.states) as ApplicationState[];
const EVENTS = [...lifecycle.events].map((event) => event as ApplicationEvent);

/** The states one after another, each step taken by the actor named. */
function walk(steps: [ApplicationEvent, Actor][]): (ApplicationState | undefined)[] {
  let state: ApplicationState | undefined = 'draft';
  return steps.map(([event, actor]) => {
    state = state && nextState(state, event, actor);
    return state;
  });
}

describe('an application', () => {
  it('goes from draft to completed', () => {
    expect(
      walk([
        ['submit', 'citizen'],
        ['take', 'operator'],
        ['approve', 'verifier'],
        ['produce', 'operator'],
        ['finish', 'operator'],
        ['hand-over', 'operator'],
      ]),
    ).toEqual(['submitted', 'verification', 'approved', 'production', 'ready', 'completed']);
  });

  it('comes back from a correction', () => {
    expect(
      walk([
        ['submit', 'operator'],
        ['take', 'verifier'],
        ['ask-correction', 'operator'],
        ['correct', 'citizen'],
        ['reject', 'verifier'],
        ['reopen', 'supervisor'],
      ]),
    ).toEqual(['submitted', 'verification', 'correction', 'verification', 'rejected', 'verification']);
  });

  it.each<[string, ApplicationState, ApplicationEvent, Actor[]]>([
    ['approved', 'verification', 'approve', ['verifier', 'supervisor']],
    ['rejected', 'verification', 'reject', ['verifier', 'supervisor']],
    ['reopened', 'rejected', 'reopen', ['supervisor']],
    ['cancelled', 'submitted', 'cancel', ['citizen', 'operator', 'verifier', 'supervisor']],
    ['handed over', 'ready', 'hand-over', ['system', 'operator', 'verifier', 'supervisor']],
    ['expired', 'correction', 'expire', ['system']],
    ['corrected', 'correction', 'correct', ['citizen', 'operator']],
  ])('is %s only by those who may', (_, state, event, allowed) => {
    expect(ACTORS.filter((actor) => nextState(state, event, actor))).toEqual(allowed);
  });

  it('is not cancelled any more once it is approved', () => {
    const late: ApplicationState[] = ['approved', 'production', 'ready', 'completed', 'rejected', 'expired'];
    expect(late.map((state) => nextState(state, 'cancel', 'citizen'))).toEqual(late.map(() => undefined));
  });

  it('stays as it is when it is completed, cancelled or expired', () => {
    for (const state of ['completed', 'cancelled', 'expired'] as const)
      for (const event of EVENTS)
        for (const actor of ACTORS) expect(nextState(state, event, actor)).toBeUndefined();
  });

  it('can reach each state of the table in ports.ts, and no other', () => {
    const reached = new Set<ApplicationState>(['draft']);
    for (const state of reached)
      for (const event of EVENTS)
        for (const actor of ACTORS) {
          const next = nextState(state, event, actor);
          if (next) reached.add(next);
        }
    expect([...reached].sort()).toEqual([...STATES].sort());
    expect(STATES).toHaveLength(11);
  });
});
