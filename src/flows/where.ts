/** Where in the statechart a conversation stands, read from XState's state value. */

export type Where =
  | { room: 'idle' }
  | { room: 'service'; service: string; state: 'consent' | 'confirm' | 'filing' | 'correcting' | 'lookup' }
  | { room: 'service'; service: string; state: 'ask'; step: string }
  | {
      room: 'visit';
      state: 'looking' | 'which' | 'cancelling' | 'freeing' | 'offering' | 'slot' | 'booking' | 'receipt';
    }
  | { room: 'handoff'; state: 'waiting' | 'claimed' };

type StateValue = string | { [key: string]: StateValue | undefined };

/** The place that the state value names. Throws RangeError for a value that the compiled machine cannot have. */
export function whereIs(value: unknown): Where {
  const [top, inTop] = split(value as StateValue);
  const [second, inSecond] = split(inTop);
  if (top === 'handoff' && (second === 'waiting' || second === 'claimed'))
    return { room: 'handoff', state: second };
  if (top !== 'bot' || second === undefined) throw new RangeError(`unknown state ${JSON.stringify(value)}`);
  if (second === 'idle') return { room: 'idle' };
  const [third, inThird] = split(inSecond);
  if (second === 'visit') return { room: 'visit', state: third as 'offering' };
  const [fourth] = split(inThird);
  if (third === 'ask' && fourth) return { room: 'service', service: second, state: 'ask', step: fourth };
  return { room: 'service', service: second, state: third as 'consent' };
}

/** The place of a state by the names on the way to it, the machine's own left out. */
export function whereAt(path: readonly string[]): Where {
  return whereIs(path.reduceRight<StateValue>((inside, name) => ({ [name]: inside }), {}));
}

/** The name of the state, and what is active inside it. */
function split(value: StateValue | undefined): [string | undefined, StateValue | undefined] {
  if (typeof value !== 'object') return [value, undefined];
  const [name] = Object.keys(value);
  return name === undefined ? [undefined, undefined] : [name, value[name]];
}
